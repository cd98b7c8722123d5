import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { filesBelow } from '../support/file-tree';
import type { RunningServer } from '../support/http-server';
import { temporaryFolder } from '../support/temporary-folder';
import { serveXsuaa } from '../support/xsuaa-server';

const page = readFileSync('docs/gitops.md', 'utf8');

/** The blocks of one language, also those inside a list. */
function blocks(language: string): string[] {
  return [...page.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^\\1\`\`\`$`, 'gm'))].map(([, indent = '', text = '']) =>
    text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

const commands = blocks('sh').flatMap((block) => block.split('\n').filter((line) => line !== ''));
const [configuration = ''] = blocks('yaml');

let issuer: RunningServer;
beforeAll(async () => {
  issuer = await serveXsuaa((url) => ({ claims: { iss: `${url}/oauth/token`, aud: ['sb-shop!t42', 'uaa'] } }));
});
afterAll(() => issuer.close());

/** Stands in the place of a cluster: has one Secret, and takes everything. */
const kubectl = (): string => `#!/bin/sh
case "$*" in *"get secret"*) cat <<'END'
apiVersion: v1
kind: Secret
metadata: { name: xsuaa-2dd107dc, namespace: shop }
stringData: { clientid: sb-shop!t42, clientsecret: not-a-secret, xsappname: shop!t42, url: '${issuer.url}' }
END
esac
`;

const kymaGuard = `#!/bin/sh
exec '${process.execPath}' '${resolve('lib/src/cli/bin.js')}' "$@"
`;

interface Ended {
  readonly code?: number;
  readonly stdout: string;
  readonly stderr: string;
}

function repository(): { folder: string; sh: (command: string) => Promise<Ended> } {
  const bin = temporaryFolder({ kubectl: kubectl(), 'kyma-guard': kymaGuard });
  for (const name of ['kubectl', 'kyma-guard']) chmodSync(join(bin, name), 0o755);
  // The worktree of the page stands beside the repository.
  const folder = join(temporaryFolder({ 'geo/kyma-guard.yaml': configuration }), 'geo');
  cpSync('examples', join(folder, 'examples'), { recursive: true });
  const env = { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}` };
  const sh = (command: string): Promise<Ended> =>
    promisify(execFile)('sh', ['-c', command], { cwd: folder, env }).catch((error: unknown) => error as Ended);
  return { folder, sh };
}

function secureAddresses(folder: string): void {
  for (const [path, text] of filesBelow(folder))
    writeFileSync(join(folder, path), text.replaceAll(issuer.url, 'https://geo.authentication.example.com'));
}

function commit(folder: string): void {
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder, stdio: 'ignore' });
  git('init', '-b', 'main');
  git('add', '.');
  git('commit', '-m', 'First');
}

test('every command of the page works, in its order, from an empty repository to the manifests of the second sync', async () => {
  const { folder, sh } = repository();
  const failed: string[] = [];
  for (const command of commands) {
    if (command.startsWith('kubectl -n argocd patch')) commit(folder);
    if (command === 'kyma-guard synth --with-verifier') {
      const text = readFileSync(join(folder, 'kyma-guard.yaml'), 'utf8');
      writeFileSync(join(folder, 'kyma-guard.yaml'), text.replace(/^.*hold:.*\n/m, ''));
    }
    // A real issuer has an https address, and validate asks for it.
    if (command.startsWith('kyma-guard validate')) secureAddresses(join(folder, 'dist/prod'));
    const { code = 0, stderr } = await sh(command);
    if (code !== 0) failed.push(`${command}: ${code} ${stderr}`);
  }
  expect(failed).toEqual([]);
  expect(commands.filter((command) => command.includes('kyma-guard ')).length).toBeGreaterThan(7);
  expect(readFileSync(join(folder, 'dist/prod/shop/service-orders.k8s.yaml'), 'utf8')).toContain('kind: APIRule');
  expect(readFileSync(join(folder, 'dist/prod/shop-verification/verification.k8s.yaml'), 'utf8')).toContain(
    'argocd.argoproj.io/hook: PostSync',
  );
}, 120_000);

test('before the lock nothing is exposed and nothing verified; synth prints the command that the page shows', async () => {
  const { folder, sh } = repository();
  const { stdout } = await sh('kyma-guard synth');
  expect(stdout).toContain('held in prod: APIRule shop/orders');
  const lock = commands.find((command) => command.includes('kyma-guard lock'));
  expect(stdout).toContain(lock);
  expect((await sh(`grep -rlE 'kind: (APIRule|Job)$' ${join(folder, 'dist')}`)).stdout).toBe('');
});
