import type { RuleFacts } from './rule';
import { severityRange, severityWords } from './severity-range';

/** Longest line of an example that is shown; one example is a text that is too long on purpose. */
const longestLine = 400;

/** One rule for people: what `--explain` prints. */
export function describeRule(rule: RuleFacts): string {
  const { id, layer, title, why, fix, refs, bad, good, earlier } = rule;
  const examples = [...(earlier === undefined ? [] : [['Before', earlier]]), ['Bad', bad], ['Good', good]];
  return `${id} (${severityRange(rule)}, ${layer})
${title}.

Severity: ${severityWords(rule)}
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
    .map((rule) => `${rule.id.padEnd(width)}  ${severityRange(rule).padEnd(16)}  ${rule.layer.padEnd(10)}  ${rule.title}\n`)
    .join('');
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
}
