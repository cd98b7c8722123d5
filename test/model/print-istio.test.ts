import fc from 'fast-check';
import { decide } from '../../src/model/decide';
import type { JsonObject } from '../../src/model/json';
import { listAt, objectAt, objectsAt, textOf } from '../../src/model/json-fields';
import { printIstio } from '../../src/model/print-istio';
import { printManifests } from '../../src/model/print-manifests';
import { readIstioObjects } from '../../src/model/read-istio-objects';
import { readManifests } from '../../src/model/read-manifests';
import { indexServices } from '../../src/model/service-workload';
import { translate } from '../../src/model/translate';
import { apiRule, clusterFrom, good, goodToken, request, rule, service } from '../support/model';
import { issuers, objects, path } from './search/random-cluster';
import { runs } from '../support/runs';

function printed(...input: JsonObject[]): JsonObject[] {
  return printIstio(clusterFrom(...input)).map(({ object }) => object);
}

function routeOf(virtualService: JsonObject | undefined, index: number): JsonObject {
  return objectsAt(objectAt(virtualService ?? {}, 'spec'), 'http')[index]?.[0] ?? {};
}

/** What `kubectl create` does with `generateName`. */
function named(object: JsonObject, index: number): JsonObject {
  const { generateName, ...metadata } = objectAt(object, 'metadata');
  return { ...object, metadata: { ...metadata, name: `${textOf(generateName)}${index}` } };
}

const full = apiRule(
  [
    {
      ...rule('/api/{**}', 'GET,POST', { authorizations: [{ requiredScopes: ['read'], audiences: ['orders'] }] }),
      timeout: 20,
      request: { headers: { 'X-Tier': 'gold' }, cookies: { a: '1', b: '2' } },
    },
    rule('/*', 'GET'),
  ],
  { corsPolicy: { allowOrigins: [{ exact: 'https://app.example.com' }], allowMethods: ['GET'], allowCredentials: true, maxAge: 600 } },
);

const labels = {
  'apirule.gateway.kyma-project.io/name': 'orders',
  'apirule.gateway.kyma-project.io/namespace': 'shop',
  'kyma-project.io/module': 'api-gateway',
  'app.kubernetes.io/managed-by': 'api-gateway',
  'app.kubernetes.io/component': 'api-gateway',
  'app.kubernetes.io/part-of': 'api-gateway',
};

test('the VirtualService has the name, labels and routes that the controller gives it', () => {
  const [virtualService] = printed(service(), full);
  expect(virtualService).toMatchObject({ metadata: { generateName: 'orders-', namespace: 'shop', labels } });
  expect(routeOf(virtualService, 0)).toEqual({
    match: [{ uri: { regex: "^/api/([A-Za-z0-9-._~!$&'()*+,;=:@/]|%[0-9a-fA-F]{2})*$" }, method: { regex: '^(GET|POST)$' } }],
    route: [{ destination: { host: 'orders.shop.svc.cluster.local', port: { number: 8080 } }, weight: 100 }],
    timeout: '20s',
    headers: {
      request: { set: { 'x-forwarded-host': 'orders.example.com', 'X-Tier': 'gold', Cookie: 'a=1; b=2' } },
      response: {
        remove: ['Allow-Origin', 'Expose-Headers', 'Allow-Headers', 'Allow-Credentials', 'Allow-Methods', 'Max-Age'].map(
          (name) => `Access-Control-${name}`,
        ),
      },
    },
    corsPolicy: { allowOrigins: [{ exact: 'https://app.example.com' }], allowMethods: ['GET'], allowCredentials: true, maxAge: '600s' },
  });
});

test('a route of /* is a prefix, and waits for 180 seconds when nobody says how long', () => {
  const [virtualService] = printed(service(), full);
  expect(routeOf(virtualService, 1)).toMatchObject({ match: [{ uri: { prefix: '/' } }], timeout: '180s' });
});

test('policies carry their position as a label, scopes in each of three claims, and what earlier rules took', () => {
  const [, protectedPolicy = {}, publicPolicy = {}] = printed(service(), full);
  expect(objectAt(protectedPolicy, 'metadata')['labels']).toEqual({ ...labels, 'gateway.kyma-project.io/index': '0' });
  expect(
    objectsAt(objectAt(protectedPolicy, 'spec'), 'rules').map(([one]) => objectsAt(one, 'when').map(([condition]) => condition['key'])),
  ).toEqual(['scp', 'scope', 'scopes'].map((claim) => [`request.auth.claims[${claim}]`, 'request.auth.claims[aud]']));
  expect(publicPolicy['spec']).toMatchObject({
    selector: { matchLabels: { app: 'orders' } },
    action: 'ALLOW',
    rules: [{ to: [{ operation: { paths: ['/{**}'], notPaths: ['/api/{**}'] } }] }],
  });
});

test('the RequestAuthentication forwards the token and names no audience', () => {
  const authentication = printed(service(), full).at(-1) ?? {};
  expect([authentication['kind'], listAt(objectAt(authentication, 'spec'), 'jwtRules')]).toEqual([
    'RequestAuthentication',
    [{ issuer: 'https://example.com', jwksUri: 'https://example.com/.well-known/jwks.json', forwardOriginalToken: true }],
  ]);
});

test('a selector that the input does not hold is said to be missing', () => {
  const remarks = printIstio(clusterFrom(full)).map(({ remark }) => remark);
  expect(remarks).toEqual([
    undefined,
    ...Array.from({ length: 3 }, () => expect.stringContaining('Service shop/orders is not in the input')),
  ]);
});

const call = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT'),
  target: path.map((text) => text.replaceAll('{**}', 'a/b').replaceAll('{*}', 'ab').replace('*', 'a')),
  host: fc.constantFrom('orders.example.com', 'other.example.com', 'example.org'),
  token: fc.option(
    fc.record({
      issuer: fc.constantFrom(...issuers),
      claims: fc.constantFrom<JsonObject>({ scope: 'read' }, { scp: ['admin'], aud: 'orders' }, {}),
    }),
  ),
});

test('what is printed decides about every request as what was translated', () => {
  fc.assert(
    fc.property(objects, fc.array(call, { minLength: 1, maxLength: 6 }), (input, calls) => {
      const cluster = clusterFrom(...input);
      const text = printManifests(printIstio(cluster).map(({ object }, index) => named(object, index)));
      const { objects: real, problems } = readIstioObjects(readManifests(text, 'printed.yaml').manifests, indexServices(cluster.services));
      expect(problems).toEqual([]);
      for (const { method, target, host, token } of calls) {
        const sent = request(`${method} ${target}`, token ? goodToken : undefined, { host });
        const facts = good(token?.claims ?? {}, token ? { issuer: token.issuer } : {});
        const [is, was] = [decide(real, sent, facts), decide(translate(cluster), sent, facts)];
        expect([is.verdict, is.status, is.destination]).toEqual([was.verdict, was.status, was.destination]);
      }
    }),
    { numRuns: runs(200) },
  );
});
