import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { diskFiles } from '../../src/files/files';
import { handlerFormProblem } from '../../src/model/handler-form';
import { bundleFunction, type BundledSource } from '../../src/synth/bundle-function';
import { temporaryFolder } from '../support/temporary-folder';

function bundle(files: Readonly<Record<string, string>>, runtime = 'nodejs22', folder = 'fn'): Promise<BundledSource> {
  return bundleFunction({ files: diskFiles, root: temporaryFolder(files), folder, runtime });
}

/** Loads a handler as CommonJS and calls it. */
function call(source: string): unknown {
  const module = { exports: {} as { main?: (event: unknown) => unknown } };
  runInNewContext(source, {
    module,
    exports: module.exports,
    require: (name: string) => (name === 'node:path' ? { sep: '/' } : undefined),
  });
  return module.exports.main?.({});
}

test.each([
  [
    'a data file',
    { 'fn/handler.js': "module.exports = { main: () => require('./places.json')[0] };", 'fn/places.json': '["Tokyo"]' },
    'Tokyo',
  ],
  [
    'another module',
    {
      'fn/handler.js': "const { a } = require('./lib/a');\nmodule.exports = { main: () => a };",
      'fn/lib/a.js': "exports.a = require('../b').b;",
      'fn/b.js': 'exports.b = 2;',
    },
    2,
  ],
  [
    'a module of another Function',
    { 'fn/handler.js': "module.exports = { main: () => require('../shared/c') };", 'shared/c.js': 'module.exports = 3;' },
    3,
  ],
  ['modules of Node.js', { 'fn/handler.js': "module.exports = { main: () => require('node:path').sep };" }, '/'],
  ['ES modules', { 'fn/handler.mjs': "import { d } from './d.mjs';\nexport const main = () => d;", 'fn/d.mjs': 'export const d = 4;' }, 4],
  ['TypeScript', { 'fn/handler.ts': 'export function main(): number { return 5; }' }, 5],
  ['exports in a form that the runtime cannot see', { 'fn/handler.js': 'const h = { main: () => 6 };\nmodule.exports = h;' }, 6],
])('a handler with %s becomes one file whose main the runtime finds', async (_, files, expected) => {
  const { handler } = await bundle(files);
  expect(handlerFormProblem(handler)).toBeUndefined();
  expect(call(handler)).toBe(expected);
});

test('a handler that stands alone stays as it was written', async () => {
  const text = '// what it does\nmodule.exports = { main: function () { return 1; } };\n';
  expect(await bundle({ 'fn/handler.js': text })).toEqual({ handler: text });
});

test('dependencies come from package.json, and only they', async () => {
  const packageJson = JSON.stringify({ name: 'fn', type: 'module', dependencies: { qs: '6.14.0' }, devDependencies: { jest: '30.0.0' } });
  const { dependencies } = await bundle({
    'fn/handler.js': "const qs = require('qs');\nmodule.exports = { main: () => qs };",
    'fn/package.json': packageJson,
  });
  expect(JSON.parse(dependencies ?? '')).toEqual({ dependencies: { qs: '6.14.0' } });
});

test('the bytes do not depend on where the folder is', async () => {
  const files = { 'fn/handler.js': "module.exports = { main: () => require('./a.json') };", 'fn/a.json': '{"b":[1]}' };
  expect(await bundle(files)).toEqual(await bundle(files));
});

test.each([
  ['no handler', { 'fn/readme.txt': '' }, 'holds no handler.js'],
  ['two handlers', { 'fn/handler.js': 'main', 'fn/handler.ts': 'main' }, 'keep one'],
  [
    'a package that is not declared',
    { 'fn/handler.js': "module.exports = { main: () => require('left-pad') };" },
    'requires left-pad, which is neither part of Node.js nor a dependency',
  ],
  ['a file that does not exist', { 'fn/handler.js': "module.exports = { main: () => require('./b') };" }, 'there is no such file'],
  [
    'a file outside of the configuration',
    { 'fn/handler.js': "module.exports = { main: () => require('../../b') };" },
    'outside of the folder of the configuration',
  ],
  ['an absolute path', { 'fn/handler.js': "module.exports = { main: () => require('/etc/passwd') };" }, 'requires /etc/passwd'],
  [
    'a file of a strange kind',
    { 'fn/handler.js': "module.exports = { main: () => require('./b.node') };", 'fn/b.node': '' },
    'cannot be put into one file',
  ],
  ['broken code', { 'fn/handler.js': 'module.exports = {\n  main: ( => 1 };' }, 'handler.js:2:'],
  ['an ES module without main', { 'fn/handler.mjs': 'export const handler = 1;' }, 'main'],
  [
    'a CommonJS module without main',
    { 'fn/handler.js': 'module.exports = { handler: 1 };' },
    'exports no function main in handler.js; write module.exports = { main: function (event, context)',
  ],
  ['a broken package.json', { 'fn/handler.js': 'exports.main = () => 1;', 'fn/package.json': '{' }, 'package.json that is no JSON'],
])('%s is refused', async (_, files, message) => {
  await expect(bundle(files)).rejects.toThrow(message);
});

test('a symbolic link that leads out is not followed', async () => {
  const root = temporaryFolder({ 'fn/handler.js': "module.exports = { main: () => require('./out.json') };" });
  symlinkSync('/etc/hostname', join(root, 'fn/out.json'));
  await expect(bundleFunction({ files: diskFiles, root, folder: 'fn', runtime: 'nodejs22' })).rejects.toThrow('symbolic link');
});

test('a Python function is one file with its requirements', async () => {
  const files = { 'fn/handler.py': 'def main(event, context):\n  return "ok"\n', 'fn/requirements.txt': 'requests==2.32.0\n' };
  expect(await bundle(files, 'python312')).toEqual({ handler: files['fn/handler.py'], dependencies: files['fn/requirements.txt'] });
  await expect(bundle({ ...files, 'fn/other.py': '' }, 'python312')).rejects.toThrow('no other .py file');
});
