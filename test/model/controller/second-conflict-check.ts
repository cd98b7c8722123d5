type Tokens = readonly string[];

/**
 * The controller's check for conflicts once more, written apart from the one in `src`: no tree, but lists of token lists that are walked
 * together. Gives the index of the first path that is refused, -1 when all are taken.
 */
export function conflictIndex(paths: readonly string[]): number {
  return firstConflict([], paths.map(tokensOf));
}

function tokensOf(path: string): Tokens {
  const [, rest = ''] = /^\/*(.*)$/.exec(path === '/*' ? '{**}' : path) ?? [];
  return rest.split('/');
}

function firstConflict(stored: readonly Tokens[], [next, ...others]: readonly Tokens[], index = 0): number {
  if (!next) return -1;
  return collides(stored, next) ? index : firstConflict([...stored, next], others, index + 1);
}

/** `rests`: what is left of the stored paths that begin with the tokens walked so far, in the order in which they were stored. */
function collides(rests: readonly Tokens[], tokens: Tokens): boolean {
  const [token, ...more] = tokens;
  // Whether a path ends here is settled by the first one that came this far.
  if (token === undefined) return rests[0]?.length === 0;
  const below = (name: string) => rests.filter(([first]) => first === name).map(([, ...rest]) => rest);
  return [token, '{*}'].some((name) => collides(below(name), more)) || below('{**}').some((end) => endsWith(tokens, end));
}

function endsWith(tokens: Tokens, end: Tokens): boolean {
  const tail = tokens.slice(Math.max(0, tokens.length - end.length));
  return tail.length === end.length && tail.every((token, index) => token === end[index]);
}
