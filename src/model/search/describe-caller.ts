import type { Caller } from './caller';

/** Who calls, in words: without a token, or with which issuer and claims. */
export function describeCaller({ issuer, keys, claims, principal }: Caller): string {
  if (principal !== undefined) {
    const who = principal === '' ? 'without identity' : `as ${principal}`;
    return `from inside the cluster ${who}${issuer === undefined ? '' : `, ${describeCaller({ issuer, claims, headers: {} })}`}`;
  }
  if (issuer === undefined) return 'without a token';
  const { sub: _, ...more } = claims;
  const signed = keys === undefined ? '' : `, signed with keys of ${keys},`;
  return `with a token of ${issuer}${signed}${Object.keys(more).length === 0 ? ' without scopes and audiences' : ` and ${JSON.stringify(more)}`}`;
}
