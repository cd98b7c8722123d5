/**
 * What to write in an APIRule v2 for a path that its schema refuses, most often a regular expression of v1beta1; as the end of a message.
 *
 * @returns undefined when no form says nearly the same
 * @see Kyma, "Migrating APIRule v1beta1 to v2"
 */
export function suggestPath(path: string): string | undefined {
  if (path === '') return 'write / for the root or /* for every path';
  if (path.includes('?') && path.includes('=')) return 'leave the query out: a rule cannot look at it';
  const choices = path.split('|').map(convert);
  const found = choices.flatMap((choice) => choice ?? []);
  if (choices.some((choice) => choice === undefined)) return undefined;
  return found.length === 1 ? `write ${found.join('')}` : `write ${[...new Set(found)].join(' and ')}, each as a rule of its own`;
}

/** The paths of v2 that stand for one expression. */
function convert(path: string): readonly string[] | undefined {
  if (/^\/?(?:\*\*?|\.\*|\(\.\*\)|\?\(\.\*\))$/.test(path)) return ['/*'];
  const tail = /^(\/[\w/-]*[\w-])(?:\/?\(\/?\.\*\)\??|\.\*|\*|\/\?)$/.exec(path)?.[1];
  if (tail !== undefined) return [tail, `${tail}/{**}`];
  const converted = path
    .replaceAll(/\[\^\/\][+*]/g, '{*}')
    .split('/')
    .map(segment)
    .join('/');
  const rooted = converted.startsWith('/') ? converted : `/${converted}`;
  return isRulePath(rooted) ? [rooted] : undefined;
}

/** A segment of a regular expression, or of a template with names, as v2 writes it. */
function segment(text: string, index: number, all: readonly string[]): string {
  if (text === '.*' || text === '**' || text === '(.*)') return '{**}';
  if (text === '*') return index === all.length - 1 ? '{**}' : '{*}';
  if (/^(?:\.\+|\{[\w-]*\}|\(?\\[wd]\+\)?|\[[\w-]+\]\+)$/.test(text)) return '{*}';
  return text.replaceAll('\\.', '.').replaceAll('\\-', '-');
}

function isRulePath(path: string): boolean {
  return path.split('/').every((part) => /^(?:[A-Za-z0-9._~-]*|\{\*{1,2}\})$/.test(part));
}
