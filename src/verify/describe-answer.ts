import type { FailureReason } from '../http/answer';
import type { Facts, NoAnswer } from './answer-facts';

/** An answer in a few words: status, type and length; of a refusal to strangers also its text. */
export function describeAnswer(facts: Facts): string {
  if (facts.kind === 'failure') return `no answer: ${describeFailure(facts)}`.replace(/^no answer: (?=no answer)/, '');
  const { status, mediaType, length, refusalText, location } = facts;
  const text = refusalText === '' ? '' : ` ${JSON.stringify(refusalText)}`;
  return `${status}${mediaType === '' ? '' : ` ${mediaType}`}, ${length} bytes${location === undefined ? '' : `, to ${location}`}${text}`;
}

/** Why there is no answer, with the code of the network stack if there is one. */
export function describeFailure({ reason, message }: NoAnswer): string {
  return message ?? reason;
}

const targetHint = '--target HOST=URL says where the host really is.';

const failureFixes: Readonly<Partial<Record<FailureReason, string>>> = {
  dns: `Check the host name; ${targetHint}`,
  refused: `Check that something listens at this address and port; ${targetHint}`,
  timeout: `Check network and firewall, or give more time with --timeout; ${targetHint}`,
  tls: 'Check the certificate of the target: it must be for the host of the route, wherever --target leads. --ca FILE names the authorities to trust.',
};

/** What to do about an answer that is none, or that the workload failed to give; undefined for any other. */
export function troubleFix(facts: Facts): string | undefined {
  if (facts.kind === 'failure') return failureFixes[facts.reason] ?? `Check the address of the target; ${targetHint}`;
  if (facts.status === 429) return 'The target throttles: ask more slowly with --rate, or later.';
  return facts.status >= 500 ? 'Look at the workload: it runs into an error, or does not run at all; its log says why.' : undefined;
}
