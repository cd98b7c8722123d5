import type { JsonValue } from '../model/json';
import type { SigningAlgorithm } from './signing-key';

/**
 * How the last segment of a hostile token comes about.
 * `foreign-key`: signed well, with a key that nobody trusts. `original`: the signature of the good token, whatever changed before it.
 * `none`: no third segment, with and without its dot. `damaged`: the good signature, spoilt in several ways.
 * `public-key-hmac`: HMAC with the published key as secret, in its usual encodings. `random-hmac`: its twin with a secret nobody knows.
 * `own-secret-hmac`: HMAC with what the prober's own client credentials hold. `hmac`: with secrets that anybody may guess.
 * `text`: a fixed third segment. `test-key`: signed with the private key of a test issuer, so only the changed claims are wrong.
 * `other-issuer-key`: the same with the key of another issuer that is trusted beside. `small-exponent`: what a lenient check of the padding
 * takes for a signature of a key with exponent 3. `respelled`: the good token itself, its third segment written otherwise.
 * `unfit-key`: with keys of the issuer that must not sign: it does not publish them any more, or for encryption only.
 * `unchanged`: the good token as it is. `encryption`: no signature at all, encrypted to a published key or with one that all know.
 */
export type Signature =
  | { readonly by: 'foreign-key'; readonly alg?: SigningAlgorithm }
  | { readonly by: 'hmac'; readonly secrets: Readonly<Record<string, string>> }
  | { readonly by: 'text'; readonly texts: Readonly<Record<string, string>> }
  | { readonly by: 'encryption'; readonly alg: 'RSA-OAEP' | 'RSA-OAEP-256' | 'dir' | 'ECDH-ES' }
  | { [By in PlainSignature]: { readonly by: By } }[PlainSignature];

type PlainSignature =
  | 'original'
  | 'none'
  | 'damaged'
  | 'public-key-hmac'
  | 'random-hmac'
  | 'own-secret-hmac'
  | 'test-key'
  | 'other-issuer-key'
  | 'unfit-key'
  | 'small-exponent'
  | 'respelled'
  | 'unchanged';

/** Text around and in the JSON of a segment: for what no JSON writer writes. */
export interface TextChange {
  /** Before the opening brace. */
  readonly before?: string;
  /** Right after the opening brace, such as a member that stands twice. */
  readonly first?: string;
  /** Right before the closing brace. */
  readonly last?: string;
  /** After the closing brace. */
  readonly after?: string;
}

/** A hostile token as data: what differs from the good one. Texts may hold `{{names}}`, see {@link TemplateNames}. */
export interface Recipe {
  /** Members that replace those of the good header; null takes one out. @default {} */
  readonly header?: Readonly<Record<string, JsonValue>>;
  /** Members of the header that are null, and stay there as null. @default - none */
  readonly nullHeader?: readonly string[];
  /** Claims that replace those of the good token; null takes one out. @default {} */
  readonly claims?: Readonly<Record<string, JsonValue>>;
  /** Sets `exp` to so many seconds from now, negative for the past. @default - the good token's, or ten minutes when it has no time left */
  readonly expiresInSeconds?: number;
  /** Sets `nbf` to so many seconds from now. @default - the good token's */
  readonly startsInSeconds?: number;
  /** @default - the JSON as it is written everywhere */
  readonly text?: { readonly header?: TextChange; readonly claims?: TextChange };
  /**
   * What stands in the second segment instead of the claims as base64url. `array`: the claims in an array. `unencoded`: their JSON as it is.
   * `detached`: nothing. `deflated`: compressed. `token`, `unsigned token`: a whole token, the good one or one without signature.
   * @default 'claims'
   */
  readonly payload?: 'claims' | 'array' | 'unencoded' | 'detached' | 'deflated' | 'token' | 'unsigned token';
  /** The public half of the foreign key, in the header. @default - not there */
  readonly embed?: 'jwk' | 'x5c' | 'x5c with the issuer’s key behind it';
  /** How the whole is written. @default 'compact' */
  readonly form?: 'compact' | 'json' | 'encoded json';
  /** Only for good tokens that hold this claim. @default - for all */
  readonly onlyWith?: string;
  readonly signature: Signature;
}

/** What a text of a recipe can name. */
export interface TemplateNames {
  /** `iss` of the good token. */
  readonly issuer: string;
  /** Its scheme, host and port. */
  readonly issuerOrigin: string;
  readonly issuerHost: string;
  /** The issuer at a neighbouring host: another tenant, where the first label names it. */
  readonly issuerOfOtherHost: string;
  /** The issuer at a neighbouring path: another tenant or realm, where the last segment names it. */
  readonly issuerOfOtherPath: string;
  /** http for https, and the other way round. */
  readonly issuerOfOtherScheme: string;
  readonly issuerInCapitals: string;
  /** With letters for dots, as an unescaped pattern takes it. */
  readonly issuerWithoutDots: string;
  /** `kid` of the good token. */
  readonly kid: string;
  /** A place of its own at the canary, without slash at the end; each token has another. */
  readonly canary: string;
  /** Host and port of the canary. */
  readonly canaryHost: string;
  /** Path of that place. */
  readonly canaryPath: string;
}
