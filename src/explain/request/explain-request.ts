import type { AccessRequest, Decision, TokenFacts } from '../../model/access';
import type { Cluster } from '../../model/cluster';
import { decide } from '../../model/decide';
import { UsageError } from '../../model/errors';
import { intentOf, type Intent } from '../../model/intent';
import type { IstioObjects, JwtRule } from '../../model/istio';
import type { JsonObject } from '../../model/json';
import { anonymous, requestsOf, type Caller } from '../../model/search/caller';
import { isAccepted } from '../../model/search/search-host';
import type { RequestQuestion } from '../explain-input';
import { nameOfRule } from '../name-of-policy';
import { oddCharacter, oddCharacterText } from '../odd-path';
import type { ExplainedStep, Explanation, IntendedRule } from './explanation';
import { fixOfUnknown } from './fix-of-unknown';
import { parseRequest, tokenPlaceholder, withHeaders } from './parse-request';

/** Text of the token that is asked about; its signature is taken for good. */
const tokenText = 'header.payload.signature';

/**
 * Follows one request to its end.
 * @throws {UsageError} ERR_USAGE when the request, a header or the claims cannot be read
 */
export function explainRequest(cluster: Cluster, objects: IstioObjects, question: RequestQuestion): Explanation {
  const { line, claims, caller } = question;
  const request = requestOf(question);
  const sender = claims === undefined ? anonymous : callerOf(claims);
  const placed = place(request, sender, objects);
  const decided = placed.map((one) => ({ ...one, decision: decide(objects, one.request, one.facts) }));
  // A token that stands where the workload looks for it: the caller knows where that is.
  const best = decided.find(({ decision }) => decision.verdict === 'forward') ?? decided[0];
  if (!best) throw new Error('a request has at least one place for its token');
  const intent = caller === undefined ? intentOf(cluster, request) : undefined;
  const remarks = best.decision.status === 403 ? [...tokenRemarks(sender), ...pathRemarks(request)] : [];
  return explanationOf(best.decision, {
    request: line.trim(),
    ...(remarks.length > 0 && { remarks }),
    caller: describeSender(sender, caller),
    ...(intent && { intent: intended(intent, best.decision, sender) }),
  });
}

/**
 * The request that is asked about, before a token is put into it.
 * @throws {UsageError} ERR_USAGE when the request or a header cannot be read
 */
export function requestOf({ line, headers = [], caller }: RequestQuestion): AccessRequest {
  const plain = withHeaders(parseRequest(line, '--request'), headers);
  return caller === undefined ? plain : { ...plain, caller };
}

/** @throws {UsageError} ERR_USAGE when the claims name no issuer */
function callerOf({ iss, ...claims }: JsonObject): Caller {
  if (typeof iss !== 'string' || iss === '')
    throw new UsageError(
      'the claims hold no iss',
      'Give the claims of a token as a JSON object with iss, such as {"iss": "https://id.example.com", "sub": "me"}.',
    );
  return { issuer: iss, claims, headers: {} };
}

/** Why a valid token may be worth nothing. */
function tokenRemarks({ issuer, claims: { sub } }: Caller): string[] {
  if (issuer === undefined || (typeof sub === 'string' && sub !== '')) return [];
  return ['the token has no sub: policies know the caller as iss/sub, so that a rule with jwt does not admit it, however valid it is'];
}

/** Why policies do not admit a path that their rules seem to mean. */
function pathRemarks({ target }: AccessRequest): string[] {
  const odd = oddCharacter(target.replace(/[?#].*$/s, ''));
  return odd === undefined ? [] : [oddCharacterText(odd)];
}

interface Placed {
  readonly request: AccessRequest;
  readonly facts: TokenFacts;
}

/** The request with its token where the user wants it, else where the workload looks for tokens of its issuer, else as a bearer. */
function place(request: AccessRequest, caller: Caller, objects: IstioObjects): readonly Placed[] {
  const facts: TokenFacts =
    caller.issuer === undefined ? new Map() : new Map([[tokenText, { issuer: caller.issuer, claims: caller.claims }]]);
  const written = JSON.stringify(request).includes(tokenPlaceholder);
  if (written && caller.issuer === undefined)
    throw new UsageError(
      `${tokenPlaceholder} stands in the request and no claims are given`,
      'Give the claims of the token with --claims FILE.',
    );
  if (written) return [{ request: withToken(request), facts }];
  if (caller.issuer === undefined) return [{ request, facts }];
  const bearer: JwtRule = { issuer: caller.issuer, jwksUri: '', fromHeaders: [], fromParams: [] };
  const rules = jwtRulesOnTheWay(request, objects);
  const known = rules.some(({ issuer }) => issuer === caller.issuer);
  return requestsOf(request, caller, known ? rules : [bearer]);
}

/** Token rules of the workload that the request reaches; those of all where that is not known. */
function jwtRulesOnTheWay(request: AccessRequest, objects: IstioObjects): JwtRule[] {
  const { destination } = decide(objects, request, new Map());
  const near = objects.requestAuthentications.filter(
    ({ namespace }) => destination === undefined || namespace === destination.namespace || namespace === 'istio-system',
  );
  return near.flatMap(({ jwtRules }) => jwtRules);
}

function withToken(request: AccessRequest): AccessRequest {
  const put = (text: string): string => text.replaceAll(tokenPlaceholder, tokenText);
  const lines = Object.entries(request.headerLines ?? {}).map(([name, values]) => [name, values.map(put)] as const);
  return {
    ...request,
    target: put(request.target),
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, put(value)])),
    ...(lines.length > 0 && { headerLines: Object.fromEntries(lines) }),
  };
}

function describeSender({ issuer }: Caller, principal: string | undefined): string {
  const token = issuer === undefined ? 'without a token' : `with a valid token of ${issuer}`;
  if (principal === undefined) return token;
  return `${principal === '' ? 'a caller without identity' : principal} inside the cluster, ${token}`;
}

function explanationOf(decision: Decision, asked: Pick<Explanation, 'request' | 'caller' | 'intent' | 'remarks'>): Explanation {
  const { verdict, status, body, why, destination, admittedBy, missing } = decision;
  return {
    ...asked,
    verdict: verdict === 'forward' ? 'allow' : verdict,
    ...(status > 0 && { status }),
    ...(body !== '' && { body }),
    steps: why.map(({ stage, text, origin }): ExplainedStep => ({ stage, text, ...(origin && { rule: nameOfRule(origin) }) })),
    ...(destination && { workload: `${destination.namespace}/${destination.service}:${destination.port}` }),
    ...(admittedBy && { admittedBy: nameOfRule(admittedBy) }),
    ...(missing !== undefined && { missing, fix: fixOfUnknown(missing) }),
  };
}

function intended({ apiRule, rule, index }: Intent, { verdict }: Decision, sender: Caller): IntendedRule {
  return {
    rule: nameOfRule({ apiRule: `${apiRule.namespace}/${apiRule.name}`, rule: index }),
    path: rule.path,
    access: rule.access.kind,
    isKept: rule.access.kind === 'noAuth' || verdict !== 'forward' || (rule.access.kind === 'jwt' && isAccepted(rule, sender)),
  };
}
