import type { Explanation, ExplainedStep, IntendedRule } from '../request/explanation';
import type { MarkdownWriter } from './markdown';
import { oneLine } from './one-line';

/** What becomes of a request, and why, for a terminal. */
export function explanationText(explanation: Explanation): string {
  const { request, caller, steps, remarks = [] } = explanation;
  const blocks = [
    [`${request}, ${caller}`, `  ${verdictText(explanation)}`],
    [
      ...stepsHead(explanation),
      ...steps.map((step, index) => `  ${index + 1}. ${stepText(step)}`),
      ...remarks.map((text) => `     ${text}`),
    ],
    lastWords(explanation).map((text) => `  ${text}`),
  ];
  const lines = blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ['', ...block]));
  return `${lines.map((line) => (line === '' ? '' : `${/^ */.exec(line)?.[0] ?? ''}${oneLine(line)}`)).join('\n')}\n`;
}

/** What becomes of a request, and why, as Markdown. */
export function explanationMarkdown(explanation: Explanation, writer: MarkdownWriter): string {
  const { request, caller, steps, remarks = [] } = explanation;
  const paragraphs = [
    `### ${writer.code(request)}, ${writer.text(caller)}`,
    writer.text(verdictText(explanation)),
    ...stepsHead(explanation).map((text) => writer.text(text.trim())),
    steps.map((step, index) => `${index + 1}. ${writer.text(stepText(step))}`).join('\n'),
    ...[...remarks, ...lastWords(explanation)].map(writer.text),
  ];
  return `${paragraphs.filter((text) => text !== '').join('\n\n')}\n`;
}

/** Steps of a request that depends on what the controller refuses are none that it takes. */
function stepsHead({ verdict, missing, steps }: Explanation): string[] {
  const isHypothetical = verdict === 'unknown' && steps.length > 0 && / is refused \(/.test(missing ?? '');
  return isHypothetical ? ['  if the APIRule were accepted:'] : [];
}

/** What the author of a rule meant; nothing where even the host is not known, else what could be given. */
function lastWords({ intent, verdict, fix }: Explanation): string[] {
  return [...(intent || verdict !== 'unknown' ? [intentText(intent)] : []), ...(fix === undefined ? [] : [fix])];
}

function verdictText({ verdict, status, body, workload, admittedBy, missing }: Explanation): string {
  if (verdict === 'unknown') return missing ?? 'unknown';
  if (verdict === 'answer') return `answer: the gateway answers ${status ?? 200} itself`;
  if (verdict === 'allow')
    return `allow: reaches ${workload ?? 'the workload'}${admittedBy === undefined ? '' : `, admitted by ${admittedBy}`}`;
  return `deny: ${status ?? 403}${body === undefined ? '' : ` with body "${body}"`}`;
}

function stepText({ stage, text, rule }: ExplainedStep): string {
  return `${stage}: ${text}${rule === undefined ? '' : ` (${rule})`}`;
}

const accessTexts = { noAuth: 'anybody may call it', jwt: 'a token is needed', extAuth: 'an external authorizer decides' } as const;

function intentText(intent: IntendedRule | undefined): string {
  if (!intent) return 'No rule speaks about this request.';
  const kept = intent.isKept ? '' : ' This request gets in without what the rule asks for; kyma-guard validate says why.';
  return `${intent.rule} speaks about it with path ${intent.path}: ${accessTexts[intent.access]}.${kept}`;
}
