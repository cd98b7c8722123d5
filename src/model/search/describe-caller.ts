import type { Caller } from './caller';

/** Who calls, in words: without a token, or with which issuer and claims. */
export function describeCaller({ issuer, keys, claims }: Caller): string {
  if (issuer === undefined) return 'without a token';
  const { sub: _, ...more } = claims;
  const signed = keys === undefined ? '' : `, signed with keys of ${keys},`;
  return `with a token of ${issuer}${signed}${Object.keys(more).length === 0 ? ' without scopes and audiences' : ` and ${JSON.stringify(more)}`}`;
}
