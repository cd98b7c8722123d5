import { exampleFunction } from '../../../src/validate/rules/controller/example-function';
import { exampleSecret } from '../../../src/validate/rules/controller/example-instance';
import { controllerLines } from '../../support/controller-lines';
import { validateText } from '../../support/validate';

const inline = (source: string, dependencies?: string) =>
  `{ inline: { source: ${JSON.stringify(source)}${dependencies === undefined ? '' : `, dependencies: ${JSON.stringify(dependencies)}`} } }`;
const withSource = (source: string, dependencies?: string) => exampleFunction({ source: inline(source, dependencies) });
const handler = 'exports.main = () => 1;';
const git = (url: string, more = '') =>
  exampleFunction({ source: `{ gitRepository: { url: ${JSON.stringify(url)}, reference: main, baseDir: /${more} } }` });
const path = 'spec.source.inline.source';

/** What is given, the manifest, and all that is said of it. */
type Row = readonly [string, string, readonly string[]];

const source: readonly Row[] = [
  ['no source', exampleFunction({ source: '{}' }), ['high function-source spec.source']],
  ['an empty handler', withSource(''), [`high function-source ${path}`]],
  ['the largest source', withSource(handler + ' '.repeat(131_051 - handler.length)), []],
  ['one byte more', withSource(handler + ' '.repeat(131_052 - handler.length)), [`high function-source-size ${path}`]],
  ['dollars that arrive as half as many', withSource(`${handler}//${'$$$$'.repeat(40_000)}`), []],
  ['dollars that become one', withSource(`${handler}// costs $$5`), [`medium function-source-expansion ${path}`]],
  ['dollars that are escaped', withSource(`${handler}// costs $$$$5 and $$(FUNC_NAME)`), []],
  ['a template literal', withSource('exports.main = () => `${1}`;'), []],
  ['a reference to a platform variable', withSource(`${handler}// $(FUNC_NAME)`), [`medium function-source-expansion ${path}`]],
  ['a reference to nothing', withSource(`${handler}// $(OTHER)`), []],
  ['a control character', withSource(`${handler}//\u0007`), [`medium function-source-control ${path}`]],
  ['dependencies that are no JSON', withSource(handler, '{ axios: 1 }'), ['high function-dependencies spec.source.inline.dependencies']],
  ['dependencies without braces', withSource(handler, 'axios'), ['high function-dependencies spec.source.inline.dependencies']],
  ['empty dependencies', withSource(handler, ' \n'), []],
  [
    'exact dependencies',
    withSource(handler, '{"dependencies":{"a":"1.2.3","b":"npm:c@1.0.0","d":"git+https://x/y#0123456789012345678901234567890123456789"}}'),
    [],
  ],
  ...['^1.2.3', '~1.2', 'latest', '*', '1.x', '>=1.0.0', ''].map((version): Row => [
    `a dependency on ${JSON.stringify(version)}`,
    withSource(handler, JSON.stringify({ dependencies: { axios: version } })),
    ['low function-dependencies-range spec.source.inline.dependencies'],
  ]),
  ['a handler that Node.js cannot see', withSource('module.exports = { async main() {} };'), [`high function-handler ${path}`]],
  [
    'a handler that another module brings',
    withSource('module.exports = require("orders-handler");', '{"dependencies":{"orders-handler":"1.0.0"}}'),
    [],
  ],
  ['an ES module that another one fills', withSource('export * from "orders-handler";'), []],
];

const gitSources: readonly Row[] = [
  ['an address of https', git('https://git.example.com/orders.git'), []],
  ['an SSH address', git('git@git.example.com:shop/orders.git'), ['info function-fips spec.source.gitRepository.url']],
  ['an address without scheme', git('git.example.com/orders.git'), ['high function-git spec.source.gitRepository.url']],
  ['a blank address', git(' '), ['high function-git spec.source.gitRepository.url']],
  [
    'a password in the address',
    git('https://ci:example@git.example.com/x.git'),
    ['high function-git-password spec.source.gitRepository.url'],
  ],
  ['a user in the address', git('https://ci@git.example.com/x.git'), []],
  [
    'a password over http',
    git('http://git.example.com/x.git', ', auth: { type: basic, secretName: git }'),
    ['medium function-git-password spec.source.gitRepository.url'],
  ],
  ['a public repository over http', git('http://git.example.com/x.git'), []],
  [
    'a key for https',
    git('https://git.example.com/x.git', ', auth: { type: key, secretName: git }'),
    ['medium function-git spec.source.gitRepository.auth.type'],
  ],
  [
    'an unknown auth',
    git('https://git.example.com/x.git', ', auth: { type: token, secretName: git }'),
    ['high function-git spec.source.gitRepository.auth.type'],
  ],
  [
    'auth without Secret',
    git('https://git.example.com/x.git', ", auth: { type: basic, secretName: ' ' }"),
    ['high function-git spec.source.gitRepository.auth.secretName'],
  ],
];

