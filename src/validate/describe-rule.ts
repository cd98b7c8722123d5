import type { RuleFacts } from './rule';

/** Longest line of an example that is shown; one example is a text that is too long on purpose. */
const longestLine = 400;

/** One rule for people: what `--explain` prints. */
export function describeRule({ id, severity, layer, title, why, fix, refs, bad, good, earlier }: RuleFacts): string {
  const examples = [...(earlier === undefined ? [] : [['Before', earlier]]), ['Bad', bad], ['Good', good]];
  return `${id} (${severity}, ${layer})
${title}.

Why: ${why}
Fix: ${fix}
See: ${refs.join('; ')}
${examples.map(([name = '', text = '']) => `\n${name}:\n${indented(shownExample(text))}\n`).join('')}`;
}

/** An example as people read it. */
export function shownExample(text: string): string {
  const short = (line: string): string => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line);
  return text.trimEnd().split('\n').map(short).join('\n');
}

/** Every rule on a line of its own: what `--list` prints. */
export function listRules(rules: readonly RuleFacts[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules
    .map(({ id, severity, layer, title }) => `${id.padEnd(width)}  ${severity.padEnd(8)}  ${layer.padEnd(10)}  ${title}\n`)
    .join('');
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
}
