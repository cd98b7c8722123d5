import { readFileSync } from 'node:fs';
import { parseCall } from '../../src/cli/parse-call';
import { verbs } from '../../src/cli/verbs';
import { filesBelow } from '../support/file-tree';

/** What `kyma-guard VERB --help` lists, in long form. */
async function optionsOf(name: string): Promise<readonly string[]> {
  const spec = await verbs.find((verb) => verb.name === name)?.load();
  const parsed = spec && parseCall(spec, ['--help']);
  const text = parsed?.kind === 'help' ? parsed.text : '';
  return [...text.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option = '']) => option);
}

const names = verbs.map(({ name }) => name);
/** Options of a verb, by name. */
const known = new Map<string, readonly string[]>();
beforeAll(async () => {
  for (const name of names) known.set(name, await optionsOf(name));
});

/** What every verb or report takes stands in docs/reports.md, once. */
const shared = ['--format', '--quiet', '--verbose', '--no-color', '--report', '--termination-message'];
const pageOf = (name: string): string => readFileSync(name === 'report' ? 'docs/reports.md' : `docs/${name}.md`, 'utf8');
const optionsIn = (text: string): string[] => [...text.matchAll(/(?<![\w-])--[a-z][a-z-]*[a-z]/g)].map(([option]) => option);

test.each(names)('the page of %s names every option that --help lists', (name) => {
  const named = new Set(optionsIn(pageOf(name)));
  expect(known.get(name)?.length).toBeGreaterThan(4);
  expect(known.get(name)?.filter((option) => option !== '--help' && !shared.includes(option) && !named.has(option))).toEqual([]);
});

test('what every verb takes is explained with the formats', () => {
  const named = new Set(optionsIn(pageOf('report')));
  expect(shared.filter((option) => !named.has(option))).toEqual([]);
});

/** Options of other programs that the pages of the verbs show: curl, kubectl, npm. */
const foreign = ['--cacert', '--connect-to', '--for', '--from-file', '--ignore-scripts', '--path-as-is', '--show-managed-fields'];

test.each(names)('the page of %s names no option that there is not', (name) => {
  const all = new Set([...known.values()].flat());
  expect(optionsIn(pageOf(name)).filter((option) => !all.has(option) && !foreign.includes(option))).toEqual([]);
});

/** Everything that shows people how to call this program; decisions tell what was. */
const texts: readonly (readonly [path: string, text: string])[] = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md'].map((path) => [path, readFileSync(path, 'utf8')] as const),
  ...['docs', 'examples'].flatMap((folder) => filesBelow(folder).map(([path, text]) => [`${folder}/${path}`, text] as const)),
].filter(([path]) => !path.startsWith('docs/decisions/'));

test('every command in the docs and examples has options of its verb only', () => {
  const call = new RegExp(`(?:kyma-guard |\`)(${names.join('|')}) ([^\\n\`|;#]*)`, 'g');
  const calls = texts.flatMap(([path, text]) =>
    [...text.replaceAll('\\\n', ' ').matchAll(call)].map(([line, name = '', rest = '']) => ({ path, line, name, rest })),
  );
  expect(new Set(calls.map(({ name }) => name))).toEqual(new Set(names));
  const wrong = calls.flatMap(({ path, line, name, rest }) =>
    optionsIn(rest).flatMap((option) => (known.get(name)?.includes(option) ? [] : [`${path}: ${option} in ${line}`])),
  );
  expect(wrong).toEqual([]);
});
