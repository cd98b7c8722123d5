import type { JsonObject } from '../model/json';
import { checkSignature, type SignatureFault } from './check-signature';
import { decodeToken } from './decode';
import type { PublishedKeys } from './keys';

/** What a token is compared with. What is left out is not checked; signature and times always are. */
export interface Expected {
  readonly issuer?: string;
  /** Every one must be in `aud`, as Kyma's gateway asks. */
  readonly audiences?: readonly string[];
  /** Every one must be in the same of the claims `scp`, `scope`, `scopes`. */
  readonly scopes?: readonly string[];
  /** @default - the clock of this machine */
  readonly now?: Date;
}

/** One thing that is wrong with a token. */
export interface TokenProblem {
  readonly kind: 'form' | SignatureFault | 'expired' | 'early' | 'issuer' | 'subject' | 'audience' | 'scope';
  /** Claim or header member it is about; empty for the token as a whole. */
  readonly claim: string;
  /** A sentence; quotes claims, never the token. */
  readonly message: string;
}

/** A token taken apart, and all that is wrong with it. */
export interface CheckedToken {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  readonly problems: readonly TokenProblem[];
}

/** Seconds that clocks may differ; Envoy allows the same. */
const clockSkewSeconds = 60;

/**
 * Checks signature, times and claims, and finds every problem, not only the first.
 *
 * @see RFC 7519 section 7.2, RFC 8725 section 3
 */
export async function checkToken(token: string, keys: PublishedKeys, expected: Expected = {}): Promise<CheckedToken> {
  const decoded = decodeToken(token);
  if (!decoded)
    return {
      header: {},
      claims: {},
      problems: [{ kind: 'form', claim: '', message: 'it is no JWT of three segments (an opaque token?)' }],
    };
  const { header, claims } = decoded;
  const fault = await checkSignature(token.trim(), decoded, keys);
  const signature = fault ? [signatureProblem(fault, header, keys)] : [];
  return {
    header,
    claims,
    problems: [...signature, ...timeProblems(claims, expected.now ?? new Date()), ...claimProblems(claims, expected)],
  };
}

function signatureProblem(kind: SignatureFault, header: JsonObject, { keys }: PublishedKeys): TokenProblem {
  const { alg, kid } = header;
  if (kind === 'algorithm') return { kind, claim: 'alg', message: `the algorithm is ${show(alg)}, which no published key can verify` };
  if (kind === 'signature') return { kind, claim: '', message: 'the signature does not hold with the published key' };
  const known = keys.flatMap((key) => (typeof key['kid'] === 'string' ? [key['kid']] : [])).slice(0, 5);
  return {
    kind,
    claim: 'kid',
    message: `no published key fits kid ${show(kid)} and alg ${show(alg)} (published: ${known.join(', ') || 'none'})`,
  };
}

function timeProblems({ exp, nbf }: JsonObject, now: Date): TokenProblem[] {
  const seconds = now.getTime() / 1000;
  const odd = [['exp', exp] as const, ['nbf', nbf] as const].filter(([, value]) => value !== undefined && typeof value !== 'number');
  const expired = typeof exp === 'number' && exp + clockSkewSeconds <= seconds;
  const early = typeof nbf === 'number' && nbf - clockSkewSeconds > seconds;
  return [
    ...odd.map(([claim]): TokenProblem => ({ kind: claim === 'exp' ? 'expired' : 'early', claim, message: `${claim} is no number` })),
    ...(expired ? [{ kind: 'expired', claim: 'exp', message: `it expired ${Math.round(seconds - exp)} seconds ago` } as const] : []),
    ...(early ? [{ kind: 'early', claim: 'nbf', message: `it is valid only in ${Math.round(nbf - seconds)} seconds` } as const] : []),
  ];
}

function claimProblems(claims: JsonObject, { issuer, audiences = [], scopes = [] }: Expected): TokenProblem[] {
  const { iss, sub, aud } = claims;
  const missing = audiences.filter((audience) => !texts(aud).includes(audience));
  return [
    ...(issuer !== undefined && iss !== issuer
      ? [{ kind: 'issuer', claim: 'iss', message: `iss is ${show(iss)}, expected is ${show(issuer)}` } as const]
      : []),
    ...(typeof sub === 'string' && sub !== ''
      ? []
      : [{ kind: 'subject', claim: 'sub', message: 'sub is missing; the gateway needs it to name the caller' } as const]),
    ...(missing.length > 0 ? [{ kind: 'audience', claim: 'aud', message: `aud lacks ${missing.join(', ')}` } as const] : []),
    ...(scopeLists(claims).some((list) => scopes.every((scope) => list.includes(scope)))
      ? []
      : [{ kind: 'scope', claim: 'scope', message: `none of scp, scope and scopes holds ${scopes.join(' and ')}` } as const]),
  ];
}

/** Only the text in `scope` is split at blanks. */
function scopeLists({ scp, scope, scopes }: JsonObject): string[][] {
  const split = typeof scope === 'string' ? scope.split(' ') : texts(scope);
  return [texts(scp), split, texts(scopes)];
}

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}

function show(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value).slice(0, 200);
}
