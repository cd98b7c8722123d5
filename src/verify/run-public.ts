import { checkResult, type CheckResult, type Status } from '../model/check-result';
import { routeRef } from './describe';
import { describeAnswer, troubleFix } from './describe-answer';
import { intentOfPath, type Endpoint } from './endpoint';
import type { Facts } from './answer-facts';
import { isTrouble } from './calibration';
import { isLike } from './likeness';
import { patientAsk } from './patient-ask';
import type { Attempt } from './probe';
import { publicOpen } from './probes/public-open';
import { notSent } from './request-limit';
import { openSession, type Exchange, type RunSettings } from './session';

const call: Attempt = { variant: 'no token', credential: { kind: 'none' } };

/** Asks whether a public endpoint opens. */
export async function runPublic(endpoint: Endpoint, settings: RunSettings): Promise<CheckResult> {
  const session = openSession(endpoint, settings);
  if (session.withoutEffect) return result(endpoint, 'skip', 'a public method that writes is not called without --unsafe-methods');
  const unknownPath = `/kyma-guard-${settings.nonce}`;
  const closed = intentOfPath(endpoint, endpoint.method, unknownPath) === 'none';
  const unknown = closed ? await session.ask({ ...call, path: unknownPath }) : undefined;
  const opens = (facts: Facts): boolean => !isTrouble(facts) && whyClosed(facts, unknown) === undefined;
  const exchange = await patientAsk(() => session.ask(call), opens, session.isCut);
  return session.isCut() ? result(endpoint, 'skip', notSent) : judgeOpening(endpoint, exchange, unknown);
}

/** What an answer says against an open path; undefined when nothing. */
function whyClosed(facts: Facts, unknown: Exchange | undefined): string | undefined {
  if (facts.kind === 'failure') return undefined;
  if (facts.status === 401 || facts.status === 403) return `status ${facts.status}`;
  return facts.status >= 400 && unknown?.facts.kind === 'answer' && isLike(facts, unknown.facts)
    ? 'answered as an unknown path'
    : undefined;
}

function judgeOpening(endpoint: Endpoint, exchange: Exchange, unknown: Exchange | undefined): CheckResult {
  const { facts } = exchange;
  const answer = { actual: describeAnswer(facts), expected: 'an answer of the workload', request: exchange.line(), curl: exchange.curl() };
  const fix = troubleFix(facts);
  if (facts.kind === 'failure' || fix !== undefined)
    return result(endpoint, 'error', `no usable answer (${describeAnswer(facts)})`, { ...answer, ...(fix !== undefined && { fix }) });
  const reason = whyClosed(facts, unknown);
  if (reason !== undefined) return result(endpoint, 'fail', publicOpen.breach, { ...answer, reason, fix: publicOpen.fix });
  return result(endpoint, 'pass', 'opens without a token, as meant', answer);
}

function result(endpoint: Endpoint, status: Status, message: string, more: Partial<CheckResult> = {}): CheckResult {
  const { id, title, severity } = publicOpen;
  return checkResult({
    ...more,
    id,
    title,
    severity,
    status,
    message,
    docs: `docs/probes.md#${publicOpen.id}`,
    where: endpoint.where,
    route: routeRef(endpoint),
  });
}
