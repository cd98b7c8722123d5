import type { AuthorizationPolicy, PolicyCondition, PolicyOperation, PolicyRule, PolicySource } from './istio';
import type { JsonObject, JsonValue } from './json';
import { isJsonObject } from './json';
import type { NormalRequest } from './normalize-request';
import { policyMatcher } from './path-template';
import { matchesText } from './text-pattern';
import { every, not, some, type Verdict } from './verdict';

/** A request as the workload's proxy judges it. */
export interface PolicyInput {
  readonly request: NormalRequest;
  /** mTLS principal of the caller; `''` for plain text. */
  readonly principal: string;
  /** Claims of the token that was accepted; absent without one. */
  readonly claims?: JsonObject;
}

/** Claims that Istio splits at spaces; no other claim is. */
const spaceDelimited = new Set(['scope', 'permission']);

/** Whether one of the policy's rules matches. A policy without rules never does. */
export function matchesPolicy(policy: AuthorizationPolicy, input: PolicyInput): Verdict {
  return some(policy.rules, (rule) => matchesRule(rule, input));
}

/** Whether one rule of a policy matches. */
export function matchesRule(rule: PolicyRule, input: PolicyInput): Verdict {
  return every(
    [
      () => rule.from.length === 0 || some(rule.from, (source) => matchesSource(source, input)),
      () => rule.to.length === 0 || some(rule.to, (operation) => matchesOperation(operation, input.request)),
      () => every(rule.when, (condition) => matchesCondition(condition, input)),
    ],
    (part) => part(),
  );
}

function matchesSource(source: PolicySource, { principal, claims }: PolicyInput): Verdict {
  const namespace = namespaceOfPrincipal(principal);
  return every(
    [
      listed(source.principals, source.notPrincipals, (pattern) => principal !== '' && matchesText(pattern, principal)),
      listed(source.requestPrincipals, source.notRequestPrincipals, (pattern) => matchesRequestPrincipal(pattern, claims)),
      listed(source.namespaces, source.notNamespaces, (pattern) => namespace !== '' && matchesText(pattern, namespace)),
      unknownMembers(source.unsupported),
    ],
    (verdict) => verdict,
  );
}

/** Whether an operation of a policy is that of the request. */
export function matchesOperation(operation: PolicyOperation, request: NormalRequest): Verdict {
  return every(
    [
      // The port, if the client sent one, is part of the comparison.
      listed(operation.hosts, operation.notHosts, (pattern) => matchesText(pattern.toLowerCase(), request.host)),
      listed(operation.methods, operation.notMethods, (pattern) => matchesText(pattern, request.method)),
      listed(operation.paths, operation.notPaths, (pattern) => policyMatcher(pattern)(request.workloadPath)),
      unknownMembers(operation.ports ? ['ports', ...(operation.unsupported ?? [])] : operation.unsupported),
    ],
    (verdict) => verdict,
  );
}

function listed(
  wanted: readonly string[] | undefined,
  unwanted: readonly string[] | undefined,
  matches: (pattern: string) => boolean,
): boolean {
  return (wanted === undefined || wanted.some(matches)) && !(unwanted?.some(matches) ?? false);
}

function unknownMembers(members: readonly string[] | undefined): Verdict {
  return (
    members === undefined || members.length === 0 || { unknown: `what ${members.join(', ')} of a policy compares is not in the input` }
  );
}

/** `*` is any principal; else issuer and subject are told apart at the last slash. */
function matchesRequestPrincipal(pattern: string, claims: JsonObject | undefined): boolean {
  const { iss, sub } = claims ?? {};
  if (typeof iss !== 'string' || typeof sub !== 'string' || sub === '') return false;
  if (pattern === '*') return true;
  const slash = pattern.lastIndexOf('/');
  return slash >= 0 && matchesText(pattern.slice(0, slash), iss) && matchesText(pattern.slice(slash + 1), sub);
}

function namespaceOfPrincipal(principal: string): string {
  return /\/ns\/([^/]+)\//.exec(principal)?.[1] ?? '';
}

function matchesCondition({ key, values, notValues }: PolicyCondition, input: PolicyInput): Verdict {
  const present = attribute(key, input);
  if (present === undefined) return { unknown: `condition ${key} is not known to the model` };
  const matches = (pattern: string): boolean => present.some((text) => matchesText(pattern, text));
  return every(
    [(): Verdict => values === undefined || values.some(matches), (): Verdict => not(notValues?.some(matches) ?? false)],
    (part) => part(),
  );
}

/** Texts that an attribute holds; empty when the request has none, `undefined` for an attribute that the model does not know. */
function attribute(key: string, { request, principal, claims }: PolicyInput): readonly string[] | undefined {
  const header = /^request\.headers\[([^\]]+)\]$/.exec(key)?.[1];
  if (header !== undefined) return textsOf(request.headers[header.toLowerCase()]);
  if (key.startsWith('request.auth.claims[')) return claimTexts(key, claims);
  if (key === 'request.auth.audiences') return textsOf(claims?.['aud']);
  if (key === 'request.auth.presenter') return textsOf(claims?.['azp']);
  if (key === 'source.principal') return textsOf(principal === '' ? undefined : principal);
  if (key === 'source.namespace') return textsOf(namespaceOfPrincipal(principal) || undefined);
  return undefined;
}

function claimTexts(key: string, claims: JsonObject | undefined): readonly string[] {
  const names = [...key.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '');
  const value = names.reduce<JsonValue | undefined>((found, name) => (isJsonObject(found) ? found[name] : undefined), claims);
  const [name = ''] = names;
  return names.length === 1 && spaceDelimited.has(name) && typeof value === 'string' ? value.split(' ') : textsOf(value);
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
