import type { JsonObject } from '../../src/model/json';
import type { CaseRequest } from './conformance-case';
import { issuers } from './token-recipes';

/** Answers as `outcomeText` writes them. */
export const rbac = '403 "RBAC: access denied"';
export const nowhere = '404 ""';
export const malformed = '400 "Bad Request"';
export const preflightAnswer = '200 ""';
export const refusedToken = (reason: string): string => `401 ${JSON.stringify(reason)}`;
export const reach = (target: string, service = 'orders'): string => `forwarded to ${service} as ${target}`;

export const open: JsonObject = { noAuth: true };

/** A JWT strategy that trusts issuers of the conformance cases by their short names. */
export function jwt(names: readonly (keyof typeof issuers)[], authorizations: JsonObject[] = [], place: JsonObject = {}): JsonObject {
  const authentications = names.map((name) => ({ issuer: issuers[name], jwksUri: 'https://keys.example.com/keys', ...place }));
  return { jwt: { authentications, ...(authorizations.length > 0 ? { authorizations } : {}) } };
}

/** `GET,POST /path` with a strategy and further members. */
export function rule(line: string, access: JsonObject, more: JsonObject = {}): JsonObject {
  const [methods = '', path = ''] = line.split(' ');
  return { path, methods: methods.split(','), ...access, ...more };
}

export function apiRule(rules: JsonObject[], spec: JsonObject = {}, name = 'first'): JsonObject {
  return {
    apiVersion: 'gateway.kyma-project.io/v2',
    kind: 'APIRule',
    metadata: { name, namespace: '@case' },
    spec: { hosts: ['api.@case.example.com'], gateway: 'kyma-system/kyma-gateway', service: { name: 'orders', port: 80 }, rules, ...spec },
  };
}

export function service(name = 'orders', app = name): JsonObject {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: '@case' }, spec: { selector: { app }, ports: [{ port: 80 }] } };
}

export function policy(action: string, rules: JsonObject[], name = 'manual'): JsonObject {
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name, namespace: '@case' },
    spec: { action, rules, selector: { matchLabels: { app: 'orders' } } },
  };
}

/** `GET /target`, with a token as `Authorization: Bearer`. */
export function call(line: string, token?: string, more: Partial<CaseRequest> = {}): CaseRequest {
  const [method = '', target = ''] = line.split(' ');
  const headers = token === undefined ? [] : [['Authorization', `Bearer @token(${token})`] as const];
  return { method, target, headers, ...more };
}

/** A request with the headers of a page of an origin that asks before it sends. */
export function preflight(line: string, origin: string, token?: string): CaseRequest {
  const asked = call(line, token);
  return { ...asked, headers: [['Origin', origin], ['Access-Control-Request-Method', 'POST'], ...(asked.headers ?? [])] };
}
