import type { Severity } from '../../model/check-result';

/** What an organisation allows its teams (`--policy`). Members that are absent restrict nothing. */
export interface Policy {
  /** Patterns of issuers that rules may trust ({@link matchesIssuer}). @default - every issuer */
  readonly allowedIssuers?: readonly string[];
  /** Patterns of hosts that may be exposed ({@link matchesHost}). @default - every host */
  readonly allowedHosts?: readonly string[];
  /** Where rules may ask for no token at all. @default - everywhere */
  readonly publicPaths?: readonly PublicPath[];
  /** Audiences that rules must ask for, by issuer. @default - none */
  readonly requiredAudiences?: readonly RequiredAudiences[];
  /** The worst finding that an annotation may suppress; `none` takes annotations their effect. @default - every finding */
  readonly maxSuppressible?: Severity | 'none';
}

/** A place that may be open to everybody. */
export interface PublicPath {
  /** Pattern of a host ({@link matchesHost}), or `*` for every host. */
  readonly host: string;
  /** Path of a rule as it stands there, or a path and `/*` for all below. */
  readonly path: string;
}

/** What rules must ask of the tokens of an issuer. */
export interface RequiredAudiences {
  /** Pattern of issuers ({@link matchesIssuer}). */
  readonly issuer: string;
  readonly audiences: readonly string[];
  /** `any`: at least one of them, `all`: every one. @default 'any' */
  readonly match: 'any' | 'all';
}
