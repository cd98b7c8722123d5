import type { Caller } from './caller';

/** Who calls, in words: without a token, or with which issuer and claims. */
export function describeCaller({ issuer, keys, claims, principal }: Caller): string {
  if (principal !== undefined) {
    const who = principal === '' ? 'without identity' : `as ${principal}`;
    return `from inside the cluster ${who}${issuer === undefined ? '' : `, ${describeCaller({ issuer, claims, headers: {} })}`}`;
  }
  if (issuer === undefined) return 'without a token';
  const { sub, ...more } = claims;
  const hasMore = Object.keys(more).length > 0;
  const facts = [
    ...(keys === undefined ? [] : [`signed with keys of ${keys}`]),
    // Istio knows callers by issuer and subject: a token without one is nobody's.
    ...(sub === undefined ? ['without a subject (sub)'] : []),
  ];
  const known = `with a token of ${issuer}${facts.map((fact) => `, ${fact}`).join('')}`;
  const comma = facts.length > 0 ? ',' : '';
  return `${known}${comma} ${hasMore ? `and ${JSON.stringify(more)}` : 'without scopes and audiences'}`;
}
