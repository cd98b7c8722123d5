/** One line of the issuer map: what old APIRules name, and what takes its place. */
export type IssuerReplacement = {
  /** Entries of `trusted_issuers` and `jwks_urls`, exactly as old APIRules have them. */
  readonly from: readonly string[];
} & (IssuerPair | { readonly remove: true });

/** An issuer with its keys, as APIRule v2 wants them. */
export interface IssuerPair {
  /** Exactly the `iss` of its tokens. */
  readonly issuer: string;
  readonly jwksUri: string;
}

/** What takes the place of issuers and key addresses that old APIRules name, as the user says it or as discovery documents prove it. */
export type IssuerMap = readonly IssuerReplacement[];

/** True for an entry that takes an issuer away without putting another in its place. */
export function isRemoval(entry: IssuerReplacement): entry is IssuerReplacement & { readonly remove: true } {
  return 'remove' in entry;
}
