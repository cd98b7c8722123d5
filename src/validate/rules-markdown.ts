import { shownExample } from './describe-rule';
import type { RuleFacts } from './rule';
import { severityRange, severityWords } from './severity-range';

/** Makes texts harmless in Markdown; whoever knows about formats hands it over. */
export interface MarkdownTexts {
  readonly text: (text: string) => string;
  readonly fence: (text: string) => string;
}

/** One rule in Markdown. */
export function ruleMarkdown(rule: RuleFacts, { text, fence }: MarkdownTexts): string {
  const { id, layer, title, why, fix, refs, bad, good, earlier } = rule;
  const examples = [...(earlier === undefined ? [] : [['Before', earlier]]), ['Bad', bad], ['Good', good]];
  return `## ${id}

${text(title)}. Layer \`${layer}\`, severity ${text(severityWords(rule))}.

- **Why:** ${text(why)}
- **Fix:** ${text(fix)}
- **See:** ${refs.map(text).join('; ')}
${examples.map(([name = '', example = '']) => `\n${name}:\n\n${fence(shownExample(example))}\n`).join('')}`;
}

/** Every rule as a row of a table. */
export function listMarkdown(rules: readonly RuleFacts[], { text }: MarkdownTexts): string {
  const rows = rules.map((rule) => `| \`${rule.id}\` | ${severityRange(rule)} | ${rule.layer} | ${text(rule.title)} |\n`);
  return `| Id | Severity | Layer | What should hold |\n| --- | --- | --- | --- |\n${rows.join('')}`;
}
