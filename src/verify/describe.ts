import { atLeast, checkResult, type CheckResult, type RouteRef, type Severity, type Status } from '../model/check-result';
import type { ClaimVerdict } from './claims';
import { controlDoubt } from './control-doubt';
import { describeAnswer } from './describe-answer';
import type { Endpoint } from './endpoint';
import type { Calibration } from './calibration';
import { notSent } from './request-limit';
import type { ProbeOutcome } from './conclude-probe';

const docs = 'docs/verify.md';
const namedVariants = 3;

/** Where a result belongs. */
export function routeRef({ host, path, method }: Endpoint, issuer?: string): RouteRef {
  return { host, path, method, ...(issuer !== undefined && { issuer }) };
}

/** What the answers to a probe can be compared with. */
export interface Comparison {
  /** The good token makes a difference. */
  readonly proven: boolean;
  /** Plain calls got usable answers. */
  readonly compared: boolean;
}

/** The result of one probe at one endpoint. */
export function describeOutcome(outcome: ProbeOutcome, endpoint: Endpoint, comparison: Comparison): CheckResult {
  const { proven } = comparison;
  const { probe, exchange, issuer, variants, leftOut = 0 } = outcome;
  const base = {
    id: probe.id,
    family: probe.family,
    title: probe.title,
    docs: `docs/probes.md#${probe.id}`,
    where: endpoint.where,
    route: routeRef(endpoint, issuer),
    severity: outcome.severity,
  };
  const sent = exchange && { request: exchange.line(), actual: describeAnswer(exchange.facts), curl: exchange.curl() };
  const expected = probe.expected ?? `refused: 401, 403 or an answer like that to an unknown path`;
  if (outcome.kind === 'breach') {
    return checkResult({
      ...base,
      ...sent,
      // A deviation that lets nobody in is for the reader, not for the exit code.
      status: atLeast(outcome.severity, 'medium') ? 'fail' : 'warn',
      message: `${probe.breach} (${listed(variants)})`,
      expected,
      reason: outcome.reason,
      fix: probe.fixFor?.(endpoint) ?? probe.fix,
    });
  }
  if (outcome.kind === 'untried') {
    const message = `could not be tried (${outcome.reason})`;
    return checkResult({ ...base, status: 'error', message, fix: 'Correct the credentials, or leave them out.' });
  }
  if (outcome.kind === 'unsteady' || outcome.kind === 'gone')
    return checkResult({ ...base, ...sent, ...describeUnclear(outcome, comparison), expected, reason: outcome.reason });
  if (outcome.kind === 'cut') return checkResult({ ...base, status: 'skip', message: notSent });
  if (outcome.kind === 'skipped') return checkResult({ ...base, status: 'skip', message: outcome.reason });
  if (outcome.certain && (proven || probe.claim === 'closed-to-anonymous'))
    return checkResult({
      ...base,
      ...sent,
      status: 'pass',
      message: `${probe.evidence === 'inspect' ? 'not seen' : 'refused'}: ${listed(variants)}${leftOut === 0 ? '' : ` (${leftOut} left out, see --requests-per-route)`}`,
    });
  return checkResult({ ...base, ...sent, status: 'skip', message: `refused (${outcome.reason}), which proves nothing without a control` });
}

/** Where the target is no better off without attacks, what it does to them is not worth a warning. */
function describeUnclear(
  { kind, variants, severity, reason }: ProbeOutcome,
  { proven, compared }: Comparison,
): { status: Status; severity: Severity; message: string } {
  const met = `neither refused nor let through (${listed(variants)})`;
  if (kind === 'gone') return { status: 'error', severity, message: `${met}, and the control is gone too` };
  if (proven) return { status: 'warn', severity: 'low', message: `${met}, while the control is fine` };
  if (compared) return { status: 'warn', severity: 'low', message: `${met}, and there is no control` };
  return { status: 'skip', severity, message: `no clear answer (${reason}), and calls without an attack got none either` };
}

/** The first variants by name, the others by number. */
function listed(variants: readonly string[]): string {
  const more = variants.length - namedVariants;
  return [...variants.slice(0, namedVariants), ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

/** The result of a claim. */
export function describeClaim(verdict: ClaimVerdict, endpoint: Endpoint, issuer?: string): CheckResult {
  const { claim, status, severity, reason, fix } = verdict;
  const title = claim === 'protected' ? 'Opens for the right token and for nothing else' : 'Closed to callers without a token';
  return checkResult({
    id: claim,
    title,
    status,
    severity,
    message: reason,
    ...(fix !== undefined && { fix }),
    docs,
    where: endpoint.where,
    route: routeRef(endpoint, issuer),
  });
}

/** The result of the control: the good token must reach the workload. */
export function describeControl(calibration: Calibration, endpoint: Endpoint, issuer: string, why?: string): CheckResult {
  const { control, good, none, trouble } = calibration;
  const base = {
    id: 'control',
    title: 'The good token reaches the workload',
    severity: 'high',
    docs,
    where: endpoint.where,
    route: routeRef(endpoint, issuer),
  } as const;
  const answer = trouble ?? good[0];
  const actual = answer && describeAnswer(answer);
  const shown = actual === undefined ? {} : { actual, expected: `unlike the anonymous answer (${describeAnswer(none)})` };
  if (control === 'proven') return checkResult({ ...base, ...shown, status: 'pass', message: 'the good token makes the difference' });
  if (control === 'open') return checkResult({ ...base, ...shown, status: 'skip', message: 'the good token gets what everybody gets' });
  const { sentence, fix } = controlDoubt(calibration, endpoint.hints);
  return checkResult({ ...base, ...shown, ...(why !== undefined && { reason: why }), status: 'error', message: sentence, fix });
}
