import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { diskFiles } from '../../src/files/files';
import { OutputUnwritableError } from '../../src/model/errors';
import { startGateway } from '../gateways/gateway';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import { captureIo } from '../support/fake-io';
import type { RunningServer } from '../support/http-server';
import { temporaryFolder } from '../support/temporary-folder';
import { createDeploymentKeys, host, manifestFor } from '../support/verify-deployment';
import { readsOnly } from '../support/verify-report';

let issuer: TestIssuer;
let sound: RunningServer;
let weak: RunningServer;
let folder: string;

beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
  [sound, weak] = await Promise.all([startGateway(issuer), startGateway(issuer, readsOnly)]);
  folder = temporaryFolder();
  await writeFile(join(folder, 'api-rule.json'), manifestFor(issuer));
  await writeFile(join(folder, 'good.json'), serviceKey(issuer, 'good'));
});
afterAll(() => Promise.all([issuer, sound, weak].map((server) => server.close())));

async function verify(server: RunningServer, report: string, files = diskFiles): Promise<{ code: number; stderr: string }> {
  const captured = captureIo({ cwd: folder, files });
  const at = ['--target', `${host}=${server.url}`, '--credentials', 'good.json', '--profile', 'smoke'];
  const code = await main(['verify', join(folder, 'api-rule.json'), ...at, '--report', report], captured.io, '1.2.3');
  return { code, stderr: captured.stderr() };
}

test.each(['report.json', 'new/folder/report.json'])('a report goes into the file %s, with the folders that are missing', async (name) => {
  await verify(sound, `json=${name}`);
  expect(JSON.parse(await readFile(join(folder, name), 'utf8'))).toMatchObject({ verb: 'verify' });
});

test('a report that cannot be written after the run does not hide what was found', async () => {
  const refusing: typeof diskFiles = {
    ...diskFiles,
    writeAtomic: async (path) => {
      throw new OutputUnwritableError(path, 'no space left');
    },
  };
  const runs = await Promise.all([sound, weak].map((server) => verify(server, 'json=later.json', refusing)));
  expect(runs.map(({ code, stderr }) => [code, stderr.includes('later.json: no space left')])).toEqual([
    [3, true],
    [1, true],
  ]);
});
