import type { JsonObject } from '../../src/model/json';
import { clusterOf } from '../../src/model/cluster';
import { ingressPrincipal } from '../../src/model/mesh';
import { readManifests } from '../../src/model/read-manifests';
import { translate } from '../../src/model/translate';
import { apiRule, clusterFrom, istioFrom, policy, request, rule, service, status } from '../support/model';

const virtualService = (...objects: JsonObject[]) => istioFrom(...objects).virtualServices[0];
const route = (...objects: JsonObject[]) => virtualService(...objects)?.http[0];
const policies = (...rules: JsonObject[]) => istioFrom(apiRule(rules), service()).authorizationPolicies;
const second = { issuer: 'https://id.example.org', jwksUri: 'https://id.example.org/keys' };
const extAuth = (restrictions?: JsonObject) => ({
  path: '/x',
  methods: ['GET'],
  extAuth: { authorizers: ['one', 'two'], ...(restrictions ? { restrictions } : {}) },
});

describe('the VirtualService', () => {
  test('has one route per rule, in their order', () => {
    const routes = virtualService(apiRule([rule('/a', 'GET,POST'), rule('/*', 'GET')]), service())?.http;
    expect(routes?.map(({ uri, methodRegex, origin }) => [uri, methodRegex, origin?.rule])).toEqual([
      [{ kind: 'regex', value: '^/a$' }, '^(GET|POST)$', 0],
      [{ kind: 'prefix', value: '/' }, '^(GET)$', 1],
    ]);
  });

  test('stands in the namespace of the APIRule and at its gateway', () => {
    expect(virtualService(apiRule([rule('/a', 'GET')]))).toMatchObject({ namespace: 'shop', gateways: ['kyma-system/kyma-gateway'] });
  });

  test('belongs to the generated gateway when the APIRule names an external one', () => {
    const { gateways } = virtualService(apiRule([rule('/a', 'GET')], { gateway: null, externalGateway: 'shop/partners' })) ?? {};
    expect(gateways).toEqual(['shop/partners-gw']);
  });

  test.each([
    [undefined, undefined, 180],
    [20, undefined, 20],
    [20, 5, 5],
  ])('waits with an APIRule timeout %s and a rule timeout %s for %d s', (ofApiRule, ofRule, expected) => {
    const rules = [{ ...rule('/a', 'GET'), ...(ofRule === undefined ? {} : { timeout: ofRule }) }];
    expect(route(apiRule(rules, ofApiRule === undefined ? {} : { timeout: ofApiRule }))?.timeoutSeconds).toBe(expected);
  });

  test('sets the forwarded host, the rule headers, and all cookies as one header', () => {
    const rules = [{ ...rule('/a', 'GET'), request: { headers: { 'x-a': '1' }, cookies: { b: '2', c: '3' } } }];
    expect(route(apiRule(rules))?.setRequestHeaders).toEqual({ 'x-forwarded-host': 'orders.example.com', 'x-a': '1', Cookie: 'b=2; c=3' });
  });

  test('forwards the host of the request when its own is a wildcard', () => {
    const { setRequestHeaders } = route(apiRule([rule('/a', 'GET')], { hosts: ['*.example.com'] })) ?? {};
    expect(setRequestHeaders).toEqual({ 'x-forwarded-host': '%REQ(:AUTHORITY)%' });
  });

  test('removes the six CORS headers of the workload, with or without a policy', () => {
    expect(route(apiRule([rule('/a', 'GET')]))?.removeResponseHeaders).toHaveLength(6);
  });

  test('takes an unknown origin key for a prefix', () => {
    const corsPolicy = { allowOrigins: [{ exact: 'https://a' }, { glob: 'https://b' }, { regex: 'c.*' }], maxAge: 5 };
    expect(route(apiRule([rule('/a', 'GET')], { corsPolicy }))?.cors).toMatchObject({
      allowOrigins: [
        { match: 'exact', value: 'https://a' },
        { match: 'prefix', value: 'https://b' },
        { match: 'regex', value: 'c.*' },
      ],
      maxAgeSeconds: 5,
    });
  });

  test('has no CORS policy when no origin is allowed', () => {
    expect(route(apiRule([rule('/a', 'GET')], { corsPolicy: { allowMethods: ['GET'] } }))?.cors).toBeUndefined();
  });
});

