import type { RuleFacts } from './rule';

/** One rule for people: what `--explain` prints. */
export function describeRule({ id, severity, layer, title, why, fix, refs, bad, good }: RuleFacts): string {
  return `${id} (${severity}, ${layer})
${title}.

Why: ${why}
Fix: ${fix}
See: ${refs.join('; ')}

Bad:
${indented(bad)}

Good:
${indented(good)}
`;
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
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
}
