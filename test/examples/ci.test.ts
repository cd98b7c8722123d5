import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { temporaryFolder } from '../support/temporary-folder';

interface GithubWorkflow {
  readonly jobs: { readonly validate: { readonly steps: readonly { readonly run: string; readonly if?: string }[] } };
}

interface GitlabJob {
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
}

/** A script that a shell runs to its first failure, and whether it runs after another one failed. */
interface Script {
  readonly text: string;
  readonly always: boolean;
}

/** All that an example runs, in its order. */
const scriptsOf: Record<string, (text: string) => Script[]> = {
  'github.yaml': (text) =>
    (parse(text) as GithubWorkflow).jobs.validate.steps.map((step) => ({ text: step.run, always: step.if !== undefined })),
  'gitlab-ci.yml': (text) => {
    const { '.kyma-guard': base, ...jobs } = parse(text) as Record<string, GitlabJob>;
    return Object.values(jobs).map(({ script = [] }) => ({ text: [...(base?.before_script ?? []), ...script].join('\n'), always: true }));
  },
  Jenkinsfile: (text) => [...text.matchAll(/sh '([^']*)'/g)].map(([, command = '']) => ({ text: command, always: false })),
  'pre-commit-config.yaml': (text) => [
    { text: (parse(text) as { repos: [{ hooks: [{ entry: string }] }] }).repos[0].hooks[0].entry, always: false },
  ],
};

const program = `#!/bin/sh\n[ "$1" = kyma-guard ] && shift\nexec "${process.execPath}" "${resolve('lib/src/cli/bin.js')}" "$@"\n`;
const nothing = '#!/bin/sh\nexit 0\n';
const policy = 'version: 1\nmaxSuppressible: low\n';

/** What a branch holds: an example of manifests, and a policy. */
interface Branch {
  readonly manifest?: string;
  readonly policy?: string;
}

function git(folder: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main'];
  const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

function commit(folder: string, { manifest, policy: text }: Branch): void {
  rmSync(join(folder, 'k8s'), { recursive: true, force: true });
  rmSync(join(folder, 'policy.yaml'), { force: true });
  if (text !== undefined) copyFileSync(join(temporaryFolder({ 'policy.yaml': text }), 'policy.yaml'), join(folder, 'policy.yaml'));
  if (manifest !== undefined) mkdirSync(join(folder, 'k8s'));
  if (manifest !== undefined) copyFileSync(join('examples/validate', manifest), join(folder, 'k8s/app.yaml'));
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'change');
}

