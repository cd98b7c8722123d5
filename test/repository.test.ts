import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(file) && !file.startsWith('package-lock'));
const read = (file: string) => readFileSync(file, 'utf8');
const withMatch = (pattern: RegExp, files = tracked) => files.filter((file) => pattern.test(read(file)));
const pages = tracked.filter((file) => file.endsWith('.md'));
const manifest = JSON.parse(read('package.json'));

test('no private key is in the repository', () => {
  expect(withMatch(/-----BEGIN [A-Z ]*PRIVATE KEY-----\s*\n?[A-Za-z0-9+/]{40}/)).toEqual([]);
});

test('no token is in the repository', () => {
  expect(withMatch(/eyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\./)).toEqual([]);
});

test('no file holds the marks of a merge that was not finished', () => {
  expect(withMatch(/^(<{7}|>{7}) \S/m)).toEqual([]);
});

test('nothing depends on the machine it was made on', () => {
  const elsewhere = ['work', 'root', 'home', 'Users'].map((folder) => `/${folder}/[a-z.]+/`).join('|');
  expect(
    withMatch(
      new RegExp(`(^|[\\s"'\`=(])(${elsewhere})`, 'm'),
      tracked.filter((file) => file !== 'test/repository.test.ts'),
    ),
  ).toEqual([]);
});

test('every script that the docs name exists', () => {
  const named = pages.flatMap((file) => [...read(file).matchAll(/npm run ([a-z:-]+)/g)].map(([, script]) => script ?? ''));
  expect([...new Set(named)].filter((script) => !(script in manifest.scripts))).toEqual([]);
});

test('every relative link in the docs leads to a file', () => {
  const dead = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
      .filter(([, to = '']) => !existsSync(join(dirname(page), to)))
      .map(([, to]) => `${page} -> ${to}`),
  );
  expect(dead).toEqual([]);
});

test('the changelog speaks of the version of the package', () => {
  expect(read('CHANGELOG.md')).toContain(`## ${manifest.version}`);
});

test('no test is switched off or left alone', () => {
  const tests = tracked.filter((file) => file.endsWith('.test.ts') && file !== 'test/repository.test.ts');
  expect(withMatch(/\b(it|test|describe)\.(only|todo)\b|\b(xit|fit|xdescribe)\(/, tests)).toEqual([]);
});

test('every test file that is started early exists', () => {
  const started = [...read('test/support/sequencer.js').matchAll(/^ {2}'(.+)',$/gm)].map(([, name]) => `test/${name}.test.ts`);
  expect(started.length).toBeGreaterThan(10);
  expect(started.filter((file) => !tracked.includes(file))).toEqual([]);
});
