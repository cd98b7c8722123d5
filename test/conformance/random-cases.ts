import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../src/model/json';
import { ruleMethods } from '../../src/model/api-rule';
import { parsePathTemplate } from '../../src/model/path-template';
import type { CaseRequest, ConformanceCase } from './conformance-case';
import { randomPolicies } from './random-policies';
import { randomRequest } from './random-requests';
import { issuers } from './token-recipes';

/** How much is drawn. */
export interface Draw {
  readonly seed: number;
  readonly sets: number;
  readonly requestsPerSet: number;
}

/** Random rule sets with requests to them; the same seed gives the same ones. */
export function drawCases({ seed, sets, requestsPerSet }: Draw): ConformanceCase[] {
  return fc
    .sample(randomCase(requestsPerSet), { seed, numRuns: sets })
    .map((one, index) => ({ ...one, name: `seed ${seed} set ${index}` }));
}

const literals = [
  'a',
  'b',
  'api',
  'admin',
  'A',
  'a.b',
  'v1.0',
  'a+b',
  'x-y_z',
  'a~',
  'a%20b',
  'a%2Fb',
  "it's",
  '$x',
  'a$b',
  '(a)',
  'a;b',
  'a=b',
  '@',
  ':x',
  '!',
  ',',
];

const pathText = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('/', '/*', '/{**}') },
  {
    weight: 6,
    arbitrary: fc
      .record({
        segments: fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...literals) }, { weight: 2, arbitrary: fc.constant('{*}') }), {
          minLength: 1,
          maxLength: 4,
        }),
        rest: fc.constantFrom('', '', '', '/{**}', '/', '/{**}/end', '//end'),
      })
      .map(({ segments, rest }) => `/${segments.join('/')}${rest}`)
      .filter((path) => parsePathTemplate(path) !== undefined),
  },
);

const claimValue = fc.constantFrom('read', 'write', 'admin', 're*', '*ite', '*', 'READ', 'read write', 'x');
const audience = fc.constantFrom('one', 'two', 'o*', '*', 'three');
const authorization = fc.record(
  { requiredScopes: fc.uniqueArray(claimValue, { maxLength: 2 }), audiences: fc.uniqueArray(audience, { maxLength: 2 }) },
  { requiredKeys: [] },
);
const headerPlace = fc
  .tuple(fc.constantFrom('X-Token', 'Authorization', 'x-jwt'), fc.constantFrom(undefined, 'JwtToken ', 'Bearer '))
  .map(([name, prefix]): JsonObject => ({ fromHeaders: [{ name, ...(prefix === undefined ? {} : { prefix }) }] }));
const paramPlace = fc.constantFrom('token', 'access_token', 't').map((name): JsonObject => ({ fromParams: [name, 'token'] }));
const place = fc.oneof(
  { weight: 5, arbitrary: fc.constant<JsonObject>({}) },
  { weight: 1, arbitrary: headerPlace },
  { weight: 1, arbitrary: paramPlace },
);

/** A trusted issuer as an APIRule names it. */
export const authentication = fc
  .tuple(fc.constantFrom(...Object.values(issuers).slice(0, 4)), place)
  .map(([issuer, where]): JsonObject => ({
    issuer,
    jwksUri: 'https://keys.example.com/keys',
    ...where,
  }));

const jwt = fc.record({
  authentications: fc.uniqueArray(authentication, { minLength: 1, maxLength: 2, selector: ({ issuer }) => issuer }),
  authorizations: fc.array(authorization, { maxLength: 2 }),
});
const access = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ noAuth: true }) },
  { weight: 3, arbitrary: jwt.map((config) => ({ jwt: config })) },
);
const headers = fc.constantFrom({}, {}, {}, {}, { request: { headers: { 'x-added': 'yes' }, cookies: { a: '1', b: '2' } } });

const rule = fc
  .tuple(
    pathText,
    fc.uniqueArray(fc.constantFrom(...ruleMethods), { minLength: 1, maxLength: 3 }),
    access,
    headers,
    fc.constantFrom('orders', 'orders', 'carts'),
  )
  .map(([path, methods, strategy, more, name]) => ({ path, methods, ...strategy, ...more, service: { name, port: 80 } }));

const cors = fc.record(
  {
    allowOrigins: fc.constantFrom<JsonValue[]>(
      [{ exact: 'https://app.example.com' }],
      [{ prefix: 'https://app' }],
      [{ regex: 'https://[a-z]+\\.example\\.com' }],
      [{ exact: '*' }],
      [{ regex: '.*' }],
      [],
    ),
    allowMethods: fc.constant(['GET', 'POST']),
    allowHeaders: fc.constant(['x-a', 'x-b']),
    exposeHeaders: fc.constant(['x-e']),
    allowCredentials: fc.boolean(),
    maxAge: fc.constant(60),
  },
  { requiredKeys: ['allowOrigins'] },
);

const spec = fc.record({ rules: fc.array(rule, { minLength: 1, maxLength: 4 }), corsPolicy: cors }, { requiredKeys: ['rules'] });

function randomCase(requests: number): fc.Arbitrary<Omit<ConformanceCase, 'name'>> {
  const second = fc.option(fc.tuple(fc.constantFrom('two.@case.example.com', '*.@case.example.com', '*.two.@case.example.com'), spec), {
    nil: undefined,
  });
  return fc.tuple(spec, second, randomPolicies, fc.constantFrom('carts', 'orders')).chain(([first, other, policies, shared]) => {
    const rules = [apiRule('first', 'api.@case.example.com', first), ...(other ? [apiRule('second', other[0], other[1])] : [])];
    const aims = rules.flatMap(({ spec: { hosts, rules: own } }) =>
      own.map(({ path, methods }) => ({ path, methods, host: hosts[0] ?? '' })),
    );
    // Some clusters have two Services before the same Pods.
    const services = [service('orders', 'orders'), service('carts', shared)];
    return fc
      .array(randomRequest(aims), { minLength: requests, maxLength: requests })
      .map((list: CaseRequest[]) => ({ manifests: [...services, ...(rules as unknown as JsonObject[]), ...policies], requests: list }));
  });
}

function apiRule<T extends object>(name: string, host: string, more: T) {
  return {
    apiVersion: 'gateway.kyma-project.io/v2',
    kind: 'APIRule',
    metadata: { name, namespace: '@case' },
    spec: { hosts: [host], gateway: 'kyma-system/kyma-gateway', ...more },
  };
}

function service(name: string, app: string): JsonObject {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: '@case' }, spec: { selector: { app }, ports: [{ port: 80 }] } };
}