/** Runs an example for a pull request in a real repository; the program is the built one. */
function run(file: string, target: Branch, change: Branch) {
  const root = temporaryFolder({
    'bin/kyma-guard': program,
    'bin/npx': program,
    'bin/npm': nothing,
    'bin/gh': nothing,
    'origin/README.md': 'shop\n',
    'temp/.keep': '',
    'work/.keep': '',
  });
  for (const name of ['kyma-guard', 'npx', 'npm', 'gh']) chmodSync(join(root, 'bin', name), 0o755);
  const origin = join(root, 'origin');
  const work = join(root, 'work');
  git(origin, 'init', '--quiet');
  git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  commit(origin, target);
  git(origin, 'checkout', '--quiet', '-b', 'change');
  commit(origin, change);
  if (file !== 'github.yaml') {
    rmSync(work, { recursive: true });
    git(root, 'clone', '--quiet', '--branch', 'change', '--single-branch', `file://${origin}`, work);
  }
  const env = {
    PATH: `${join(root, 'bin')}:/usr/bin:/bin`,
    TMPDIR: join(root, 'temp'),
    ...{ RUNNER_TEMP: join(root, 'temp'), GITHUB_STEP_SUMMARY: join(root, 'work/summary.md'), GITHUB_SERVER_URL: `file://${root}` },
    ...{ GITHUB_REPOSITORY: 'origin', GITHUB_BASE_REF: 'main', GITHUB_SHA: git(origin, 'rev-parse', 'change'), GH_TOKEN: 'none' },
    ...{ GITHUB_REF: 'refs/pull/1/merge', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main', CI_PROJECT_DIR: work },
    ...{ WORKSPACE_TMP: join(root, 'temp'), CHANGE_TARGET: 'main' },
  };
  const ran: { status: number | null; text: string; output: string }[] = [];
  for (const { text, always } of scriptsOf[file]?.(readFileSync(join('examples/ci', file), 'utf8')) ?? []) {
    if (!always && ran.some(({ status }) => status !== 0)) continue;
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', text], { cwd: work, env, encoding: 'utf8' });
    ran.push({ status, text, output: stdout + stderr });
  }
  const of = (verb: string) => ran.find(({ text }) => text.includes(`kyma-guard ${verb} k8s/`));
  return { ran, of, failed: ran.filter(({ status }) => status !== 0), has: (name: string) => existsSync(join(work, name)) };
}

const examples: readonly (readonly [file: string, outputs: readonly string[]])[] = [
  ['github.yaml', ['validate.sarif', 'summary.md']],
  ['gitlab-ci.yml', ['validate.xml', 'validate.sarif', 'explain.xml']],
  ['Jenkinsfile', ['validate.xml', 'validate.sarif']],
  ['pre-commit-config.yaml', []],
];
const withPolicy = ['github.yaml', 'gitlab-ci.yml', 'Jenkinsfile'];
const withComparison = ['github.yaml', 'gitlab-ci.yml'];

test('every example has a row here', () => {
  expect(readdirSync('examples/ci').sort()).toEqual(examples.map(([file]) => file).sort());
});

test.each(examples)('%s lets sound manifests through and stops others, and writes %j either way', (file, outputs) => {
  for (const [manifest, status] of [
    ['apirule.yaml', 0],
    ['mistakes.yaml', 1],
  ] as const) {
    const result = run(file, { manifest, policy }, { manifest, policy });
    expect([result.of('validate')?.status, outputs.filter((output) => !result.has(output))]).toEqual([status, []]);
    expect(result.failed.map(({ output }) => output).join('') === '').toBe(status === 0);
  }
});

test.each(withPolicy)('%s judges by the policy of the target branch, whatever the pull request makes of it', (file) => {
  const strict = `${policy}allowedIssuers: [https://other.example.com]\n`;
  const result = run(file, { manifest: 'apirule.yaml', policy: strict }, { manifest: 'apirule.yaml', policy });
  expect(result.of('validate')).toMatchObject({ status: 1, output: expect.stringMatching(/policy-issuer/) });
});

test.each(withPolicy)('%s says what to do where the target branch has no policy, and takes none of the pull request', (file) => {
  const result = run(file, { manifest: 'apirule.yaml' }, { manifest: 'apirule.yaml', policy });
  expect(result.failed[0]).toMatchObject({
    status: 1,
    output: expect.stringContaining('main has no policy.yaml yet; merge one there first'),
  });
  expect(result.has('validate.sarif')).toBe(false);
});

test.each(withComparison)('%s shows what a change opens, and fails for it', (file) => {
  const result = run(file, { manifest: 'apirule.yaml', policy }, { manifest: 'mistakes.yaml', policy });
  expect(result.of('explain')).toMatchObject({ status: 1, output: expect.stringMatching(/opened/i) });
});

test.each(withComparison)('%s compares the first manifests with nothing', (file) => {
  const result = run(file, { policy }, { manifest: 'apirule.yaml', policy });
  expect(result.of('validate')?.status).toBe(0);
  expect(result.of('explain')).toMatchObject({ status: 1, output: expect.stringMatching(/opened/i) });
});

test('no example names an action that is not pinned', () => {
  expect(readFileSync('examples/ci/github.yaml', 'utf8')).not.toMatch(/^\s*-?\s*uses:/m);
});
