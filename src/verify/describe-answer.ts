import type { FailureReason } from '../http/answer';
import type { Facts, NoAnswer } from './answer-facts';
import { nothingMore, targetStoppedId } from './stopped-hosts';

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

const authorityFix =
  'No authority that is trusted here signed the certificate: name yours with --ca FILE, or have the target send the whole chain.';
const selfSignedFix =
  'The certificate is signed by itself or by an authority that is not trusted here: name it with --ca FILE if it is yours.';

/** What the network stack calls a certificate that it does not take. @see the Node.js documentation of TLS, "X509 certificate error codes" */
const certificateFixes: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'The certificate of the target, or one above it, has ended: renew it there.',
  CERT_NOT_YET_VALID:
    'The certificate of the target is not valid yet: check when it begins, and the clocks of this machine and of its issuer.',
  CERT_REVOKED: 'The certificate of the target was revoked: put another one there.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate is for other names: it must be for the host of the route, wherever --target leads.',
  DEPTH_ZERO_SELF_SIGNED_CERT: selfSignedFix,
  SELF_SIGNED_CERT_IN_CHAIN: selfSignedFix,
  UNABLE_TO_GET_ISSUER_CERT: authorityFix,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: authorityFix,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: authorityFix,
};

function fixOfFailure({ reason, message = '' }: NoAnswer): string {
  if (message === nothingMore) return `${targetStoppedId} of this host says what to do.`;
  const code = message.split(/[^A-Z_]+/).find((word) => certificateFixes[word] !== undefined);
  return (code === undefined ? failureFixes[reason] : certificateFixes[code]) ?? `Check the address of the target; ${targetHint}`;
}

/** What to do about an answer that is none, or that the workload failed to give; undefined for any other. */
export function troubleFix(facts: Facts): string | undefined {
  if (facts.kind === 'failure') return fixOfFailure(facts);
  if (facts.status === 429) return 'The target throttles: ask more slowly with --rate, or later.';
  return facts.status >= 500 ? 'Look at the workload: it runs into an error, or does not run at all; its log says why.' : undefined;
}
