import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { createHash } from 'node:crypto';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import {
  createProgram,
  flattenDiagnosticMessageText,
  getPreEmitDiagnostics,
  ModuleKind,
  ModuleResolutionKind,
  transpileModule,
} from 'typescript';
import * as door from '../../src/index';
import { temporaryFolder } from '../support/temporary-folder';

const docs = readFileSync('docs/constructs.md', 'utf8');
const examples = [...docs.matchAll(/^## (\w+)\n[^]*?```ts\n([^]*?)```/gm)].map(([, name = '', code = '']) => [name, code] as const);

/** In the form of the file that is built. */
const verifier = { sha256: createHash('sha256').update('x').digest('hex'), gzip: Buffer.from('x').toString('base64') };

test('every construct has a section with an example', () => {
  const isConstruct = (value: unknown): boolean => typeof value === 'function' && value.prototype instanceof Construct;
  const constructs = Object.entries(door).flatMap(([name, value]) => (isConstruct(value) ? [name] : []));
  expect(examples.map(([name]) => name).sort()).toEqual(constructs.sort());
});

test.each(examples)('the example of %s runs', (_, code) => {
  const { outputText } = transpileModule(code, { compilerOptions: { module: ModuleKind.CommonJS } });
  const outdir = temporaryFolder();
  class App extends cdk8s.App {
    constructor() {
      super({ outdir });
    }
  }
  const modules: Readonly<Record<string, unknown>> = { cdk8s: { ...cdk8s, App }, 'kyma-guard': door, 'kyma-guard/verifier.json': verifier };
  const printed: unknown[] = [];
  runInNewContext(outputText, {
    exports: {},
    require: (name: string) => modules[name],
    console: { log: (text: unknown) => printed.push(text) },
  });
  expect(printed).not.toContain(undefined);
});

test('the examples are right to the compiler', () => {
  const sources = examples.map(([name, code]) => [`${name}.ts`, code]);
  const folder = temporaryFolder({ ...Object.fromEntries(sources), 'verifier.json': JSON.stringify(verifier) });
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  const files = examples.map(([name]) => join(folder, `${name}.ts`));
  const program = createProgram(files, {
    module: ModuleKind.NodeNext,
    moduleResolution: ModuleResolutionKind.NodeNext,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(process.cwd(), 'node_modules/@types')],
    resolveJsonModule: true,
    paths: {
      'kyma-guard': [join(process.cwd(), 'src/index.ts')],
      'kyma-guard/verifier.json': [join(folder, 'verifier.json')],
    },
  });
  const messages = files.flatMap((file) => getPreEmitDiagnostics(program, program.getSourceFile(file)));
  expect(messages.map(({ messageText }) => flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});
