import type { AuthorizationPolicy, IstioObjects, PolicyRule } from '../model/istio';
import { isXsuaaName, planClients, type ClientPlan, type IssuerForm, type Requirement } from './client-plan';

/** What has to be started for one issuer of the manifests. */
export interface IssuerPlan {
  /** Exactly as in the manifests; the `iss` of every token. */
  readonly issuer: string;
  readonly jwksUris: readonly string[];
  readonly form: IssuerForm;
  /** Token endpoint on the origin of the issuer, as the discovery document names it. */
  readonly tokenEndpoint: string;
  /** Client whose tokens the rules accept. */
  readonly accepted: ClientPlan;
  /** Client whose valid tokens every rule refuses. Absent when some rule accepts any token of the issuer. */
  readonly refused?: ClientPlan;
}

/**
 * Lists the issuers that the workloads trust, in the order of their names, with clients that fit the policies.
 * @param appNames `xsappname` of the XSUAA instances in the input, used where no rule names one
 */
export function planIssuers(objects: IstioObjects, appNames: readonly string[]): readonly IssuerPlan[] {
  const jwtRules = objects.requestAuthentications.flatMap((authentication) => authentication.jwtRules);
  const issuers = [...new Set(jwtRules.map(({ issuer }) => issuer))].sort();
  return issuers.map((issuer) => {
    const form = formOf(issuer);
    const jwksUris = [...new Set(jwtRules.filter((rule) => rule.issuer === issuer).map(({ jwksUri }) => jwksUri))];
    const clients = planClients(form, requirementsOf(objects.authorizationPolicies, issuer, form), appNames);
    return { issuer, jwksUris, form, tokenEndpoint: tokenEndpointOf(issuer, form), ...clients };
  });
}

/** Path of an address, without a slash at its end; empty for the root and for what is no address. */
export function pathOf(address: string): string {
  return URL.canParse(address) ? new URL(address).pathname.replace(/\/+$/, '') : '';
}

function formOf(issuer: string): IssuerForm {
  const path = pathOf(issuer);
  if (path.endsWith('/oauth/token')) return 'xsuaa';
  return /\/realms\/[^/]+$/.test(path) ? 'keycloak' : 'other';
}

function tokenEndpointOf(issuer: string, form: IssuerForm): string {
  if (form === 'xsuaa') return issuer;
  return `${issuer.replace(/\/+$/, '')}${form === 'keycloak' ? '/protocol/openid-connect/token' : '/oauth2/token'}`;
}

/** One requirement per rule of an APIRule: where several authorizations are alternatives, the one that suits the issuer. */
function requirementsOf(policies: readonly AuthorizationPolicy[], issuer: string, form: IssuerForm): readonly Requirement[] {
  const groups = new Map<string, Requirement[]>();
  for (const policy of policies.filter(({ action }) => action === 'ALLOW')) {
    const { namespace, name, origin } = policy;
    const key = origin ? `${origin.apiRule}#${origin.rule}` : `${namespace}/${name}`;
    const found = policy.rules.filter((rule) => trusts(rule, issuer)).map(requirementOf);
    if (found.length > 0) groups.set(key, [...(groups.get(key) ?? []), ...found]);
  }
  return [...groups.values()].flatMap((alternatives) => {
    const weakest = alternatives.find(({ audiences, scopes }) => audiences.length + scopes.length === 0);
    return weakest ?? alternatives.find((one) => suits(one, form)) ?? alternatives.slice(0, 1);
  });
}

function trusts(rule: PolicyRule, issuer: string): boolean {
  return rule.from.some(
    (source) => source.requestPrincipals?.some((principal) => principal === `${issuer}/*` || principal === '*') ?? false,
  );
}

function requirementOf({ when }: PolicyRule): Requirement {
  const valuesOf = (keys: readonly string[]): string[] => [
    ...new Set(when.filter(({ key }) => keys.includes(key)).flatMap(({ values }) => values ?? [])),
  ];
  const claims = (...names: string[]): string[] => names.map((name) => `request.auth.claims[${name}]`);
  return { audiences: valuesOf(claims('aud')), scopes: valuesOf(claims('scp', 'scope', 'scopes')) };
}

/** In an APIRule every authorization counts for every issuer, but an audience of XSUAA is never in a token of another provider. */
function suits({ audiences, scopes }: Requirement, form: IssuerForm): boolean {
  return [...audiences, ...scopes].every((name) => isXsuaaName(name) === (form === 'xsuaa'));
}
