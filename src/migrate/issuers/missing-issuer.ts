/** Entries of an old rule that nothing can be made of without the user. */
export interface MissingIssuer {
  /**
   * `dex`: the Dex of Kyma, which is gone. `no-issuer`: keys without issuer, so that every issuer was taken. `no-keys`: an issuer without keys of
   * its own. `unpaired`: several keys may belong to it, or none does. `address`: keys that stand in a file or have no http(s) address.
   */
  readonly why: 'dex' | 'no-issuer' | 'no-keys' | 'unpaired' | 'address';
  /** Of `trusted_issuers`, as written. */
  readonly issuers: readonly string[];
  /** Of `jwks_urls`, as written; for `unpaired` those that may belong to the issuer. */
  readonly jwksUrls: readonly string[];
}