const secretPath = 'spec.source.gitRepository.auth.secretName';
const typed = (type: string, ...keys: string[]) =>
  `---\napiVersion: v1\nkind: Secret\ntype: ${type}\nmetadata: { name: git, namespace: shop }\ndata: { ${keys.map((key) => `${key}: eA==`).join(', ')} }\n`;
const basic = git('https://git.example.com/x.git', ', auth: { type: basic, secretName: git }');
const key = git('ssh://git@git.example.com/x.git', ', auth: { type: key, secretName: git }');
const fips = 'info function-fips spec.source.gitRepository.url';

const gitSecrets: readonly Row[] = [
  ['basic with a Secret elsewhere', basic, []],
  ['basic with basic-auth', basic + typed('kubernetes.io/basic-auth', 'username', 'password'), []],
  ['basic with an Opaque Secret', basic + typed('Opaque', 'username', 'password'), []],
  ['basic without a password', basic + typed('Opaque', 'username'), [`medium function-git-auth ${secretPath}`]],
  ['basic with an SSH key', basic + typed('kubernetes.io/ssh-auth', 'ssh-privatekey'), [`medium function-git-auth ${secretPath}`]],
  ['key with ssh-auth', key + typed('kubernetes.io/ssh-auth', 'ssh-privatekey'), [fips]],
  ['key with an Opaque Secret', key + typed('Opaque', 'key'), [fips]],
  [
    'key with basic-auth',
    key + typed('kubernetes.io/basic-auth', 'username', 'password'),
    [fips, `medium function-git-auth ${secretPath}`],
  ],
  ['a Secret that is filled elsewhere', basic + typed('Opaque'), []],
];

const python = (text: string, dependencies?: string, ...members: string[]) =>
  exampleFunction({ runtime: 'python312', source: inline(text, dependencies), members });
const main = 'def main(event, context): return 1';
const pythonNotes = ['info function-runtime-schedule spec.runtime', 'info function-fips spec.runtime'];

const pythonRows: readonly Row[] = [
  ['a handler', python(main), pythonNotes],
  [
    'pinned requirements',
    python(main, '# web\nrequests==2.32.0 # pinned\n-r base.txt\nurllib3[socks] == 2.2.0; python_version > "3"'),
    pythonNotes,
  ],
  ['open requirements', python(main, 'requests>=2'), [...pythonNotes, 'low function-dependencies-range spec.source.inline.dependencies']],
  [
    'a requirement of any version',
    python(main, 'requests'),
    [...pythonNotes, 'low function-dependencies-range spec.source.inline.dependencies'],
  ],
  [
    'a reference to a variable of its runtime',
    python(`${main} # $(MOD_NAME)`),
    [`medium function-source-expansion ${path}`, ...pythonNotes],
  ],
  [
    'a Secret called local',
    python(main, undefined, 'secretMounts: [{ secretName: local, mountPath: /a }]'),
    ['high function-volume-name spec.secretMounts[0].secretName', ...pythonNotes],
  ],
  [
    'a mount over its source',
    python(main, undefined, 'secretMounts: [{ secretName: s, mountPath: /kubeless }]'),
    ['high function-mount-path spec.secretMounts[0].mountPath', ...pythonNotes],
  ],
];

const tables = { source, gitSources, gitSecrets, pythonRows };

describe.each(Object.entries(tables))('a Function, %s', (_, rows) => {
  test.each(rows)('%s', async (_title, yaml, expected) => {
    expect((await controllerLines(yaml)).sort()).toEqual([...expected].sort());
  });
});

test('what would be altered is quoted with its line and the way to write it', async () => {
  const results = await validateText(withSource(`${handler}\n// $$5\n// $(FUNC_NAME)`), { select: ['function-source-expansion'] });
  expect(results[0]?.message).toBe(
    'reaches the Pod altered: "$$" arrives as "$" in line 2, "$(FUNC_NAME)" arrives as the value of FUNC_NAME in line 3',
  );
  expect(results[0]?.fix).toContain('$$$$ for $$ and $$( for $(');
});

test('a password in an address is not repeated', async () => {
  const results = await validateText(git('https://ci:hunter2@git.example.com/x.git'));
  expect(JSON.stringify(results.map(({ message, fix, reason }) => [message, fix, reason]))).not.toContain('hunter2');
});

test('the content of a Secret is not repeated', async () => {
  const results = await validateText(`${basic}---\n${exampleSecret('git', 'token', 'hunter2')}`);
  expect(JSON.stringify(results)).not.toContain('hunter2');
});
