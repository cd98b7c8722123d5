import { UsageError } from '../../src/model/errors';
import { readApiRules } from '../../src/model/read-api-rules';
import { readManifests } from '../../src/model/read-manifests';
import { readExpectations } from '../../src/verify/hints';
import { intentOfPath } from '../../src/verify/endpoint';
import { allProbes } from '../../src/verify/probes/all-probes';
import { planCalls, type CallPlan, type PlanOptions } from '../../src/verify/plan';
import { placeToken } from '../../src/verify/place-token';
import { requestOf } from '../../src/verify/request-of';
import { isNamed } from '../../src/model/route-pattern';

const jwt = { authentications: [{ issuer: 'https://a.example.com', jwksUri: 'https://a.example.com/jwks' }] };

function plan(
  rules: readonly object[],
  { hosts = ['api.example.com'], annotation }: { hosts?: string[]; annotation?: string } = {},
  options: Partial<PlanOptions> = {},
): CallPlan {
  const metadata = { name: 'a', namespace: 'b', ...(annotation !== undefined && { annotations: { 'kyma-guard/probe': annotation } }) };
  const spec = { hosts, gateway: 'kyma-system/kyma-gateway', service: { name: 'a', port: 80 }, rules };
  const { manifests } = readManifests(
    JSON.stringify({ apiVersion: 'gateway.kyma-project.io/v2', kind: 'APIRule', metadata, spec }),
    'a.yaml',
  );
  return planCalls(readApiRules(manifests).apiRules, { samples: {}, targetHosts: [], expectations: [], ...options });
}

test('every rule, method and host is one call', () => {
  const { endpoints } = plan(
    [
      { path: '/a', methods: ['GET', 'POST'], jwt },
      { path: '/b', methods: ['GET'], noAuth: true },
    ],
    { hosts: ['x.example.com', 'y.example.com'] },
  );
  expect(endpoints.map(({ method, host, path, intent }) => `${method} ${host}${path} ${intent}`)).toEqual([
    'GET x.example.com/a jwt',
    'POST x.example.com/a jwt',
    'GET x.example.com/b public',
    'GET y.example.com/a jwt',
    'POST y.example.com/a jwt',
    'GET y.example.com/b public',
  ]);
});

test('a sample path is one that no earlier rule takes', () => {
  const { endpoints } = plan([
    { path: '/a/sample', methods: ['GET'], noAuth: true },
    { path: '/a/{*}', methods: ['GET'], jwt },
  ]);
  expect(endpoints[1]?.samplePath).not.toBe('/a/sample');
  expect(endpoints[1]?.samplePath).toMatch(/^\/a\/[^/]+$/);
});

test('a rule behind a catch-all is shadowed, not passed', () => {
  const { endpoints, shadowed } = plan([
    { path: '/*', methods: ['GET'], noAuth: true },
    { path: '/a', methods: ['GET'], jwt },
  ]);
  expect([endpoints.length, shadowed.map(({ path }) => path)]).toEqual([1, ['/a']]);
});

test.each([
  ['the domain completes a short host', ['api'], { domain: 'c.example.com' }, 'api.c.example.com'],
  ['a target completes a short host', ['api'], { targetHosts: ['api.x.example.com'] }, 'api.x.example.com'],
  ['a sample stands for a wildcard host', ['*.example.com'], { samples: { '*.example.com': 'one' } }, 'one.example.com'],
  ['a sample may be a full name', ['*.example.com'], { samples: { '*.example.com': 'two.example.com' } }, 'two.example.com'],
])('%s', (_, hosts, options, host) => {
  expect(plan([{ path: '/a', methods: ['GET'], jwt }], { hosts }, options).endpoints[0]?.host).toBe(host);
});

test.each([
  ['a short host without domain', ['api']],
  ['a wildcard host without sample', ['*.example.com']],
  ['a host with user and password', ['user:pass@gateway.example.com']],
  ['a host with a path', ['gateway.example.com/admin']],
])('%s is a wrong call', (_, hosts) => {
  expect(() => plan([{ path: '/a', methods: ['GET'], jwt }], { hosts })).toThrow(UsageError);
});

test('hints come from the annotation, and the file goes before it', () => {
  const annotation = JSON.stringify([{ rule: '/a/{*}', path: '/a/7', query: 'x=1', marker: 'm' }]);
  const expectations = readExpectations('[{"host":"api.example.com","rule":0,"query":"x=2"}]', 'hints.json');
  const [endpoint] = plan([{ path: '/a/{*}', methods: ['GET'], jwt }], { annotation }, { expectations }).endpoints;
  expect([endpoint?.samplePath, endpoint?.hints]).toEqual(['/a/7', { path: '/a/7', query: 'x=2', marker: 'm' }]);
});

test.each(['not json', '{}', '[1]', '[{"path":"no-slash"}]', '[{"path":"/a b"}]', '[{"status":"200"}]'])(
  'hints such as %s are a warning with a place',
  (annotation) => {
    const { problems, endpoints } = plan([{ path: '/a', methods: ['GET'], jwt }], { annotation });
    expect([problems.map(({ id, status }) => `${id} ${status}`), endpoints.length]).toEqual([['probe-hints warn'], 1]);
  },
);

