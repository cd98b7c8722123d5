import type { RuleMethod } from '../model/api-rule';
import type { TrustedIssuer } from '../model/issuer';

/** A party whose tokens open a rule. {@link OidcIssuer}, {@link XsuaaIssuer} and plain values are such. */
export interface JwtIssuer extends TrustedIssuer {
  /**
   * Application name with the suffix that XSUAA gave it (`orders!t4711`); replaces `$XSAPPNAME` in scopes and audiences.
   *
   * @default - unknown, so `$XSAPPNAME` in a scope is refused
   */
  readonly xsappname?: string | undefined;
  /** Application name without suffix, as a security descriptor declares it. @default - no XSUAA issuer */
  readonly declaredAppName?: string | undefined;
}

/** What a token must carry: every scope in one claim, and every audience. */
export interface JwtAuthorization {
  /** Full names, or `$XSAPPNAME.Read` when exactly one issuer knows its `xsappname`. @default - no scope needed */
  readonly scopes?: readonly string[];
  /** @default - any audience */
  readonly audiences?: readonly string[];
}

/**
 * Opens a rule to holders of a valid token of one of the issuers. Without scopes and audiences every token of them is accepted; for XSUAA that is
 * every client of the subaccount.
 */
export interface JwtAccess extends JwtAuthorization {
  readonly issuers: readonly JwtIssuer[];
  /** Alternatives: a token that meets one of them is accepted. Not together with `scopes` and `audiences`. @default - one, of `scopes` and `audiences` */
  readonly authorizations?: readonly JwtAuthorization[];
}

/** One path with its methods, and who may call it. The first rule that fits a request decides. */
export interface AccessRuleProps {
  /** Literal segments, `{*}` for one segment, `{**}` for the rest, or `/*` for everything. */
  readonly path: string;
  readonly methods: readonly RuleMethod[];
  /** `'public'` opens the rule to everybody. @default - a token of one of the `issuers` of the API rule */
  readonly access?: JwtAccess | 'public';
  /** How long the gateway waits for the workload, in whole seconds, 1 to 3900. @default - the time of the API rule */
  readonly timeoutSeconds?: number;
  /** Headers and cookies that the gateway sets on the way to the workload. @default - none */
  readonly request?: { readonly headers?: Readonly<Record<string, string>>; readonly cookies?: Readonly<Record<string, string>> };
}

/** CORS as the gateway answers it; the workload's own CORS headers are removed. */
export interface CorsProps {
  readonly allowOrigins: readonly ({ readonly exact: string } | { readonly prefix: string } | { readonly regex: string })[];
  /** @default - none */
  readonly allowMethods?: readonly string[];
  /** `authorization` must be here for browsers to send tokens. @default - none */
  readonly allowHeaders?: readonly string[];
  /** @default - none */
  readonly exposeHeaders?: readonly string[];
  /** @default false */
  readonly allowCredentials?: boolean;
  /** In whole seconds, from 1. @default - the browser decides */
  readonly maxAgeSeconds?: number;
}
