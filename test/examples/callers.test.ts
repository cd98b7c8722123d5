import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { RunningLocal } from '../../src/local/start-local';
import { manifestsIn, run } from '../support/local-run';
import { buildRuntime, temporaryFolder } from '../support/local-runtime';

const folder = temporaryFolder();
const host = 'location.c-7f31d2a.kyma.ondemand.com';
let running: RunningLocal;
beforeAll(async () => {
  running = await run(folder.path, buildRuntime(folder.path), { manifests: await manifestsIn('dist/dev') });
});
afterAll(async () => {
  await running.stop();
  folder.remove();
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(command: readonly string[], args: readonly string[]): Promise<Ended> {
  const [program = '', ...before] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...before, ...args], { cwd: join(__dirname, '../../examples/callers') });
    const [out, err]: [string[], string[]] = [[], []];
    child.stdout.on('data', (chunk) => out.push(String(chunk)));
    child.stderr.on('data', (chunk) => err.push(String(chunk)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout: out.join(''), stderr: err.join('') }));
  });
}

const callers: readonly (readonly [language: string, command: readonly string[], needs: readonly string[]])[] = [
  ['Node.js', [process.execPath, 'call.mjs'], []],
  ['bash', ['bash', 'call.sh'], ['bash', 'curl', 'jq']],
  ['Python', ['python3', 'call.py'], ['python3']],
  ['Java', ['java', '-XX:TieredStopAtLevel=1', 'Call.java'], ['javac']],
  ['Go', ['go', 'run', 'call.go'], ['go']],
];
/** Compiling Go and its libraries for the first time takes a minute of two cores: `npm run callers` does it, `npm test` does not. */
const withCompiled = process.env['KYMA_GUARD_CALLERS'] === 'all';
const missing = (programs: readonly string[]): string[] =>
  programs.filter((program) => spawnSync(program, [program === 'go' ? 'version' : '--version']).error !== undefined);

const accepted = (): string => running.session.credentials.find(({ issuer }) => issuer.includes('authentication.eu10'))?.path ?? '';
const refused = (): string => running.session.denyCredentials.find(({ issuer }) => issuer.includes('authentication.eu10'))?.path ?? '';
const url = (): string => `${running.session.targets[host] ?? ''}/here_location?location=tokyo`;

for (const [language, command, needs] of callers) {
  const lacking = language === 'Go' && !withCompiled ? ['time; npm run callers tries it'] : missing(needs);
  // Without its interpreter nothing of a language can be run; the name of the test says what is lacking.
  const name = `${language}${lacking.length === 0 ? '' : ` (left out: no ${lacking.join(', ')})`}`;
  (lacking.length === 0 ? describe : describe.skip)(name, () => {
    test('gets from the service key to the answer of the protected endpoint, and shows nothing else', async () => {
      const { code, stdout, stderr } = await start(command, [accepted(), url(), host]);
      expect([code, stderr]).toEqual([0, '']);
      expect(JSON.parse(stdout)).toMatchObject({ items: [{ title: expect.stringContaining('Tokyo') }] });
    }, 120_000);

    test('says what came back when it is refused, and no secret', async () => {
      const { code, stdout, stderr } = await start(command, [refused(), url(), host]);
      expect([code === 0, stdout]).toEqual([false, '']);
      expect(stderr).toContain('403');
      expect(stderr).not.toMatch(/eyJ|client_secret=/);
    }, 120_000);
  });
}
