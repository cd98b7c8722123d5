import { answerText, type ExplainOutcome } from '../../src/explain/explain';

/** The answer as a terminal shows it. */
export function explainText({ answer }: ExplainOutcome): string {
  return answerText(answer);
}
