import type { Explanation, ExplainedStep, IntendedRule } from '../request/explanation';
import type { MarkdownWriter } from './markdown';
import { oneLine } from './one-line';

/** What becomes of a request, and why, for a terminal. */
export function explanationText(explanation: Explanation): string {
  const { request, caller, steps, intent } = explanation;
  const lines = [
    `${request}, ${caller}`,
    `  ${verdictText(explanation)}`,
    '',
    ...steps.map((step, index) => `  ${index + 1}. ${stepText(step)}`),
    '',
    `  ${intentText(intent)}`,
  ];
  return `${lines.map((line) => (line === '' ? '' : `${/^ */.exec(line)?.[0] ?? ''}${oneLine(line)}`)).join('\n')}\n`;
}

/** What becomes of a request, and why, as Markdown. */
export function explanationMarkdown(explanation: Explanation, writer: MarkdownWriter): string {
  const { request, caller, steps, intent } = explanation;
  const items = steps.map((step, index) => `${index + 1}. ${writer.text(stepText(step))}\n`).join('');
  return `### ${writer.text(`${request}, ${caller}`)}\n\n${writer.text(verdictText(explanation))}\n\n${items}\n${writer.text(intentText(intent))}\n`;
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
