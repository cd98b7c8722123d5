import { checkResult, type CheckResult, type Status } from '../model/check-result';
import { routeRef } from './describe';
import { describeAnswer, troubleFix } from './describe-answer';
import { intentOfPath, type Endpoint } from './endpoint';
import { isLike } from './likeness';
import type { Attempt } from './probe';
import { publicOpen } from './probes/public-open';
import { notSent } from './request-limit';
import { openSession, type Exchange, type RunSettings, type Session } from './session';

const call: Attempt = { variant: 'no token', credential: { kind: 'none' } };

/** Asks whether a public endpoint opens. */
export async function runPublic(endpoint: Endpoint, settings: RunSettings): Promise<CheckResult> {
  const session = openSession(endpoint, settings);
  if (session.withoutEffect) return result(endpoint, 'skip', 'a public method that writes is not called without --unsafe-methods');
  const unknownPath = `/kyma-guard-${settings.nonce}`;
  const closed = intentOfPath(endpoint, endpoint.method, unknownPath) === 'none';
  const unknown = closed ? await session.ask({ ...call, path: unknownPath }) : undefined;
  const exchange = await patientAsk(session);
  return session.isCut() ? result(endpoint, 'skip', notSent) : judgeOpening(endpoint, exchange, unknown);
}

async function patientAsk(session: Session): Promise<Exchange> {
  let exchange = await session.ask(call);
  for (let again = 0; again < 2 && isTrouble(exchange) && !session.isCut(); again += 1) exchange = await session.ask(call);
  return exchange;
}

function isTrouble({ facts }: Exchange): boolean {
  return facts.kind === 'failure' || facts.status >= 500 || facts.status === 429;
}

function judgeOpening(endpoint: Endpoint, exchange: Exchange, unknown: Exchange | undefined): CheckResult {
  const { facts } = exchange;
  const answer = { actual: describeAnswer(facts), expected: 'an answer of the workload', request: exchange.line(), curl: exchange.curl() };
  const fix = troubleFix(facts);
  if (facts.kind === 'failure' || fix !== undefined)
    return result(endpoint, 'error', `no usable answer (${describeAnswer(facts)})`, { ...answer, ...(fix !== undefined && { fix }) });
  const refused = facts.status === 401 || facts.status === 403;
  const absent = facts.status >= 400 && unknown?.facts.kind === 'answer' && isLike(facts, unknown.facts);
  if (refused || absent)
    return result(endpoint, 'fail', publicOpen.breach, {
      ...answer,
      reason: refused ? `status ${facts.status}` : 'answered as an unknown path',
      fix: publicOpen.fix,
    });
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
