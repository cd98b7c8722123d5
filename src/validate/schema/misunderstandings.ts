import { formatJsonPath, type JsonPath, type JsonValue } from '../../model/json';

/** What a person meant who wrote a field that is known from elsewhere. */
export interface Misunderstanding {
  /** End of a message: where the field belongs, or what stands for it. */
  readonly hint: string;
  /** Name and value under which it certainly was meant, if it only changes its name. */
  readonly repaired?: readonly [name: string, value: JsonValue];
}

interface Known {
  readonly kind: string;
  /** Place or the end of it, with list indexes left out; absent for anywhere. */
  readonly at?: string;
  readonly names: readonly string[];
  readonly hint: string;
  readonly repair?: (value: JsonValue) => readonly [string, JsonValue];
}

const apiRule = 'APIRule.gateway.kyma-project.io';
const fn = 'Function.serverless.kyma-project.io';
const instance = 'ServiceInstance.services.cloud.sap.com';
const old = 'it is of an APIRule v1beta1, which Kyma no longer reconciles: rewrite the object for v2';
const issuer = 'authentications[]';

const known: readonly Known[] = [
  { kind: apiRule, names: ['fromParameters'], hint: 'did you mean fromParams?', repair: (value) => ['fromParams', value] },
  {
    kind: apiRule,
    at: 'spec',
    names: ['host'],
    hint: `${old}, with hosts as a list of one`,
    repair: (value) => ['hosts', [value]],
  },
  { kind: apiRule, names: ['accessStrategies', 'accessStrategy'], hint: `${old}, with noAuth: true, jwt or extAuth in each rule` },
  { kind: apiRule, names: ['mutators'], hint: `${old}, with request.headers and request.cookies` },
  { kind: apiRule, names: ['handler', 'config'], hint: `${old}, with noAuth: true, jwt or extAuth` },
  { kind: apiRule, names: ['trusted_issuers'], hint: `${old}, with issuer in each entry of jwt.authentications` },
  { kind: apiRule, names: ['jwks_urls'], hint: `${old}, with jwksUri in each entry of jwt.authentications` },
  {
    kind: apiRule,
    names: ['audiences', 'requiredScopes'],
    at: issuer,
    hint: 'it belongs under authorizations, beside authentications, where it counts for every issuer of the rule',
  },
  {
    kind: apiRule,
    at: issuer,
    names: ['audience', 'aud', 'target_audience'],
    hint: 'audiences belong under authorizations, beside authentications, where they count for every issuer of the rule',
  },
  {
    kind: apiRule,
    at: issuer,
    names: ['scope', 'scopes', 'required_scope', 'required_scopes'],
    hint: 'scopes belong under authorizations, beside authentications, as requiredScopes',
  },
  {
    kind: apiRule,
    at: 'authorizations[]',
    names: ['scope', 'scopes', 'required_scope', 'required_scopes'],
    hint: 'did you mean requiredScopes?',
    repair: (value) => ['requiredScopes', value],
  },
  {
    kind: apiRule,
    at: issuer,
    names: ['jwks', 'jwksUrl', 'jwks_url'],
    hint: 'did you mean jwksUri?',
    repair: (value) => ['jwksUri', value],
  },
  {
    kind: fn,
    at: 'spec',
    names: ['minReplicas', 'maxReplicas'],
    hint: 'it is of Function v1alpha1: give replicas, or scale by a HorizontalPodAutoscaler',
  },
  { kind: fn, at: 'spec', names: ['deps'], hint: 'it is of Function v1alpha1: give source.inline.dependencies' },
  {
    kind: fn,
    at: 'spec',
    names: ['resources', 'buildResources', 'profile'],
    hint: 'it belongs under resourceConfiguration.function',
  },
  { kind: instance, at: 'spec', names: ['serviceClassExternalName', 'clusterServiceClassExternalName'], hint: 'give serviceOfferingName' },
  { kind: instance, at: 'spec', names: ['servicePlanExternalName', 'clusterServicePlanExternalName'], hint: 'give servicePlanName' },
];

/** What stands for a field that people know from an earlier version or another place; nothing when it is none of these. */
export function misunderstandingOf(kind: string, path: JsonPath, value: JsonValue): Misunderstanding | undefined {
  const name = path.at(-1);
  const place = formatJsonPath(path.slice(0, -1)).replaceAll(/\[\d+\]/g, '[]');
  const found = known.find((entry) => entry.kind === kind && entry.names.some((n) => n === name) && isAt(place, entry.at));
  return found && { hint: found.hint, ...(found.repair && { repaired: found.repair(value) }) };
}

function isAt(place: string, at: string | undefined): boolean {
  return at === undefined || place === at || place.endsWith(`.${at}`);
}
