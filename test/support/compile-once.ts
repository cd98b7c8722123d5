import vm, { Script, type Context } from 'node:vm';

/** Names that modules look up often and that no test replaces; those of the clock are not among them. */
const globals = [
  ...[
    'Object',
    'Array',
    'Map',
    'Set',
    'WeakMap',
    'WeakSet',
    'Math',
    'Number',
    'String',
    'Boolean',
    'BigInt',
    'RegExp',
    'Promise',
    'Symbol',
  ],
  ...['Function', 'Reflect', 'Proxy', 'JSON', 'Error', 'TypeError', 'RangeError', 'SyntaxError', 'Infinity', 'NaN'],
  ...['Uint8Array', 'ArrayBuffer', 'DataView', 'Buffer', 'TextEncoder', 'TextDecoder', 'URL', 'URLSearchParams', 'AbortController'],
  ...['parseInt', 'parseFloat', 'isNaN', 'isFinite', 'encodeURIComponent', 'decodeURIComponent', 'process'],
];

const all = new Script(`[${globals.join()}]`);

type Outer = (...values: unknown[]) => ReturnType<typeof vm.compileFunction>;
interface Compiled {
  readonly source: string;
  readonly script: Script;
}

/** Modules of this worker by file. */
const known = new Map<string, Compiled>();
const valuesOf = new WeakMap<Context, unknown[]>();
const compileFunction = vm.compileFunction;

/**
 * Jest compiles each module anew for every test file that loads it, and in a module each look at a global name goes through its sandbox, a
 * hundred times slower than a variable. Here a worker compiles a module once, with the names as variables around it.
 */
export function compileOnce(): void {
  vm.compileFunction = (source, parameters = [], options = {}) => {
    const { filename, parsingContext } = options;
    // The loader of a dynamic import belongs to one test file.
    if (filename === undefined || parsingContext === undefined || source.includes('import('))
      return compileFunction(source, parameters, options);
    const before = known.get(filename);
    const script = before?.source === source ? before.script : scriptOf(source, parameters, filename);
    known.set(filename, { source, script });
    const outer = script.runInContext(parsingContext) as Outer;
    return outer(...globalsOf(parsingContext));
  };
}

function scriptOf(source: string, parameters: readonly string[], filename: string): Script {
  const head = `(function(${globals.join()}){return (function(${parameters.join()}){`;
  return new Script(`${head}${source}\n})})`, { filename, columnOffset: -head.length });
}

function globalsOf(context: Context): unknown[] {
  const values = valuesOf.get(context) ?? (all.runInContext(context) as unknown[]);
  valuesOf.set(context, values);
  return values;
}
