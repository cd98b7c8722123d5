import { loadSuppressions } from '../../src/config/suppressions';
import { diskFiles } from '../../src/files/files';
import { ConfigInvalidError } from '../../src/model/errors';
import { configFolder, load, oneFunction, problemsOf } from '../support/config-folder';

const config = oneFunction('{ path: /a, methods: [GET], access: { jwt: { issuers: [keycloak] } } }');

function withIgnore(entries: string): string {
  return configFolder(`${config}validate: { ignore: [${entries}] }\n`);
}

/** Problems as `path: message`; empty when the section is right. */
async function sectionProblems(path: string): Promise<string[]> {
  try {
    await loadSuppressions(diskFiles, path);
    return [];
  } catch (error) {
    if (error instanceof ConfigInvalidError) return error.results.map(({ where, message }) => `${where.path ?? ''}: ${message}`);
    throw error;
  }
}

test('entries come with their place', async () => {
  const file = withIgnore('{ rule: a, object: APIRule b/c, path: spec, until: 2027-01-31, reason: d }, { rule: e, reason: f }');
  expect(await loadSuppressions(diskFiles, file)).toEqual([
    expect.objectContaining({ rule: 'a', object: 'APIRule b/c', path: 'spec', until: '2027-01-31', reason: 'd' }),
    { rule: 'e', reason: 'f', where: { file, line: 12, column: expect.any(Number), path: 'validate.ignore[1]' } },
  ]);
});

test.each([
  ['no reason', '{ rule: a }', 'validate.ignore[0].reason: is missing; give a text'],
  ['an empty reason', '{ rule: a, reason: "" }', 'validate.ignore[0].reason: is ""; give a text that is not empty'],
  ['a misspelt key', '{ rule: a, reason: b, pth: c }', 'validate.ignore[0].pth: the key "pth" is unknown; did you mean path?'],
  [
    'a day that does not exist',
    '{ rule: a, reason: b, until: 2027-02-30 }',
    'is "2027-02-30"; give a day of the calendar, such as 2027-01-31',
  ],
  ['a word for a day', '{ rule: a, reason: b, until: soon }', 'is "soon"; give a day such as 2027-01-31'],
  ['an object without kind', '{ rule: a, reason: b, object: shop/orders }', 'give an object as reports name it'],
  ['an object without namespace', '{ rule: a, reason: b, object: APIRule orders }', 'give an object as reports name it'],
  ['a Namespace in a namespace', '{ rule: a, reason: b, object: Namespace shop/shop }', 'give an object as reports name it'],
])('%s is refused, by validate as by synth', async (_, entry, message) => {
  const file = withIgnore(entry);
  expect(await sectionProblems(file)).toContainEqual(expect.stringContaining(message));
  expect(await problemsOf(file)).toContainEqual(expect.stringContaining(message));
});

test.each(['soon', '2027-02-30'])('until: %s is told once', async (until) => {
  const file = withIgnore(`{ rule: a, reason: b, until: ${until} }`);
  expect(await sectionProblems(file)).toHaveLength(1);
  expect(await problemsOf(file)).toHaveLength(1);
});

test('a Namespace is named without a namespace', async () => {
  expect(await loadSuppressions(diskFiles, withIgnore('{ rule: a, reason: b, object: Namespace shop }'))).toHaveLength(1);
});

test.each(['', 'version: 2\n'])('a file that begins with %j is no configuration', async (version) => {
  expect(await sectionProblems(configFolder(`${version}validate: { ignore: [{ rule: a, reason: b }] }\n`))).toEqual([
    'version: is missing or another; give 1',
  ]);
});

test('validate reads its section whatever the rest of the file says', async () => {
  const file = configFolder('version: 1\nclustr: {}\nvalidate: { ignore: [{ rule: a, reason: b }] }\n');
  expect(await loadSuppressions(diskFiles, file)).toHaveLength(1);
});

test('without the section nothing is suppressed', async () => {
  expect(await loadSuppressions(diskFiles, configFolder(config))).toEqual([]);
});

test('the section leaves every environment as it is, and an overlay has none', async () => {
  const overlays = 'environments: { dev: { cluster: { domain: dev.example.com } } }\n';
  const section = 'validate: { ignore: [{ rule: a, reason: b }] }\n';
  const bare = await load(`${config}${overlays}`);
  const full = await load(`${config}${overlays}${section}`);
  expect(full.environments[0]?.config).toEqual(bare.environments[0]?.config);
  const inOverlay = configFolder(`${config}environments: { dev: { validate: { ignore: [] } } }\n`);
  expect(await problemsOf(inOverlay)).toEqual([expect.stringContaining('the key "validate" is unknown')]);
});

test('a file that is no mapping names its line', async () => {
  expect(await sectionProblems(configFolder('a: [\n'))).toHaveLength(1);
});
