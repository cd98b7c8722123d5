import type { Problem } from '../model/problem';
import type { AccessRuleProps, CorsProps, JwtAccess, JwtAuthorization, JwtIssuer } from './access-rule';
import { ApiRuleSpecRulesMethods, type ApiRuleSpecCorsPolicy, type ApiRuleSpecRules, type ApiRuleSpecRulesJwt } from './bindings';

/**
 * Writes one rule the way an APIRule v2 holds it. When neither the rule nor the API rule says who may call, the rule says so neither, which
 * {@link callerProblems} reports.
 *
 * @throws {TypeError} when `authorizations` stands beside `scopes` or `audiences`
 */
export function accessRuleSpec(props: AccessRuleProps, issuers: readonly JwtIssuer[] | undefined): ApiRuleSpecRules {
  const access = props.access ?? (issuers && { issuers });
  return {
    path: props.path,
    methods: props.methods.map((method) => ApiRuleSpecRulesMethods[method]),
    ...(access === 'public' ? { noAuth: true } : access && { jwt: jwtSpec(access) }),
    ...(props.timeoutSeconds !== undefined && { timeout: props.timeoutSeconds }),
    ...(props.request && { request: requestSpec(props.request) }),
  };
}

/** Says of rules without a strategy what is to be given here, in the words of the properties. */
export function callerProblems(
  problems: readonly Problem[],
  rules: readonly AccessRuleProps[],
  issuers: readonly JwtIssuer[] | undefined,
): Problem[] {
  return problems.map((problem) => {
    const rule = problem.id === 'api-rule-access' ? rules[Number(problem.path[2])] : undefined;
    if (!rule || rule.access !== undefined || issuers) return problem;
    const message = `the rule for ${rule.path} names nobody who may call it`;
    return { ...problem, message, fix: "give access ({ issuers } or 'public'), or issuers of the whole API rule" };
  });
}

function requestSpec({ headers, cookies }: NonNullable<AccessRuleProps['request']>) {
  return { ...(headers && { headers: { ...headers } }), ...(cookies && { cookies: { ...cookies } }) };
}

function jwtSpec(access: JwtAccess): ApiRuleSpecRulesJwt {
  const authorizations = authorizationsOf(access)?.map((authorization) => authorizationSpec(authorization, access.issuers));
  return {
    authentications: access.issuers.map(({ issuer, jwksUri, fromHeaders, fromParams }) => ({
      issuer,
      jwksUri,
      ...(fromHeaders && { fromHeaders: fromHeaders.map((header) => ({ ...header })) }),
      ...(fromParams && { fromParams: [...fromParams] }),
    })),
    ...(authorizations && { authorizations }),
  };
}

/** An empty list stays one and is refused later: leaving it out would accept every token where the caller listed none. */
function authorizationsOf({ authorizations, scopes, audiences }: JwtAccess): readonly JwtAuthorization[] | undefined {
  if (scopes === undefined && audiences === undefined) return authorizations;
  if (authorizations !== undefined) throw new TypeError('give either authorizations or scopes and audiences, not both');
  return [{ ...(scopes && { scopes }), ...(audiences && { audiences }) }];
}

function authorizationSpec({ scopes, audiences }: JwtAuthorization, issuers: readonly JwtIssuer[]) {
  const full = (value: string) => withAppName(value, issuers);
  return { ...(scopes && { requiredScopes: scopes.map(full) }), ...(audiences && { audiences: audiences.map(full) }) };
}

/** Only one issuer can be meant: every authorization of a rule applies to all its issuers. */
function withAppName(value: string, issuers: readonly JwtIssuer[]): string {
  const [known, ...others] = new Set(issuers.flatMap(({ xsappname }) => xsappname ?? []));
  const reference = /^\$XSAPPNAME(?=\.|$)/;
  return known === undefined || others.length > 0 ? value : value.replace(reference, () => known);
}

/** Writes a CORS policy the way an APIRule v2 holds it. */
export function corsSpec(cors: CorsProps): ApiRuleSpecCorsPolicy {
  return {
    allowOrigins: cors.allowOrigins.map((origin) => ({ ...origin })),
    ...(cors.allowMethods && { allowMethods: [...cors.allowMethods] }),
    ...(cors.allowHeaders && { allowHeaders: [...cors.allowHeaders] }),
    ...(cors.exposeHeaders && { exposeHeaders: [...cors.exposeHeaders] }),
    ...(cors.allowCredentials !== undefined && { allowCredentials: cors.allowCredentials }),
    ...(cors.maxAgeSeconds !== undefined && { maxAge: cors.maxAgeSeconds }),
  };
}
