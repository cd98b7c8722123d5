import type { DecodedToken } from './decode';
import type { PublishedKeys } from './keys';
import type { TemplateNames } from './recipe';
import type { SigningKey } from './signing-key';

/** A private key of an issuer that no token may be signed with. */
export interface UnfitKey {
  readonly why: string;
  readonly key: SigningKey;
}

/** What hostile tokens are made from. */
export interface ForgeMaterial {
  /** The good token, or what {@link imaginedToken} made up when there is none. */
  readonly original: Pick<DecodedToken, 'header' | 'claims'> & Partial<Pick<DecodedToken, 'segments'>>;
  /** What the issuer publishes. */
  readonly keys?: PublishedKeys;
  /** A key pair of our own that nobody trusts; RSA. */
  readonly foreignKey: SigningKey;
  /** Private keys of a test issuer. @default - recipes that need one give nothing */
  readonly testKeys?: readonly SigningKey[];
  /** Private keys of the other issuers that are trusted beside. @default - recipes that need one give nothing */
  readonly otherKeys?: readonly SigningKey[];
  /** Private keys of the issuer that must not sign, with what is wrong with each. @default - recipes that need one give nothing */
  readonly unfitKeys?: readonly UnfitKey[];
  /** What the prober's own client credentials hold, for HMAC. Never shown. @default - recipes that need one give nothing */
  readonly ownSecrets?: readonly string[];
  /** What the texts of recipes name. @default {} */
  readonly names?: Partial<TemplateNames>;
  /** @default - the clock of this machine */
  readonly now?: Date;
}

/** A hostile token and which variant of its recipe it is. */
export interface Forgery {
  readonly variant: string;
  readonly token: string;
}
