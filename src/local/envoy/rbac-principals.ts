import type { PolicyCondition, PolicySource } from '../../model/istio';
import type { JsonObject } from '../../model/json';
import { jwtFilterName, payloadKey } from './jwt-filter';
import { identityScheme, principalHeader } from './private-header';
import { headerMatcher, stringMatcher } from './string-matcher';

const anyText: JsonObject = { safe_regex: { regex: '.+' } };

/** What a policy says about the caller and the conditions of its rule, as principal of Envoy's RBAC filter; without members it is anybody. */
export function principalOf(source: PolicySource, conditions: readonly PolicyCondition[]): JsonObject {
  const parts = [
    ...alternatives(source.principals, source.notPrincipals, peerPrincipal),
    ...alternatives(source.requestPrincipals, source.notRequestPrincipals, requestPrincipal),
    ...alternatives(source.namespaces, source.notNamespaces, namespacePrincipal),
    ...conditions.flatMap(({ key, values, notValues }) => conditionPrincipals(key, values, notValues)),
  ];
  return { and_ids: { ids: parts.length > 0 ? parts : [{ any: true }] } };
}

/** True for a condition that `principalOf` can express. */
export function isKnownCondition(key: string): boolean {
  return knownKeys.has(key) || /^request\.(?:headers\[[^\]]+\]|auth\.claims(?:\[[^\]]+\])+)$/.test(key);
}

const knownKeys = new Set([
  'request.auth.audiences',
  'request.auth.presenter',
  'request.auth.principal',
  'source.principal',
  'source.namespace',
]);

function conditionPrincipals(key: string, values: readonly string[] | undefined, notValues: readonly string[] | undefined): JsonObject[] {
  const header = /^request\.headers\[([^\]]+)\]$/.exec(key)?.[1];
  if (header !== undefined) return alternatives(values, notValues, (value) => ({ header: headerMatcher(header, value) }));
  if (key === 'source.principal') return alternatives(values, notValues, peerPrincipal);
  if (key === 'source.namespace') return alternatives(values, notValues, namespacePrincipal);
  if (key === 'request.auth.principal') return alternatives(values, notValues, requestPrincipal);
  const claims = claimPath(key);
  return alternatives(values, notValues, (value) => claimPrincipal(claims, stringMatcher(value)));
}

function claimPath(key: string): string[] {
  if (key === 'request.auth.audiences') return ['aud'];
  if (key === 'request.auth.presenter') return ['azp'];
  return [...key.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '');
}

/** A claim matches as text or as a list that holds the text. */
function claimPrincipal(claims: readonly string[], matcher: JsonObject): JsonObject {
  const text = { string_match: matcher };
  return metadata(claims, { or_match: { value_matchers: [{ list_match: { one_of: text } }, text] } });
}

function metadata(claims: readonly string[], value: JsonObject): JsonObject {
  return { metadata: { filter: jwtFilterName, path: [payloadKey, ...claims].map((key) => ({ key })), value } };
}

function peerPrincipal(value: string): JsonObject {
  return { header: { name: principalHeader, string_match: stringMatcher(value, identityScheme) } };
}

function namespacePrincipal(value: string): JsonObject {
  const regex = `.*/ns/${value.replaceAll('*', '.*')}/.*`;
  return { header: { name: principalHeader, string_match: { safe_regex: { regex } } } };
}

/** Issuer and subject are told apart at the last slash; only one of them can hold the wildcard. */
function requestPrincipal(value: string): JsonObject {
  const { issuer, subject } = principalParts(value);
  return {
    and_ids: {
      ids: [metadata(['iss'], { string_match: issuer }), metadata(['sub'], { string_match: subject })],
    },
  };
}

function principalParts(value: string): { readonly issuer: JsonObject; readonly subject: JsonObject } {
  if (value === '*') return { issuer: anyText, subject: anyText };
  const slash = value.lastIndexOf('/');
  const issuer = slash < 0 ? value : value.slice(0, slash);
  const subject = slash < 0 ? '' : value.slice(slash + 1);
  if (value.startsWith('*')) {
    if (slash < 0) return { issuer: anyText, subject: { suffix: value.slice(1) } };
    return { issuer: stringMatcher(issuer), subject: { exact: subject } };
  }
  if (!value.endsWith('*')) return { issuer: { exact: issuer }, subject: { exact: subject } };
  return slash < 0 ? { issuer: stringMatcher(value), subject: anyText } : { issuer: { exact: issuer }, subject: stringMatcher(subject) };
}

function alternatives(
  wanted: readonly string[] | undefined,
  unwanted: readonly string[] | undefined,
  principal: (value: string) => JsonObject,
): JsonObject[] {
  return [
    ...(wanted && wanted.length > 0 ? [{ or_ids: { ids: wanted.map(principal) } }] : []),
    ...(unwanted && unwanted.length > 0 ? [{ not_id: { or_ids: { ids: unwanted.map(principal) } } }] : []),
  ];
}
