import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { BuildFailure, Loader, Plugin } from 'esbuild';
import { secretIn } from '../config/find-secrets';
import { insideFolder } from '../config/inside-folder';
import type { Files } from '../files/files';
import { handlerFormFix, handlerFormProblem } from '../model/handler-form';
import { isJsonObject, type JsonObject } from '../model/json';

/** A Function's folder as text that fits into its manifest. */
export interface BundledSource {
  readonly handler: string;
  /** Text of the package.json or requirements.txt that Pods install. @default - none */
  readonly dependencies?: string;
}

/** Where a folder of source stands. */
export interface SourceFolder {
  readonly files: Files;
  /** Folder of the configuration; nothing outside of it is read. */
  readonly root: string;
  /** Folder of the handler, relative to `root`. */
  readonly folder: string;
  readonly runtime: string;
}

/** Why a folder cannot be bundled. Sentences without place. */
export class BundleError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '));
  }
}

/**
 * Puts a handler and what it requires by relative path (code and JSON) into one file. The result exports `main` in the one way that the runtime
 * surely finds. Packages stay outside and must be dependencies of its package.json.
 * @throws {BundleError} when it cannot be done
 */
export async function bundleFunction(source: SourceFolder): Promise<BundledSource> {
  const read = new Map<string, string>();
  const bundled = await bundleFolder({ ...source, files: remembering(source.files, read) });
  const problems = [...read].flatMap(([path, text]) => secretProblems(posix.relative(source.root, path), text));
  if (problems.length > 0) throw new BundleError(problems);
  return bundled;
}

/** Everything that is read can end up in the manifest, data files and dependencies included. */
function remembering(files: Files, texts: Map<string, string>): Files {
  const readText: Files['readText'] = async (path, maxBytes) => {
    const text = await files.readText(path, maxBytes);
    texts.set(path, text);
    return text;
  };
  return { ...files, readText };
}

function secretProblems(file: string, text: string): string[] {
  const found = secretIn(text);
  if (!found) return [];
  const before = text.slice(0, found.offset).split('\n');
  const place = `${file}:${before.length}:${(before.at(-1) ?? '').length + 1}`;
  return [
    `${place} holds ${found.what}, and would put it into a manifest; take it from a Secret: env: { NAME: { secret: { name, key } } }`,
  ];
}

async function bundleFolder(source: SourceFolder): Promise<BundledSource> {
  if (source.runtime.startsWith('python')) return pythonSource(source);
  const handlers = await present(source, ['handler.js', 'handler.mjs', 'handler.cjs', 'handler.ts']);
  const [handler, second] = handlers;
  if (handler === undefined) throw new BundleError(['holds no handler.js']);
  if (second !== undefined) throw new BundleError([`holds ${handler} and ${second}; keep one`]);
  // What CommonJS exports shows only when it runs, which synth never does; without the word it cannot be there.
  if (!/\bmain\b/.test(await read(source, handler))) throw new BundleError([`exports no function main in ${handler}; ${handlerFormFix}`]);
  const dependencies = await packageDependencies(source);
  const text = await bundle(handler, source, new Set(Object.keys(dependencies)));
  if (Object.keys(dependencies).length === 0) return { handler: text };
  return { handler: text, dependencies: `${JSON.stringify({ dependencies }, null, 2)}\n` };
}

async function pythonSource(source: SourceFolder): Promise<BundledSource> {
  const [handler, second] = (await source.files.list(posix.join(source.root, source.folder))).filter(({ name }) => name.endsWith('.py'));
  if (handler?.name !== 'handler.py' || second)
    throw new BundleError(['must hold handler.py and no other .py file; inline source is a single file']);
  const [requirements] = await present(source, ['requirements.txt']);
  const text = await source.files.readText(handler.path);
  if (!/\bmain\b/.test(text)) throw new BundleError(['defines no function main in handler.py; write def main(event, context):']);
  return { handler: text, ...(requirements !== undefined && { dependencies: await read(source, requirements) }) };
}

async function present(source: SourceFolder, names: readonly string[]): Promise<string[]> {
  const inside = await Promise.all(names.map((name) => insideFolder(source.files, source.root, posix.join(source.folder, name))));
  return names.filter((_, index) => {
    const found = inside[index];
    return found && 'kind' in found && found.kind === 'file';
  });
}

function read({ files, root, folder }: SourceFolder, name: string): Promise<string> {
  return files.readText(posix.join(root, folder, name));
}

