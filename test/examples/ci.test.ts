import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { temporaryFolder } from '../support/temporary-folder';

/** Every text of an example that a shell runs and that calls kyma-guard. */
function commandsOf(file: string): string[] {
  const text = readFileSync(join('examples/ci', file), 'utf8');
  const texts = file === 'Jenkinsfile' ? [...text.matchAll(/sh '([^']*)'/g)].map(([, command = '']) => command) : textsIn(parse(text));
  return texts.filter((command) => /\bkyma-guard validate \S/.test(command));
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Runs a command in a project with one manifest and a policy where the example puts it; the program is the built one. */
function run(command: string, manifest: string) {
  const program = `#!/bin/sh\n[ "$1" = kyma-guard ] && shift\nexec "${process.execPath}" "${resolve('lib/src/cli/bin.js')}" "$@"\n`;
  const policy = 'version: 1\nmaxSuppressible: low\n';
  const folder = temporaryFolder({
    'bin/kyma-guard': program,
    'bin/npx': program,
    'k8s/.keep': '',
    'policy.yaml': policy,
    'app.policy.yaml': policy,
  });
  for (const name of ['kyma-guard', 'npx']) chmodSync(join(folder, 'bin', name), 0o755);
  copyFileSync(join('examples/validate', manifest), join(folder, 'k8s/app.yaml'));
  const places = {
    RUNNER_TEMP: folder,
    WORKSPACE_TMP: folder,
    CI_PROJECT_DIR: join(folder, 'app'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
  };
  const env = { ...places, PATH: `${join(folder, 'bin')}:/usr/bin:/bin` };
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, env, encoding: 'utf8' });
  return { status, stdout, stderr, has: (file: string) => existsSync(join(folder, file)) };
}

const examples: readonly (readonly [file: string, outputs: readonly string[]])[] = [
  ['github.yaml', ['validate.sarif', 'summary.md']],
  ['gitlab-ci.yml', ['validate.xml', 'validate.sarif']],
  ['Jenkinsfile', ['validate.xml', 'validate.sarif']],
  ['pre-commit-config.yaml', []],
];

test('every example has a row here', () => {
  expect(readdirSync('examples/ci').sort()).toEqual(examples.map(([file]) => file).sort());
});

test.each(examples)('%s lets sound manifests through and stops others, and writes %j either way', (file, outputs) => {
  const [command = '', ...more] = commandsOf(file);
  expect(more).toEqual([]);
  for (const [manifest, status] of [
    ['apirule.yaml', 0],
    ['mistakes.yaml', 1],
  ] as const) {
    const result = run(command, manifest);
    expect([result.status, result.stderr, outputs.filter((output) => !result.has(output))]).toEqual([status, '', []]);
  }
});

test.each(['github.yaml', 'gitlab-ci.yml', 'Jenkinsfile'])(
  '%s takes the policy from the target branch, not from what is checked',
  (file) => {
    const text = readFileSync(join('examples/ci', file), 'utf8');
    expect(text).toMatch(/git show FETCH_HEAD:policy\.yaml > "\$\w+/);
    expect(commandsOf(file).join('')).toMatch(/--policy "\$\w+/);
  },
);

test('no example names an action that is not pinned', () => {
  expect(readFileSync('examples/ci/github.yaml', 'utf8')).not.toMatch(/^\s*-?\s*uses:/m);
});