describe('hosts and services', () => {
  const short = apiRule([rule('/a', 'GET')], { hosts: ['orders'] });
  const gateway = (hosts: string[]): JsonObject => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'kyma-gateway', namespace: 'kyma-system' },
    spec: { servers: [{ hosts }] },
  });

  test.each([
    [['*.example.com'], 'orders.example.com'],
    [['*.example.com', '*.example.org'], 'orders'],
    [['www.example.com'], 'orders'],
  ])('a short host behind a gateway for %j is %s', (hosts, expected) => {
    expect(virtualService(short, gateway(hosts))?.hosts).toEqual([expected]);
  });

  test('a domain that is given wins over the gateway of the input', () => {
    const { manifests } = readManifests(
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [short, gateway(['*.example.com'])] }),
      'in',
    );
    expect(translate(clusterOf(manifests, { domain: 'example.org' }).cluster).virtualServices[0]?.hosts).toEqual(['orders.example.org']);
  });

  test.each([
    [{}, { name: 'a', port: 1 }, 'shop/a'],
    [{ service: { name: 'o', port: 1, namespace: 'other' } }, { name: 'a', port: 1 }, 'other/a'],
    [{}, { name: 'a', port: 1, namespace: 'mine' }, 'mine/a'],
  ])('with %j a rule service %j means %s', (spec, ofRule, expected) => {
    const { namespace, service: name } = route(apiRule([{ ...rule('/a', 'GET'), service: ofRule }], spec))?.destination ?? {};
    expect(`${namespace ?? ''}/${name ?? ''}`).toBe(expected);
  });

  test('policies carry the selector of the Service and stand in its namespace', () => {
    expect(policies(rule('/a', 'GET'))[0]).toMatchObject({ namespace: 'shop', selector: { app: 'orders' } });
  });

  test('a Function implies its Service and the labels of its Pods', () => {
    const fn: JsonObject = {
      apiVersion: 'serverless.kyma-project.io/v1alpha2',
      kind: 'Function',
      metadata: { name: 'orders', namespace: 'shop' },
      spec: { labels: { 'sidecar.istio.io/inject': 'true' } },
    };
    const { workload } = route(apiRule([rule('/a', 'GET')]), fn)?.destination ?? {};
    expect(workload).toMatchObject({
      assumed: false,
      labels: { 'serverless.kyma-project.io/function-name': 'orders', 'sidecar.istio.io/inject': 'true' },
    });
  });

  test('without Service in the input the workload is assumed', () => {
    expect(route(apiRule([rule('/a', 'GET')]))?.destination.workload.assumed).toBe(true);
  });

  test('labels of the only Deployment behind a Service are known', () => {
    const labels = { app: 'orders', tier: 'back' };
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'd', namespace: 'shop' },
      spec: { template: { metadata: { labels } } },
    };
    expect(route(apiRule([rule('/a', 'GET')]), service(), deployment)?.destination.workload.labels).toEqual(labels);
  });
});

