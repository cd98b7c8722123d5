import * as fc from 'fast-check';
import type { JsonObject } from '../../src/model/json';
import { ingressPrincipal } from '../../src/model/mesh';
import { issuers } from './token-recipes';

const principal = fc.constantFrom(
  ingressPrincipal,
  'cluster.local/ns/shop/sa/caller',
  'cluster.local/ns/istio-system/*',
  '*',
  '*/sa/caller',
  'cluster.local/ns/*',
);
const requestPrincipal = fc.constantFrom(
  '*',
  `${issuers.a}/*`,
  `${issuers.a}/client`,
  `${issuers.b}/*`,
  `${issuers.slash}/*`,
  `${issuers.plain}/*`,
  '*/client',
  'https://a.example.com/*',
  'https://a*',
  '*token/client',
  'plain-issuer',
);
const namespace = fc.constantFrom('shop', 'istio-system', '*', 'sh*');
const path = fc.constantFrom('/a', '/a/*', '*', '*/end', '/api*', '/{*}', '/a/{**}', '/admin', '/{id}', '/a/{*}/b', '/');
const host = fc.constantFrom(
  'api.@case.example.com',
  '*.@case.example.com',
  'API.@case.example.com',
  'api.*',
  '*',
  'api.@case.example.com:*',
);
const method = fc.constantFrom('GET', 'POST', 'P*', '*', '*T', 'get');

function some<T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.uniqueArray(one, { minLength: 1, maxLength: 2 });
}

const source = fc.record(
  {
    principals: some(principal),
    notPrincipals: some(principal),
    requestPrincipals: some(requestPrincipal),
    notRequestPrincipals: some(requestPrincipal),
    namespaces: some(namespace),
    notNamespaces: some(namespace),
  },
  { requiredKeys: [] },
);
const operation = fc.record(
  { hosts: some(host), notHosts: some(host), methods: some(method), notMethods: some(method), paths: some(path), notPaths: some(path) },
  { requiredKeys: [] },
);
const key = fc.constantFrom(
  'request.auth.claims[scope]',
  'request.auth.claims[scp]',
  'request.auth.claims[permission]',
  'request.auth.claims[realm][roles]',
  'request.auth.claims[realm][name]',
  'request.auth.claims[sub]',
  'request.auth.audiences',
  'request.auth.principal',
  'request.headers[x-flag]',
  'request.headers[X-Flag]',
  'source.principal',
  'source.namespace',
);
const value = fc.constantFrom(
  'read',
  'write',
  'one',
  'admin',
  'main',
  'client',
  'on',
  'o*',
  '*n',
  '*',
  'p',
  ingressPrincipal,
  'istio-system',
  `${issuers.a}/client`,
);
const condition = fc
  .record({ key, values: some(value), notValues: some(value) }, { requiredKeys: ['key'] })
  .filter(({ values, notValues }) => values !== undefined || notValues !== undefined);

function atMostOne<T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(one, { maxLength: 1 });
}

const filled = (one: object): boolean => Object.keys(one).length > 0;
const rule = fc.record(
  {
    from: fc.array(source.filter(filled), { minLength: 1, maxLength: 2 }).map((list) => list.map((one) => ({ source: one }))),
    to: fc.array(operation.filter(filled), { minLength: 1, maxLength: 2 }).map((list) => list.map((one) => ({ operation: one }))),
    when: atMostOne(condition),
  },
  { requiredKeys: [] },
);

const policy = fc.tuple(
  fc.constantFrom('ALLOW', 'ALLOW', 'DENY', 'AUDIT'),
  fc.array(rule, { maxLength: 2 }),
  fc.constantFrom('orders', 'carts', undefined),
);

/** Objects beside those of APIRules: policies of any kind for one workload or the whole namespace. */
export const randomPolicies: fc.Arbitrary<JsonObject[]> = fc
  .oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 2, arbitrary: fc.array(policy, { minLength: 1, maxLength: 2 }) })
  .map((list) =>
    list.map(([action, rules, app], index) => ({
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: `manual-${index}`, namespace: '@case' },
      spec: { action, rules: rules, ...(app === undefined ? {} : { selector: { matchLabels: { app } } }) },
    })),
  );
