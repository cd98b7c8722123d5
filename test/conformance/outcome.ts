import type { AccessRequest, TokenFact } from '../../src/model/access';
import { decide, tokensOf } from '../../src/model/decide';
import type { IstioObjects } from '../../src/model/istio';
import { normalizeRequest } from '../../src/model/normalize-request';

/** What became of a request, in a form that the model, the embedded gateway and Envoy share. */
export type Outcome =
  | { readonly kind: 'forwarded'; readonly service: string; readonly target: string }
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'unknown' };

/** What the model says. */
export async function modelOutcome(
  objects: IstioObjects,
  access: AccessRequest,
  factOf: (token: string) => Promise<TokenFact>,
): Promise<Outcome> {
  const texts = tokensOf(objects, access);
  const facts = new Map(await Promise.all(texts.map(async (text) => [text, await factOf(text)] as const)));
  const decision = decide(objects, access, facts);
  if (decision.verdict === 'unknown') return { kind: 'unknown' };
  if (decision.verdict !== 'forward') return { kind: 'answered', status: decision.status, body: bodyFor(access, decision.body) };
  const normal = normalizeRequest(access);
  const query = normal?.query === undefined ? '' : `?${normal.query}`;
  return { kind: 'forwarded', service: decision.destination?.service ?? '', target: `${normal?.workloadPath ?? ''}${query}` };
}

function bodyFor({ method }: AccessRequest, body: string): string {
  return method === 'HEAD' ? '' : body;
}

/** The outcome with names in place of tokens. */
export function withoutTokens(outcome: Outcome, withNames: (text: string) => string): Outcome {
  return outcome.kind === 'forwarded' ? { ...outcome, target: withNames(outcome.target) } : outcome;
}

/** One line for people and for comparing. */
export function outcomeText(outcome: Outcome): string {
  if (outcome.kind === 'unknown') return 'unknown';
  return outcome.kind === 'forwarded'
    ? `forwarded to ${outcome.service} as ${outcome.target}`
    : `${outcome.status} ${JSON.stringify(outcome.body)}`;
}
