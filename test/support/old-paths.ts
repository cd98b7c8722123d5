/** Request paths around an old path expression: what it takes, and what stands beside that. */
export function pathsAround(expression: string): string[] {
  const branches = expression.split('|').map((branch) =>
    branch
      .replace(/\\(.)/g, '$1')
      .replace(/\[\^\/\][+*]|\(?\/?\.\*\)?\??|\/\*$/g, '*')
      .replace(/\[(\w)[^\]]*\][+*]?/g, '$1')
      .replace(/[()?+^$]/g, ''),
  );
  const filled = branches.flatMap((branch) => ['', '/', 'x', '/x', '/x/y'].map((text) => branch.replaceAll('*', text)));
  return [...new Set([...filled, '/', '/x', '/x/y'])].filter((path) => /^\/[\w./-]*$/.test(path));
}
