import type { Scope } from '../../http/scope';
import type { Sender } from '../../http/sender';
import type { CheckResult } from '../../model/check-result';
import { IssuerUnreachableError, OutOfScopeError } from '../../model/errors';
import { discover, wellKnownUrls, type Discovery } from '../../token/discovery';
import { discoveryResult, type Discovered } from './discovery-results';
import type { IssuerReplacement } from './issuer-map';
import type { MissingIssuer } from './missing-issuer';
import { possibleIssuers } from './key-forms';
import { pairProblems } from './pair-problems';

/** What discovery documents prove, and what they say of each question. */
export interface DiscoveredIssuers {
  /** Entries that complete the issuer map; they come behind those of the user. */
  readonly map: readonly IssuerReplacement[];
  readonly results: readonly CheckResult[];
}

/**
 * Asks providers which keys belong to which issuer. A pair is proved when the discovery document names the issuer and the keys character by
 * character as the old rule did; anything else is reported and left to the user. Nothing is sent before every address is in scope.
 *
 * @param missing what the issuer map does not say; Dex is never asked
 * @throws {OutOfScopeError} ERR_OUT_OF_SCOPE with every host that the user did not name
 */
export async function discoverIssuers(missing: readonly MissingIssuer[], sender: Sender, scope: Scope): Promise<DiscoveredIssuers> {
  const questions = missing.filter(({ why }) => why === 'unpaired' || why === 'no-keys' || why === 'no-issuer');
  guard(questions, scope);
  const published = new Map<string, Promise<Discovery | string>>();
  const ask = (issuer: string): Promise<Discovery | string> => {
    const known = published.get(issuer) ?? answerOf(sender, issuer);
    published.set(issuer, known);
    return known;
  };
  const answers: Discovered[] = [];
  for (const question of questions)
    answers.push(await (question.why === 'no-issuer' ? issuerOfKeys(question, ask) : keysOfIssuer(question, ask)));
  return {
    map: answers.flatMap(({ pair, question }) => (pair ? [{ from: fromOf(question, pair.jwksUri), ...pair }] : [])),
    results: answers.map(discoveryResult),
  };
}

type Ask = (issuer: string) => Promise<Discovery | string>;

function candidatesOf({ why, issuers, jwksUrls }: MissingIssuer): readonly string[] {
  return why === 'no-issuer' ? jwksUrls.flatMap(possibleIssuers) : issuers;
}

/** Names all hosts that are out of scope at once, before any packet. */
function guard(questions: readonly MissingIssuer[], scope: Scope): void {
  const hosts = new Set<string>();
  for (const url of questions.flatMap(candidatesOf).flatMap(wellKnownUrls)) {
    try {
      scope.check(url);
    } catch (error) {
      if (!(error instanceof OutOfScopeError)) throw error;
      hosts.add(error.host);
    }
  }
  if (hosts.size > 0) throw new OutOfScopeError([...hosts].join(', '));
}

/** The discovery document of an issuer, or why there is none. */
async function answerOf(sender: Sender, issuer: string): Promise<Discovery | string> {
  try {
    return await discover(sender, issuer);
  } catch (error) {
    if (error instanceof IssuerUnreachableError) return error.message;
    throw error;
  }
}

async function keysOfIssuer(question: MissingIssuer, ask: Ask): Promise<Discovered> {
  const [issuer = ''] = question.issuers;
  const found = await ask(issuer);
  if (typeof found === 'string') return { question, unreachable: found };
  const { jwksUri } = found;
  if (jwksUri === undefined || found.issuer !== issuer) return { question, found };
  const isNamed = question.jwksUrls.includes(jwksUri);
  // What the old rule did not name must at least be usable.
  const isNew = question.why === 'no-keys' && pairProblems({ issuer, jwksUri }).length === 0;
  return isNamed || isNew ? { question, pair: { issuer, jwksUri }, found } : { question, found };
}

/** The first provider whose document names these keys. */
async function issuerOfKeys(question: MissingIssuer, ask: Ask): Promise<Discovered> {
  const [jwksUri = ''] = question.jwksUrls;
  let other: Discovered = { question, unreachable: 'no provider was found by the form of the address' };
  for (const candidate of possibleIssuers(jwksUri)) {
    const found = await ask(candidate);
    if (typeof found === 'string') other = 'found' in other ? other : { question, unreachable: found };
    else if (found.jwksUri === jwksUri) return { question, pair: { issuer: found.issuer, jwksUri }, found };
    else other = { question, found };
  }
  return other;
}

/** Keys that several issuers may have count for each of them. */
function fromOf({ issuers, jwksUrls }: MissingIssuer, jwksUri: string): readonly string[] {
  return [...issuers, ...jwksUrls.filter((url) => url === jwksUri)];
}
