import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from '../support/temporary-folder';

/** Loaded before the program: leaves a trace of whoever opens a socket or resolves a name, and refuses it. */
const noNetwork = `
  const { Socket } = require('node:net');
  const dns = require('node:dns');
  const refuse = () => {
    require('node:fs').writeFileSync(__dirname + '/network-was-used', '');
    throw new Error('no network here');
  };
  Socket.prototype.connect = refuse;
  for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) dns[name] = dns.promises[name] = refuse;
  require('node:dgram').createSocket = refuse;
`;

test.each([
  ['findings', ['validate', 'examples/validate/mistakes.yaml', '--policy', 'examples/validate/policy.yaml', '--format', 'sarif'], 1],
  ['nothing wrong', ['validate', 'dist/dev'], 0],
  ['a question about a rule', ['validate', '--explain', 'issuer-http'], 0],
  ['a wrong call', ['validate', 'no-such-file.yaml'], 2],
  ['a migration', ['migrate', 'examples/migrate/k8s'], 1],
  ['an inventory', ['migrate', 'examples/migrate/k8s', '--list'], 1],
])('no socket is opened and no name resolved: %s', (_, args, status) => {
  const folder = temporaryFolder({ 'no-network.cjs': noNetwork });
  const run = spawnSync(process.execPath, ['--require', join(folder, 'no-network.cjs'), resolve('lib/src/cli/bin.js'), ...args], {
    encoding: 'utf8',
  });
  expect([run.status, existsSync(join(folder, 'network-was-used'))]).toEqual([status, false]);
});
