import type { Caller } from './caller';

/** Who calls, in words: without a token, or with which issuer and claims. */
export function describeCaller({ issuer, claims }: Caller): string {
  if (issuer === undefined) return 'without a token';
  const { sub: _, ...more } = claims;
  return `with a token of ${issuer}${Object.keys(more).length === 0 ? ' without scopes and audiences' : ` and ${JSON.stringify(more)}`}`;
}
