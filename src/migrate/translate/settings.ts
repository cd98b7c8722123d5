import type { IssuerMap } from '../issuers/issuer-map';
import type { OldJwtHandler } from '../old-api-rule';

/** How old APIRules are read, and how much of them is kept. */
export interface TranslateSettings {
  /** How the old cluster read `jwt` and `/*`. */
  readonly oldJwtHandler: OldJwtHandler;
  /** True when the new path may take more than the old one. */
  readonly allowWidening: (path: string) => boolean;
  readonly issuers: IssuerMap;
  /** `allow` let every method in, whatever its rule lists: the listed ones are kept, or all of them. */
  readonly allowMethods: 'listed' | 'all';
}