async function packageDependencies(source: SourceFolder): Promise<JsonObject> {
  if ((await present(source, ['package.json'])).length === 0) return {};
  let manifest: unknown;
  try {
    manifest = JSON.parse(await read(source, 'package.json'));
  } catch {
    throw new BundleError(['has a package.json that is no JSON']);
  }
  const dependencies = isJsonObject(manifest) ? manifest['dependencies'] : undefined;
  return isJsonObject(dependencies) ? dependencies : {};
}

/** A module that only exists while bundling: it exports `main` of the handler by name. */
const entry = 'function';

const buildOptions = {
  bundle: true,
  write: false,
  metafile: true,
  format: 'cjs',
  platform: 'node',
  charset: 'utf8',
  logLevel: 'silent',
  legalComments: 'inline',
} as const;

async function bundle(handler: string, source: SourceFolder, packages: ReadonlySet<string>): Promise<string> {
  // Heavy, and needed only where a Function has inline source.
  const { build } = await import('esbuild');
  try {
    const { outputFiles, metafile } = await build({
      ...buildOptions,
      entryPoints: [entry],
      target: `node${source.runtime.replace(/\D/g, '')}`,
      plugins: [sourcePlugin(source, handler, packages)],
    });
    const parts = Object.keys(metafile.inputs).filter((name) => name.startsWith('source:'));
    const original = parts.length === 1 ? await asWritten(source, handler) : undefined;
    return original ?? outputFiles[0]?.text ?? '';
  } catch (error) {
    throw isBuildFailure(error) ? new BundleError(error.errors.map(describe)) : error;
  }
}

/** A handler that needs nothing else and whose `main` the runtime can see stays as its author wrote it. */
async function asWritten(source: SourceFolder, handler: string): Promise<string | undefined> {
  const text = await read(source, handler);
  const isCommonJs = handler.endsWith('js') && !handler.endsWith('.mjs') && !/^\s*(import|export)\b/m.test(text);
  return isCommonJs && handlerFormProblem(text) === undefined ? text : undefined;
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

function describe({ text, location }: BuildFailure['errors'][number]): string {
  return location === null || location.file === entry
    ? text
    : `${location.file.replace(/^(source|entry):/, '')}:${location.line}:${location.column + 1} ${text}`;
}

const loaders: Readonly<Record<string, Loader>> = { '.js': 'js', '.mjs': 'js', '.cjs': 'js', '.ts': 'ts', '.json': 'json', '.txt': 'text' };
const endings = ['', '.js', '.json', '.ts', '.mjs', '.cjs', '/index.js'];

/** Finds modules through `Files` and below the root only, under names that do not depend on the machine. */
function sourcePlugin(source: SourceFolder, handler: string, packages: ReadonlySet<string>): Plugin {
  return {
    name: 'source',
    setup(build) {
      build.onResolve({ filter: /.*/ }, async ({ path, importer, kind }) => {
        if (kind === 'entry-point') return { path, namespace: 'entry' };
        if (path.startsWith('.')) return resolveRelative(source, posix.join(posix.dirname(importer), path));
        if (isBuiltin(path) || packages.has(packageName(path))) return { path, external: true };
        return { errors: [{ text: `requires ${path}, which is neither part of Node.js nor a dependency in package.json` }] };
      });
      build.onLoad({ filter: /.*/, namespace: 'entry' }, () => ({ contents: `export { main } from './${handler}';\n` }));
      build.onLoad({ filter: /.*/, namespace: 'source' }, async ({ path }) => {
        const loader = loaders[posix.extname(path)];
        if (!loader) return { errors: [{ text: `${path} is of a kind that cannot be put into one file; use .js, .ts, .json or .txt` }] };
        return { contents: await read(source, path), loader, resolveDir: '.' };
      });
    },
  };
}

function packageName(path: string): string {
  return path.split('/', path.startsWith('@') ? 2 : 1).join('/');
}

async function resolveRelative(
  source: SourceFolder,
  path: string,
): Promise<{ path: string; namespace: string } | { errors: { text: string }[] }> {
  const below = posix.join(source.folder, path);
  if (below === '..' || below.startsWith('../'))
    return { errors: [{ text: `requires ${path}, which is outside of the folder of the configuration` }] };
  for (const ending of endings) {
    const found = await insideFolder(source.files, source.root, `${below}${ending}`);
    if ('kind' in found && found.kind === 'file') return { path: `${path}${ending}`, namespace: 'source' };
    if ('problem' in found && found.problem.includes('symbolic link'))
      return { errors: [{ text: `requires ${path}, which ${found.problem}` }] };
  }
  return { errors: [{ text: `requires ${path}, but there is no such file` }] };
}
