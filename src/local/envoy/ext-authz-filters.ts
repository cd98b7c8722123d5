import type { AuthorizationPolicy } from '../../model/istio';
import type { JsonObject } from '../../model/json';
import { rbacFilter, rbacFilterName, rulesOf } from './rbac-filters';
import { typedExtension } from './typed-config';

const type = 'envoy.extensions.filters.http.ext_authz.v3.ExtAuthz';
const shadowPrefix = 'istio_ext_authz_';
const policyPrefix = 'istio-ext-authz-';

/** Name of the cluster of an external authorizer. */
export function authorizerCluster(provider: string): string {
  return `authorizer|${provider}`;
}

/**
 * Filters that ask external authorizers. Istio lets an RBAC filter note which requests are meant and then asks about these only. A
 * workload with several authorizers is closed for the requests meant, as Istio does without its feature flag.
 */
export function extAuthzFilters(policies: readonly AuthorizationPolicy[]): JsonObject[] {
  const custom = policies.filter(({ action }) => action === 'CUSTOM');
  const providers = [...new Set(custom.map(({ provider = '' }) => provider))].sort();
  return providers.flatMap((provider) => {
    const own = custom.filter((policy) => (policy.provider ?? '') === provider);
    if (providers.length > 1) return [rbacFilter({ rules: rulesOf('DENY', own) })];
    const noted = { shadow_rules: rulesOf('DENY', own, policyPrefix), shadow_rules_stat_prefix: shadowPrefix };
    return [rbacFilter(noted), askingFilter(provider)];
  });
}

function askingFilter(provider: string): JsonObject {
  return typedExtension('envoy.filters.http.ext_authz', type, {
    transport_api_version: 'V3',
    http_service: { server_uri: { uri: 'http://authorizer', cluster: authorizerCluster(provider), timeout: '600s' } },
    status_on_error: { code: 'ServiceUnavailable' },
    filter_enabled_metadata: {
      filter: rbacFilterName,
      path: [{ key: `${shadowPrefix}shadow_effective_policy_id` }],
      value: { string_match: { prefix: policyPrefix } },
    },
  });
}
