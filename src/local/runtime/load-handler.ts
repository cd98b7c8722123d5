import { pathToFileURL } from 'node:url';

/** The user's code, as the runtime calls it. */
export type Handler = (event: unknown, context: unknown, sendResponse: unknown) => unknown;

/** Loads the named export `main` of a handler file the way Kyma does, by dynamic import. A failure is told, not thrown. */
export async function loadHandler(path: string): Promise<Handler | { readonly reason: string }> {
  try {
    const loaded = new Map(Object.entries((await import(pathToFileURL(path).href)) as Record<string, unknown>));
    const main = loaded.get('main');
    if (typeof main === 'function') return main as Handler;
    return { reason: withoutMain([...loaded.keys()]) };
  } catch (error) {
    return { reason: error instanceof Error ? firstLines(error) : String(error) };
  }
}

function withoutMain(names: readonly string[]): string {
  const found = names.length === 0 ? 'none' : names.join(', ');
  return `no named export "main" (found: ${found}); write module.exports = { main: function (event, context) { ... } } or export function main`;
}

function firstLines(error: Error): string {
  return (error.stack ?? error.message).split('\n').slice(0, 6).join('\n');
}
