import { main } from '../../src/cli/main';
import { captureIo } from '../support/fake-io';
import { temporaryFolder } from '../support/temporary-folder';

const sound = 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\n';

/** A call of validate in a folder with the given files. */
async function call(files: Readonly<Record<string, string | Uint8Array>>, args: readonly string[], stdin = '') {
  const folder = temporaryFolder(files);
  const captured = captureIo({ readStdin: () => Promise.resolve(stdin) });
  const code = await main(['validate', ...args.map((arg) => arg.replace('FOLDER', folder))], captured.io, '1.2.3');
  return { code, told: `${captured.stdout()}\n${captured.stderr()}`.replaceAll(folder, 'FOLDER') };
}

describe('what cannot be read never ends as a pass', () => {
  const large = { 'a.yaml': sound, 'b.yaml': `${sound}data: ${'x'.repeat(2_000)}\n` };
  const binary = { 'a.yaml': sound, 'b.yaml': Buffer.from([1, 0, 2]) };
  const chart = { 'c/Chart.yaml': 'name: c\n', 'c/values.yaml': 'a: 1\n', 'c/templates/a.yaml': 'a: {{ .Values.a }}\n', 'a.yaml': sound };

  test.each<[string, Readonly<Record<string, string | Uint8Array>>, string[], number, string]>([
    [
      'a large document that is named',
      large,
      ['FOLDER/b.yaml', '--max-document', '1Ki'],
      2,
      'b.yaml:1: a YAML document has 2056 bytes, at most 1024',
    ],
    ['a large document with room enough', large, ['FOLDER/b.yaml', '--max-document', '4Ki'], 0, ''],
    ['a large document in a folder', large, ['FOLDER', '--max-document', '1Ki'], 3, 'the file was not checked'],
    ['binary bytes that are named', binary, ['FOLDER/b.yaml'], 2, 'is binary, text is expected (ERR_FILE_UNREADABLE)'],
    ['binary bytes in a folder', binary, ['FOLDER'], 3, 'the file was not checked'],
    ['a chart that is not rendered', chart, ['FOLDER'], 3, 'helm template FOLDER/c | kyma-guard validate -'],
    ['a template', chart, ['FOLDER/c/templates/a.yaml'], 1, 'helm template … | kyma-guard validate -'],
    ['what describes a chart alone', { 'c/Chart.yaml': 'name: c\n' }, ['FOLDER'], 2, 'ERR_NOTHING_FOUND'],
    ['a broken document beside a sound one', { 'a.yaml': `${sound}---\na: [\n` }, ['FOLDER'], 1, 'a.yaml:6:1'],
    [
      'a size that is none',
      { 'a.yaml': sound },
      ['FOLDER', '--max-document', 'much'],
      2,
      '--max-document is "much"; give a number of bytes',
    ],
    ['a size of nothing', { 'a.yaml': sound }, ['FOLDER', '--max-document', '0'], 2, 'give a number of bytes, as in 32Mi'],
  ])('%s', async (_name, files, args, code, told) => {
    expect(await call(files, args)).toEqual({ code, told: expect.stringContaining(told) });
  });

  test.each([
    ['nothing', '', 2],
    ['brackets without end', '['.repeat(100_000), 1],
    ['brackets of JSON', '{"a":'.repeat(100_000), 1],
    ['an alias of aliases', 'a: &a [1]\nb: &b [*a, *b]\n', 1],
    ['a bell', 'a: \u0007\n', 1],
  ])('standard input of %s', async (_name, stdin, code) => {
    const { code: is, told } = await call({}, ['-'], stdin);
    expect([is, /^\s+at .*:\d+:\d+\)?$/m.test(told)]).toEqual([code, false]);
  });
});
