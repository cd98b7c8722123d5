import type { Manifest } from './manifest';

/** Methods that an APIRule v2 can list. @see Kyma APIRule custom resource, `spec.rules.methods` */
export const ruleMethods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'] as const;
export type RuleMethod = (typeof ruleMethods)[number];

/** An APIRule v2 (or v2alpha1, which has the same form), as the controller reads it. */
export interface ApiRule {
  readonly namespace: string;
  readonly name: string;
  /** Hosts as written; a label is completed with the gateway's domain by `translate`. */
  readonly hosts: readonly string[];
  /** `namespace/name`. */
  readonly gateway?: string;
  readonly externalGateway?: string;
  readonly service?: ServiceRef;
  readonly corsPolicy?: CorsPolicy;
  /** In whole seconds, 1 to 3900. Absent means 180. */
  readonly timeoutSeconds?: number;
  readonly rules: readonly Rule[];
  /** Where it was read, for messages and source positions. */
  readonly manifest: Manifest;
}

/** One entry of `spec.rules`. */
export interface Rule {
  readonly path: string;
  readonly methods: readonly string[];
  readonly access: AccessStrategy;
  /** Overrides the service of the APIRule. */
  readonly service?: ServiceRef;
  readonly timeoutSeconds?: number;
  /** Headers and cookies that the gateway sets on the way to the workload. */
  readonly request?: { readonly headers: Readonly<Record<string, string>>; readonly cookies: Readonly<Record<string, string>> };
}

/** Exactly one of the three strategies of APIRule v2. */
export type AccessStrategy =
  | { readonly kind: 'noAuth' }
  | { readonly kind: 'jwt'; readonly jwt: JwtConfig }
  | { readonly kind: 'extAuth'; readonly authorizers: readonly string[]; readonly restrictions?: JwtConfig };

/** Issuers that are trusted, and what their tokens must carry. Several authorizations are alternatives. */
export interface JwtConfig {
  readonly authentications: readonly Authentication[];
  readonly authorizations: readonly Authorization[];
}

/** One trusted issuer. Without `fromHeaders` and `fromParams` the token stands in `Authorization: Bearer` or `access_token`. */
export interface Authentication {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly fromHeaders?: readonly { readonly name: string; readonly prefix?: string }[];
  readonly fromParams?: readonly string[];
}

/** Every scope and every audience is required. */
export interface Authorization {
  readonly requiredScopes: readonly string[];
  readonly audiences: readonly string[];
}

/** A Kubernetes Service; without `namespace` the rule says which one is meant. */
export interface ServiceRef {
  readonly name: string;
  readonly port: number;
  readonly namespace?: string;
}

/** CORS as the gateway answers it. */
export interface CorsPolicy {
  readonly allowOrigins: readonly { readonly match: 'exact' | 'prefix' | 'regex'; readonly value: string }[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials?: boolean;
  readonly maxAgeSeconds?: number;
}
