import { isRemoval, type IssuerMap, type IssuerPair } from '../../issuers/issuer-map';

/** Whose tokens take the place of an issuer that old rules named, by word of the user: they count as accepted before. */
export interface ReplacedIssuer extends IssuerPair {
  /** Entries of `trusted_issuers` and `jwks_urls` that it stands for. */
  readonly from: readonly string[];
}

/** The entries of a map that put an issuer in the place of others. */
export function replacedIssuers(map: IssuerMap): readonly ReplacedIssuer[] {
  return map.flatMap((entry) => (isRemoval(entry) ? [] : [entry]));
}

/** True when a replacement counts for a rule: keys alone say nothing where the rule names its issuers. */
export function standsFor({ from }: ReplacedIssuer, issuers: readonly string[], addresses: readonly string[]): boolean {
  const named = issuers.length > 0 ? issuers : addresses;
  return from.some((text) => named.includes(text));
}
