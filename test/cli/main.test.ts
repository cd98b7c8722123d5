import { readFileSync } from 'node:fs';
import { main } from '../../src/cli/main';
import { verbs } from '../../src/cli/verbs';
import { verifyCommand } from '../../src/cli/commands/verify';
import { DocumentTooLargeError } from '../../src/model/errors';
import { verifyOptions } from '../../src/model/verify-options';
import { captureIo } from '../support/fake-io';
import { temporaryFolder } from '../support/temporary-folder';

async function call(...args: string[]) {
  const captured = captureIo();
  const code = await main(args, captured.io, '1.2.3');
  return { code, stdout: captured.stdout(), stderr: captured.stderr() };
}

const namesAllVerbs = (text: string): boolean => verbs.every(({ name, summary }) => text.includes(name) && text.includes(summary));

test.each([['--help'], ['-h'], ['help']])('%s shows the verbs and examples', async (asked) => {
  const { code, stdout, stderr } = await call(asked);
  expect([code, stderr, namesAllVerbs(stdout)]).toEqual([0, '', true]);
});

test('without arguments nothing is done, which is no pass: the verbs and examples are shown where errors are', async () => {
  const { code, stdout, stderr } = await call();
  expect([code, stdout, namesAllVerbs(stderr)]).toEqual([2, '', true]);
  expect(stderr).toMatch(/\nkyma-guard: no verb is given, and nothing was done \(ERR_USAGE\)\n.+\n$/);
});

test('--version prints the version and nothing else', async () => {
  expect(await call('--version')).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
});

test.each([
  ['an unknown verb', ['frobnicate'], /there is no verb "frobnicate" \(ERR_USAGE\)/],
  ['a mistyped verb, with what was probably meant', ['verfiy'], /did you mean "verify"\?/],
  ['an unknown option', ['verify', '--tagret', 'a=b'], /unknown option '--tagret'/],
  ['a missing value', ['verify', '--target'], /argument missing/],
  ['an unknown format', ['verify', '--format', 'xml'], /Allowed choices are text, json, junit, sarif, github, markdown/],
])('%s ends with exit code 2, a hint, and an empty stdout', async (_, args, message) => {
  const { code, stdout, stderr } = await call(...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
  expect(stderr.trim().split('\n').length).toBeGreaterThan(1);
});

test.each(verbs.map(({ name }) => name))('%s --help shows options and examples that name the verb', async (name) => {
  const { code, stdout } = await call(name, '--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(/Options:[\s\S]*--format[\s\S]*Examples:/);
  expect(stdout).toContain(`$ kyma-guard ${name}`);
});

test('the options that a verification job is judged by are those of verify', async () => {
  const { stdout } = await call('verify', '--help');
  const shown = [...stdout.matchAll(/^ {2}(?:-h, )?(--[a-z-]+)( <)?/gm)].map(
    ([, name = '', value]) => [name, value !== undefined] as const,
  );
  const known = [...verifyOptions].filter(([name]) => name !== '-h').map(([name, { takesValue }]) => [name, takesValue] as const);
  expect(new Map(known)).toEqual(new Map(shown));
  const repeatable = verifyCommand.options.filter((option) => option.repeatable).map(({ flags }) => flags.split(' ')[0] ?? '');
  const several = [...verifyOptions].filter(([, { takesValue, isRepeatable }]) => takesValue && isRepeatable).map(([name]) => name);
  expect(several.sort()).toEqual([...repeatable, '--report'].sort());
});

test('a hint names options of a verb only where it has them', async () => {
  const hint = new DocumentTooLargeError('a.yaml', 1, 2, 1).hint;
  const having = await Promise.all(
    verbs.map(async ({ name }) => ((await call(name, '--help')).stdout.includes('--max-document') ? [name] : [])),
  );
  expect(hint).toContain(
    `${having
      .flat()
      .join(', ')
      .replace(/, (?=\w+$)/, ' and ')} take a higher limit with --max-document`,
  );
});

test('the summary in the list of verbs is the one of the verb itself', async () => {
  for (const { summary, load } of verbs) expect((await load()).summary).toBe(summary);
});

test.each(['verify', 'local'])('%s acts on nothing when one document of many cannot be read', async (verb) => {
  const folder = temporaryFolder({ 'a.yaml': readFileSync('dist/dev/shop/service-orders.k8s.yaml', 'utf8'), 'b.yaml': 'a: [1\nb: 2\n' });
  const { code, stdout, stderr } = await call(verb, folder);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/b\.yaml:2:1: .*\n.*\nkyma-guard: 1 problem in the manifests \(ERR_MANIFEST_INVALID\)/);
});

test.each(['verify', 'local'])('%s of an empty folder is no pass', async (verb) => {
  const { code, stderr } = await call(verb, temporaryFolder());
  expect([code, stderr]).toEqual([2, expect.stringContaining('no manifest in')]);
});

test.each([
  ['a label without a value', ['--label', 'x'], '--label is "x"; give'],
  ['an unknown report format', ['--report', 'xml=o.xml'], 'there is no report format "xml"'],
])('%s is found before anything is read or sent', async (_, args, message) => {
  const { code, stderr } = await call('verify', 'no-such-folder', ...args);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test('a verb that was stopped in the middle never ends with 0', async () => {
  const { io } = captureIo({ signal: AbortSignal.abort() });
  const folder = temporaryFolder({ 'a.yaml': readFileSync('dist/dev/geo/function-location.k8s.yaml', 'utf8') });
  expect(await main(['verify', folder, '--plan', '--scope', '*.kyma.ondemand.com'], io, '1')).toBe(3);
});
