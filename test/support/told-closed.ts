/** One class of requests in the report of a migration. */
export interface ToldRequest {
  readonly host: string;
  readonly methods: readonly string[];
  /** In words: `without a token`, or `with a token of ISSUER…`. */
  readonly caller: string;
}

/**
 * True when a class of the report speaks of a caller who shows nothing, or a usual token of an issuer. What it says of tokens without subject, and
 * of scopes in one text, is no excuse for those; what is shut to everybody is shut to holders of tokens as well.
 */
export function speaksOf({ caller }: ToldRequest, issuer: string | undefined): boolean {
  if (caller === 'without a token') return true;
  return (
    issuer !== undefined &&
    caller.startsWith(`with a token of ${issuer}`) &&
    !caller.includes('without a subject') &&
    !/"(?:scp|scopes)":"/.test(caller)
  );
}