describe('AuthorizationPolicies', () => {
  test('a public rule admits the ingress gateway only', () => {
    expect(policies(rule('/a', 'GET'))).toMatchObject([
      { action: 'ALLOW', rules: [{ from: [{ principals: [ingressPrincipal] }], when: [] }] },
    ]);
  });

  test('a protected rule names every issuer of the rule', () => {
    const [made] = policies(rule('/a', 'GET', { authentications: [second, { ...second, issuer: 'https://x/' }] }));
    expect(made?.rules[0]?.from[0]?.requestPrincipals).toEqual(['https://id.example.org/*', 'https://x//*']);
  });

  test.each([
    ['no authorizations', [], 1, 1, 0],
    ['an empty one', [{}], 1, 1, 0],
    ['an audience', [{ audiences: ['a', 'b'] }], 1, 1, 2],
    ['a scope', [{ requiredScopes: ['s'] }], 1, 3, 1],
    ['scopes and an audience', [{ requiredScopes: ['s', 't'], audiences: ['a'] }], 1, 3, 3],
    ['two authorizations', [{ requiredScopes: ['s'] }, { audiences: ['a'] }], 2, 3, 1],
  ])(
    'with %s there are as many policies, rules and conditions as the controller makes',
    (_name, authorizations, count, rules, conditions) => {
      const made = policies(rule('/a', 'GET', { authorizations }));
      expect([made.length, made[0]?.rules.length, made[0]?.rules[0]?.when.length]).toEqual([count, rules, conditions]);
    },
  );

  test('scopes are looked for in three claims, all in the same one', () => {
    const [made] = policies(rule('/a', 'GET', { authorizations: [{ requiredScopes: ['s', 't'] }] }));
    const keys = made?.rules.map(({ when }) => when.map(({ key }) => key));
    expect(keys).toEqual(['scp', 'scope', 'scopes'].map((claim) => Array(2).fill(`request.auth.claims[${claim}]`)));
  });

  test('an external authorizer gets its own policy, without a source, before the admitting one', () => {
    const made = policies(extAuth());
    expect(made.map(({ action, provider, rules }) => [action, provider, rules[0]?.from.length])).toEqual([
      ['CUSTOM', 'one', 0],
      ['CUSTOM', 'two', 0],
      ['ALLOW', undefined, 1],
    ]);
  });

  test('restrictions of an external authorizer work like those of a token rule', () => {
    const objects = istioFrom(apiRule([extAuth({ authentications: [second], authorizations: [{ audiences: ['a'] }] })]), service());
    expect(objects.authorizationPolicies.at(-1)?.rules[0]?.when).toEqual([{ key: 'request.auth.claims[aud]', values: ['a'] }]);
    expect(objects.requestAuthentications[0]?.jwtRules[0]?.issuer).toBe('https://id.example.org');
  });

  test('of two rules that agree in all the controller compares, the later policy replaces the earlier', () => {
    const made = policies(rule('/a/b', 'GET'), rule('/a', 'GET', {}), rule('/a', 'GET'));
    expect(made.map(({ origin, rules }) => [origin?.rule, rules[0]?.from[0]?.requestPrincipals])).toEqual([
      [0, undefined],
      [2, undefined],
    ]);
  });

  test('policies of rules for different services are kept apart', () => {
    const made = policies({ ...rule('/a', 'GET', {}), service: { name: 'other', port: 1 } }, rule('/a', 'GET'));
    expect(made).toHaveLength(2);
  });
});

describe('notPaths', () => {
  test.each([
    [['/api/admin GET', '/api/{**} GET,POST'], ['/api/admin']],
    [['/anything/{*}/one POST', '/anything/{**} POST', '/anything/{**} GET'], undefined],
    [['/ GET', '/* GET'], undefined],
    [['/api/{**} POST', '/api/admin GET', '/api/{**} GET'], undefined],
    [['/a/b GET', '/a GET', '/a GET'], ['/a/b']],
    [['/{**} POST', '/x GET', '/* GET'], ['/x']],
    [['/x POST', '/* GET'], undefined],
    [['/x/{*} GET', '/x/{**} GET'], ['/x/{*}']],
  ])('of the last of %j are %j', (rules, expected) => {
    const made = policies(...rules.map((text) => rule(text.split(' ')[0] ?? '', text.split(' ')[1] ?? '')));
    expect(made.at(-1)?.rules[0]?.to[0]?.notPaths).toEqual(expected);
  });

  test('/* becomes a template in the paths of a policy', () => {
    expect(policies(rule('/*', 'GET'))[0]?.rules[0]?.to[0]).toEqual({ hosts: ['orders.example.com'], methods: ['GET'], paths: ['/{**}'] });
  });
});

