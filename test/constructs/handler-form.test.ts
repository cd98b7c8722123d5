import { execFileSync } from 'node:child_process';
import { handlerFormProblem } from '../../src/model/handler-form';
import { temporaryFolder } from '../support/temporary-folder';

interface Form {
  readonly source: string;
  readonly packageJson?: string;
  /** Whether Node.js finds the named export `main`; proven below by a real import. */
  readonly loads: boolean;
}

const forms: Readonly<Record<string, Form>> = {
  'object literal with a function': { source: 'module.exports = { main: function (e) { return 1; } };', loads: true },
  'object literal with an async arrow': { source: 'module.exports = { main: async (e) => 1 };', loads: true },
  'object literal with a method': { source: 'module.exports = { main(e) { return 1; } };', loads: true },
  'object literal with a shorthand': { source: 'const main = () => 1;\nmodule.exports = { main };', loads: true },
  'member of module.exports': { source: 'module.exports.main = () => 1;', loads: true },
  'member of exports': { source: 'exports.main = () => 1;', loads: true },
  'bundle with an annotation': {
    source: 'var api = { main: () => 1 };\nmodule.exports = api;\n0 && (module.exports = { main });',
    loads: true,
  },
  'ES module with a function': { source: 'export async function main() { return 1; }', loads: true },
  'ES module with a list': { source: 'const run = () => 1;\nexport { run as main };', packageJson: '{"type":"module"}', loads: true },
  'object literal with an async method': { source: 'module.exports = { async main(e) { return 1; } };', loads: false },
  'object literal with a call before main': { source: 'const f = () => 2;\nmodule.exports = { limit: f(), main: () => 1 };', loads: false },
  'object assigned by name': { source: 'const handler = { main: () => 1 };\nmodule.exports = handler;', loads: false },
  'bare function': { source: 'module.exports = function () { return 1; };', loads: false },
  'default export': { source: 'export default { main: () => 1 };', loads: false },
  'ES module with another name': { source: 'const main = () => 1;\nexport { main as run };', loads: false },
  'CommonJS declared as ES module': { source: 'module.exports = { main: () => 1 };', packageJson: '{"type":"module"}', loads: false },
  'ES module declared as CommonJS': { source: 'export const main = () => 1;', packageJson: '{"type":"commonjs"}', loads: false },
  'unbalanced braces': { source: 'module.exports = { main: () => { return 1; };', loads: false },
};

/** Runs in a process of its own: imports every folder as the runtime does and prints which ones have `main`. */
const importAll = `
  const found = process.argv.slice(1).map((file) => import(file).then((m) => typeof m.main === 'function', () => false));
  Promise.all(found).then((loads) => console.log(JSON.stringify(loads)));
`;

test('Node.js loads exactly the forms that the table says', () => {
  const entries = Object.values(forms).flatMap(({ source, packageJson }, i) => [
    [`${i}/handler.js`, source],
    [`${i}/package.json`, packageJson ?? '{}'],
  ]);
  const folder = temporaryFolder(Object.fromEntries(entries));
  const files = Object.keys(forms).map((_, i) => `${folder}/${i}/handler.js`);
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', importAll, ...files], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  expect(JSON.parse(output)).toEqual(Object.values(forms).map(({ loads }) => loads));
});

test.each(Object.entries(forms))('%s is judged as Node.js does', (_, { source, packageJson, loads }) => {
  expect(handlerFormProblem(source, packageJson) === undefined).toBe(loads);
});
