import { parse } from 'cjs-module-lexer';
import { isJsonObject } from './json';

/** What an author writes instead. */
export const handlerFormFix = 'write module.exports = { main: function (event, context) { … } } or exports.main = …';

/**
 * Says why the Node.js runtime would answer `User function not loaded` for a handler, or nothing when its export `main` can be seen.
 * The runtime imports the handler as a module and takes the named export `main`. For CommonJS text Node.js finds names by reading the text,
 * not by running it, so some spellings of a working `module.exports` stay invisible. What a handler takes over from another module is not judged.
 *
 * @param packageJson text of the package.json beside the handler; without it Node.js tells the module kind from the syntax
 * @see https://nodejs.org/api/esm.html#commonjs-namespaces
 */
export function handlerFormProblem(source: string, packageJson?: string): string | undefined {
  const kind = moduleType(packageJson);
  const lexed = lex(source);
  if (lexed === 'esm') return esmProblem(source, kind);
  if (typeof lexed === 'string') return `is no JavaScript that Node.js can load: ${lexed}`;
  if (kind === 'module') return 'is CommonJS text, but package.json says "type": "module"';
  return lexed.names.includes('main') || lexed.isOpen ? undefined : 'exports no function main that Node.js can see';
}

/** Names that Node.js sees in CommonJS text; open when those of another module come on top. */
interface Exported {
  readonly names: readonly string[];
  readonly isOpen: boolean;
}

function lex(source: string): Exported | string {
  try {
    const { exports: names, reexports } = parse(source);
    return { names, isOpen: reexports.length > 0 };
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    if ('code' in error && error.code === 'ERR_LEXER_ESM_SYNTAX') return 'esm';
    return error.message.split('\n', 1)[0] ?? '';
  }
}

const esmMain = /\bexport\s+(?:async\s+)?(?:function\s*\*?|const|let|var|class)\s+main\b/;
const esmStar = /\bexport\s*\*\s*from\b/;
const esmLists = /\bexport\s*\{([^{}]*)\}/g;

function esmProblem(source: string, kind: string | undefined): string | undefined {
  if (kind === 'commonjs') return 'is an ES module, but package.json says "type": "commonjs"';
  const named = [...source.matchAll(esmLists)].flatMap((match) => (match[1] ?? '').split(',').map(exportedName));
  return esmMain.test(source) || named.includes('main') || esmStar.test(source)
    ? undefined
    : 'is an ES module without the named export main';
}

function exportedName(entry: string): string {
  return entry.trim().split(/\s+/).at(-1) ?? '';
}

function moduleType(packageJson: string | undefined): string | undefined {
  try {
    const parsed: unknown = JSON.parse(packageJson ?? '{}');
    return isJsonObject(parsed) && typeof parsed['type'] === 'string' ? parsed['type'] : undefined;
  } catch {
    return undefined;
  }
}