test('a member of the annotation that means nothing is a warning, and the others count', () => {
  const annotation = '[{"rule":"/a","query":"x=1","statuss":204}]';
  const { problems, endpoints } = plan([{ path: '/a', methods: ['GET'], jwt }], { annotation });
  expect(problems.map(({ id, status, message }) => [id, status, message])).toEqual([
    ['probe-hints', 'warn', expect.stringContaining('the unknown member "statuss" (did you mean "status"?)')],
  ]);
  expect(endpoints[0]?.hints).toEqual({ query: 'x=1' });
});

test.each([
  ['another path', '[{"rule":"/a"},{"rule":"/b","query":"x=1"}]'],
  ['an index that there is not', '[{"rule":0},{"rule":1}]'],
  ['a method that the rule does not have', '[{"method":"GET"},{"rule":"/a","method":"POST"}]'],
  ['another host', '[{"host":"api"},{"host":"shop"}]'],
])('hints for %s are a warning with a place: they change nothing', (_, annotation) => {
  const { problems } = plan([{ path: '/a', methods: ['GET'], jwt }], { annotation });
  expect(problems.map(({ id, status, message }) => `${id} ${status} ${message}`)).toEqual([
    'probe-hints warn metadata.annotations["kyma-guard/probe"] has an entry [1] that fits no call of this APIRule',
  ]);
});

test.each([
  ['/a', 'GET', 'jwt'],
  ['/%61', 'GET', 'jwt'],
  ['/A', 'GET', 'public'],
  ['/a/', 'GET', 'public'],
  ['/a', 'POST', 'none'],
])('%s with %s is meant for %s', (path, method, intent) => {
  const [endpoint] = plan([
    { path: '/a', methods: ['GET'], jwt },
    { path: '/*', methods: ['GET'], noAuth: true },
  ]).endpoints;
  expect(endpoint && intentOfPath(endpoint, method, path)).toBe(intent);
});

test.each([
  ['GET api.example.com/a', true],
  ['GET *', true],
  ['* api.example.com/a', true],
  ['*/a', true],
  ['GET *.example.com/*', true],
  ['POST *', false],
  ['GET api.example.com/', false],
  ['GET api.example.com/a/*', false],
])('the pattern %s names the route: %s', (pattern, named) => {
  expect(isNamed({ method: 'GET', host: 'api.example.com', path: '/a' }, [pattern])).toBe(named);
});

test.each([
  ['Authorization', {}, [['Authorization', 'Bearer t']], ''],
  ['a header with prefix', { fromHeaders: [{ name: 'X-Token', prefix: 'JWT ' }] }, [['X-Token', 'JWT t']], ''],
  ['a header without prefix', { fromHeaders: [{ name: 'X-Token' }] }, [['X-Token', 't']], ''],
  ['a parameter', { fromParams: ['my token'] }, [], 'my%20token=t'],
])('a token goes into %s', (_, from, headers, query) => {
  expect(placeToken('t', { issuer: 'i', jwksUri: 'j', ...from })).toEqual({ headers, query });
});

test('the curl line of a token in a parameter holds $TOKEN as the shell takes it', () => {
  const [endpoint] = plan([{ path: '/a', methods: ['GET'], jwt }]).endpoints;
  const attempt = { variant: 'control', credential: { kind: 'valid' } } as const;
  const trust = { issuer: 'i', jwksUri: 'j', fromParams: ['t'] };
  const built = endpoint && requestOf({ endpoint, attempt, trust, token: 'good', mayWrite: false, base: 'http://127.0.0.1:1', nonce: 'n' });
  expect(built?.curl()).toBe(`curl -i --path-as-is -X GET 'http://127.0.0.1:1/a?t='"$TOKEN" -H 'Host: api.example.com'`);
  expect(built?.outgoing.url).toBe('http://127.0.0.1:1/a?t=good');
});

test.each([
  ['GET', { rule: 0, status: 200, marker: 'm' }, { status: 200, marker: 'm' }],
  ['HEAD', { rule: 0, status: 200, marker: 'm' }, { status: 200 }],
  ['OPTIONS', { rule: 0, status: 200, marker: 'm', query: 'a=1' }, { query: 'a=1' }],
  ['OPTIONS', { rule: 0, method: 'OPTIONS', status: 204 }, { status: 204 }],
])('what a rule returns is expected of %s only as far as its answer can hold it', (method, hint, expected) => {
  const { endpoints } = plan([{ path: '/a', methods: [method], jwt }], { annotation: JSON.stringify([hint]) });
  expect(endpoints[0]?.hints).toEqual(expected);
});

test.each(['/', '/*', '/a', '/a/', '/a/{*}', '/{**}', '/v1.0/a-b_c~d', '/a/{**}/b'])(
  'whatever path a rule has, every attack asks for one: %s',
  (path) => {
    const { endpoints } = plan([
      { path, methods: ['GET'], jwt },
      { path: '/z/healthz', methods: ['GET'], noAuth: true },
    ]);
    const [endpoint] = endpoints;
    const targets = allProbes.flatMap(({ id, attempts }) =>
      (typeof attempts === 'function' ? attempts(endpoint!) : attempts).map((attempt) => [id, attempt.path ?? endpoint!.samplePath]),
    );
    expect(targets.filter(([, target]) => !target!.startsWith('/'))).toEqual([]);
  },
);
