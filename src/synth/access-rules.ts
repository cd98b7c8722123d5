import { trustedOf } from '../config/check-config';
import { compileAccess } from '../config/compile-access';
import type { Environment } from '../config/environment';
import type { Exposure } from '../config/exposures';
import type { ExposeConfig, RuleConfig } from '../config/schema-expose';
import type { AccessRuleProps, CorsProps } from '../constructs/access-rule';
import type { ExposeProps } from '../constructs/expose';
import { defined } from './defined';

/** Issuers that the lock file has to know before this API rule can be written. */
export function missingIssuers(expose: ExposeConfig, environment: Environment): readonly string[] {
  const context = { issuers: environment.config.issuers ?? {}, lock: environment.lock };
  return [...new Set(expose.rules.flatMap(({ access }) => compileAccess(access, context).missing))];
}

/** An API rule in the form that the constructs take. */
export function apiRuleProps({ expose, host }: Exposure, environment: Environment): Omit<ExposeProps, 'name' | 'issuers'> {
  const gateway = expose.gateway ?? environment.config.cluster?.gateway;
  return {
    host,
    rules: accessRules(expose, environment),
    ...corsOf(expose),
    ...probeAnnotation(expose),
    ...defined({ gateway, timeoutSeconds: expose.timeoutSeconds }),
  };
}

function accessRules(expose: ExposeConfig, environment: Environment): AccessRuleProps[] {
  return expose.rules.map((rule) => ({
    path: rule.path,
    methods: rule.methods,
    access: accessOf(rule, environment),
    ...(rule.timeoutSeconds !== undefined && { timeoutSeconds: rule.timeoutSeconds }),
    ...(rule.request && { request: defined(rule.request) }),
  }));
}

function accessOf(rule: RuleConfig, { config, lock }: Environment): NonNullable<AccessRuleProps['access']> {
  const issuers = config.issuers ?? {};
  const { access } = compileAccess(rule.access, { issuers, lock });
  if (access === 'public') return access;
  const trusted = access.issuers.flatMap((name) => {
    const issuer = issuers[name];
    return (issuer && trustedOf(issuer, lock[name])) ?? [];
  });
  return { issuers: trusted, ...(access.authorizations.length > 0 && { authorizations: access.authorizations }) };
}

function corsOf({ cors }: ExposeConfig): { cors?: CorsProps } {
  if (!cors) return {};
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAgeSeconds } = cors;
  return { cors: { allowOrigins, ...defined({ allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAgeSeconds }) } };
}

/** What `verify` reads: how each rule is called with success. */
function probeAnnotation({ rules }: ExposeConfig): Pick<ExposeProps, 'annotations'> {
  const hints = rules.flatMap(({ probe }, rule) => (probe ? [{ rule, ...defined(probe) }] : []));
  return hints.length === 0 ? {} : { annotations: { 'kyma-guard/probe': JSON.stringify(hints) } };
}