describe('RequestAuthentications', () => {
  test('rules with the same issuers share one', () => {
    const rules = [rule('/a', 'GET', {}), rule('/b', 'GET', {}), rule('/c', 'GET', { authentications: [second] }), rule('/d', 'GET')];
    expect(istioFrom(apiRule(rules), service()).requestAuthentications.map(({ jwtRules }) => jwtRules.map(({ issuer }) => issuer))).toEqual(
      [['https://example.com'], ['https://id.example.org']],
    );
  });

  test('places of the token are kept', () => {
    const places = { fromHeaders: [{ name: 'x-token', prefix: 'Token ' }] };
    const [made] = istioFrom(apiRule([rule('/a', 'GET', { authentications: [{ ...second, ...places }] })])).requestAuthentications;
    expect(made?.jwtRules).toEqual([{ ...second, ...places, fromParams: [] }]);
  });
});

describe('Istio objects of the input', () => {
  test('stand beside the translated ones', () => {
    const { authorizationPolicies } = istioFrom(apiRule([rule('/a', 'GET')]), service(), policy({ rules: [{}] }));
    expect(authorizationPolicies.map(({ name }) => name)).toEqual(['orders-0-0', 'manual']);
  });

  const labels = { 'apirule.gateway.kyma-project.io/name': 'orders', 'apirule.gateway.kyma-project.io/namespace': 'shop' };
  const realPolicy = { ...policy({ rules: [{}] }), metadata: { name: 'orders-x', namespace: 'shop', labels } };
  const realService = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'orders-y', namespace: 'shop', labels },
    spec: {
      hosts: ['orders.example.com'],
      gateways: ['kyma-system/kyma-gateway'],
      http: [
        {
          match: [{ uri: { exact: '/old' }, method: { exact: 'GET' } }],
          route: [{ destination: { host: 'orders.shop.svc.cluster.local' } }],
          timeout: '1m',
        },
      ],
    },
  };

  test('of an APIRule stand in for its translation', () => {
    const objects = istioFrom(apiRule([rule('/new', 'GET')]), service(), realPolicy, realService);
    expect([status(objects, request('GET /old')), status(objects, request('POST /old')), status(objects, request('GET /new'))]).toEqual([
      200, 404, 404,
    ]);
  });

  test('stand in only when route and policies are there', () => {
    expect([...clusterFrom(apiRule([rule('/new', 'GET')]), realService).realized]).toEqual([]);
  });

  test.each<[string, JsonObject, number | string]>([
    ['match headers', { match: [{ headers: { a: { exact: 'b' } } }] }, 'unknown'],
    ['redirect', { redirect: { uri: '/new' } }, 'unknown'],
    ['split the traffic', { route: [{ destination: { host: 'a' } }, { destination: { host: 'b' } }] }, 'unknown'],
    ['match everything', {}, 200],
    ['match one of several', { match: [{ uri: { exact: '/x' } }, { uri: { prefix: '/old' }, method: { prefix: 'G' } }] }, 200],
    ['match another method', { match: [{ uri: { regex: '/o.*' }, method: { regex: 'POST|PUT' } }] }, 404],
  ])('that %s decide as far as the model knows', (_name, route, expected) => {
    const http = [{ route: [{ destination: { host: 'orders' } }], ...route }];
    const objects = istioFrom({ ...realService, spec: { ...realService.spec, http } });
    expect(status(objects, request('GET /old'))).toBe(expected);
  });

  test.each([[['mesh']], [[]]])('at the gateways %j are not seen from outside', (gateways) => {
    expect(status(istioFrom({ ...realService, spec: { ...realService.spec, gateways } }), request('GET /old'))).toBe(404);
  });
});
