import { UsageError } from '../../model/errors';
import { neutralizeForMarkdown, neutralizeForMarkdownFence } from '../../report/neutralize';
import { describeRule, listRules } from '../../validate/describe-rule';
import type { RuleFacts } from '../../validate/rule';
import { listMarkdown, ruleMarkdown } from '../../validate/rules-markdown';
import { ruleReference } from '../../validate/rules-of-run';
import { checkSelection, isSelected, unknownRule } from '../../validate/select-rules';
import { severitiesOfRule } from '../../validate/severity-range';
import type { Call, CommandOutput } from '../command';
import { describeOther } from './describe-other';

const markdown = { text: neutralizeForMarkdown, fence: neutralizeForMarkdownFence };

/**
 * Answers questions about rules, which need no manifest; nothing when none was asked.
 * @throws {UsageError} ERR_USAGE when there is no such rule, or a path or a format for findings is given
 */
export async function aboutRules({ args, options }: Call): Promise<CommandOutput | undefined> {
  const id = options.text('explain');
  if (id === undefined && !options.flag('list')) return undefined;
  const name = id === undefined ? '--list' : '--explain';
  if (args.length > 0) throw new UsageError(`${name} takes no path`);
  const format = options.text('format') ?? 'text';
  const isReport = !['text', 'json', 'markdown'].includes(format) || options.list('report').length > 0;
  if (isReport) throw new UsageError(`${name} makes no report of findings`, 'Give it as text, json or markdown: --format FORMAT.');
  return id === undefined ? listed(options) : explained(id);
}

function listed(options: Call['options']): CommandOutput {
  const selection = { select: options.list('select'), ignore: options.list('ignore') };
  checkSelection(ruleReference(), selection);
  const rules = ruleReference().filter((rule) => isSelected(rule, selection));
  if (rules.length === 0) throw new UsageError('no rule is left to list', '--ignore goes before --select.');
  return printed(rules, listRules(rules), listMarkdown(rules, markdown));
}

async function explained(id: string): Promise<CommandOutput> {
  const rules = ruleReference();
  const rule = rules.find((candidate) => candidate.id === id);
  const other = rule ? undefined : await describeOther(id);
  if (other !== undefined)
    return {
      results: [],
      stdout: other.text,
      page: `${neutralizeForMarkdownFence(other.text.trimEnd())}\n`,
      data: { rules: [other.data] },
    };
  if (!rule)
    throw unknownRule(
      id,
      rules.map((candidate) => candidate.id),
    );
  return printed([rule], describeRule(rule), ruleMarkdown(rule, markdown));
}

function printed(rules: readonly RuleFacts[], stdout: string, page: string): CommandOutput {
  const data = rules.map((rule) => {
    const { id, layer, severity, title, why, fix, refs, bad, good } = rule;
    return { id, layer, severity, severities: severitiesOfRule(rule), title, why, fix, refs: [...refs], bad, good };
  });
  return { results: [], stdout, page, data: { rules: data } };
}
