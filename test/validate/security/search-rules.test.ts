import { searchRules } from '../../../src/validate/rules/security/search-rules';
import { apiRuleText, findingLines, jwtText, validateText } from '../../support/validate';

const ids = searchRules.map(({ id }) => id);
const open = 'noAuth: true';
const scoped = (scope: string) => jwtText('https://id.example.com', `[{ requiredScopes: [${scope}] }]`);
const handMade = (spec: string) => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: own, namespace: shop }
spec: ${spec}
---
`;
const service =
  'apiVersion: v1\nkind: Service\nmetadata: { name: orders, namespace: shop }\nspec: { selector: { app: orders }, ports: [{ port: 8080 }] }\n---\n';

const canary = service.replace('name: orders', 'name: canary').replace('app: orders', 'app: orders, track: canary') + service;
const podsOf = (name: string, labels: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: shop }\nspec: { template: { metadata: { labels: { ${labels} } }, spec: { containers: [] } } }\n---\n`;

const legitimate: readonly (readonly [string, string])[] = [
  [
    'a public health path before a protected catch-all',
    apiRuleText([`{ path: /healthz, methods: [GET], ${open} }`, `{ path: /*, methods: [GET], ${jwtText()} }`]),
  ],
  [
    'a public prefix before a protected catch-all',
    apiRuleText([`{ path: "/public/{**}", methods: [GET], ${open} }`, `{ path: "/{**}", methods: [GET, POST], ${jwtText()} }`]),
  ],
  [
    'special before general, all protected',
    apiRuleText([`{ path: /admin, methods: [GET], ${scoped('admin')} }`, `{ path: "/{**}", methods: [GET], ${scoped('read')} }`]),
  ],
  [
    'one path, methods of different strength',
    apiRuleText([`{ path: /orders, methods: [GET], ${open} }`, `{ path: /orders, methods: [POST], ${jwtText()} }`]),
  ],
  [
    'a protected path before a public catch-all',
    apiRuleText([`{ path: /getecptoken, methods: [GET], ${jwtText()} }`, `{ path: /*, methods: [GET], ${open} }`]),
  ],
  [
    'Services of different Pods',
    service +
      service.replace('name: orders', 'name: portal').replace('app: orders', 'app: orders, track: portal') +
      podsOf('orders', 'app: orders, track: stable') +
      podsOf('portal', 'app: orders, track: portal').replaceAll('app: orders', 'app: other') +
      apiRuleText([`{ path: /, methods: [GET], ${jwtText()} }`]),
  ],
  [
    'authorizers alone',
    apiRuleText([
      `{ path: /, methods: [GET], extAuth: { authorizers: [oauth2] } }`,
      `{ path: /*, methods: [GET], extAuth: { authorizers: [oauth2] } }`,
    ]),
  ],
  [
    'two hosts of one workload',
    apiRuleText([`{ path: /*, methods: [GET], ${jwtText()} }`]) +
      apiRuleText([`{ path: /*, methods: [GET], ${open} }`], { name: 'open', host: 'open.example.com' }),
  ],
  [
    'one strategy for a wildcard host and for a host below it, on one workload',
    apiRuleText([`{ path: /*, methods: [GET], ${jwtText()} }`]) +
      apiRuleText([`{ path: /*, methods: [GET], ${jwtText()} }`], { name: 'wild', host: '*.example.com' }),
  ],
  [
    'a public wildcard host on a workload of its own, with more methods and paths than the host below it',
    apiRuleText([`{ path: /orders, methods: [GET], ${jwtText()} }`]) +
      apiRuleText([`{ path: /*, methods: [GET, POST], ${open} }`], { name: 'wild', host: '*.example.com', service: 'portal' }),
  ],
  ['an external authorizer', apiRuleText(['{ path: /*, methods: [GET], extAuth: { authorizers: [oauth2-proxy] } }'])],
  [
    'a deny policy by hand',
    service +
      apiRuleText([`{ path: /*, methods: [GET], ${jwtText()} }`]) +
      handMade('{ selector: { matchLabels: { app: orders } }, action: DENY, rules: [{ to: [{ operation: { paths: [/admin] } }] }] }'),
  ],
];

test.each(legitimate)('nothing of medium or above is said of %s', async (_, text) => {
  expect((await findingLines(text, ids)).filter((line) => !/^warn (low|info)/.test(line))).toEqual([]);
});

const broken: readonly (readonly [string, string, string])[] = [
  [
    'the protected root before a public catch-all',
    apiRuleText([`{ path: /, methods: [GET], ${jwtText()} }`, `{ path: /*, methods: [GET], ${open} }`]),
    'fail critical hole-anonymous spec.rules[0]',
  ],
  [
    'the root for admins before everything for readers',
    apiRuleText([`{ path: /, methods: [GET], ${scoped('admin')} }`, `{ path: /*, methods: [GET], ${scoped('read')} }`]),
    'fail high hole-missing-claims spec.rules[0]',
  ],
  [
    'the root for one issuer before everything for another',
    apiRuleText([
      `{ path: /, methods: [GET], ${jwtText('https://a.example.com')} }`,
      `{ path: /*, methods: [GET], ${jwtText('https://b.example.com')} }`,
    ]),
    'fail high hole-foreign-issuer spec.rules[0]',
  ],
  [
    'a public wildcard host on the workload of a protected one',
    apiRuleText([`{ path: /*, methods: [GET], ${jwtText()} }`]) +
      apiRuleText([`{ path: /*, methods: [GET], ${open} }`], { name: 'wild', host: '*.example.com' }),
    'fail critical hole-anonymous spec.rules[0]',
  ],
  [
    'a hand-made policy that admits everybody',
    service +
      apiRuleText([`{ path: /*, methods: [GET], ${jwtText()} }`]) +
      handMade('{ selector: { matchLabels: { app: orders } }, rules: [{}] }'),
    'fail critical hole-anonymous spec.rules[0]',
  ],
  [
    'a hand-made policy of Pods that nobody knows',
    apiRuleText([`{ path: /*, methods: [GET], ${jwtText()} }`]) + handMade('{ selector: { matchLabels: { app: orders } }, rules: [{}] }'),
    'error medium access-undecided spec.rules[0]',
  ],
  [
    'a public catch-all before a protected path',
    apiRuleText([`{ path: /*, methods: [GET], ${open} }`, `{ path: /admin, methods: [GET], ${jwtText()} }`]),
    'fail high api-rule-shadowed spec.rules[1]',
  ],
  [
    'a public pattern across a protected one',
    apiRuleText([`{ path: "/{*}/status", methods: [GET], ${open} }`, `{ path: "/admin/{*}", methods: [GET], ${jwtText()} }`]),
    'fail medium api-rules-cross spec.rules[1]',
  ],
  [
    'a pattern with an authorizer across one with a token',
    apiRuleText([
      `{ path: "/{*}/status", methods: [GET], extAuth: { authorizers: [a] } }`,
      `{ path: "/admin/{*}", methods: [GET], ${jwtText()} }`,
    ]),
    'fail medium api-rules-cross spec.rules[1]',
  ],
  [
    'a path that its own route does not take',
    apiRuleText([`{ path: /a+b, methods: [GET], ${jwtText()} }`]),
    'fail medium api-rule-refuses-all spec.rules[0]',
  ],
];

const overlapping: readonly (readonly [string, string, string])[] = [
  [
    'the public rule of a Service that selects a part of the same Pods',
    canary +
      apiRuleText([
        `{ path: /, methods: [GET], ${jwtText()} }`,
        `{ path: /*, methods: [GET], service: { name: canary, port: 8080 }, ${open} }`,
      ]),
    'fail critical hole-anonymous spec.rules[0]',
  ],
  [
    'a hand-made policy for a part of the Pods',
    canary +
      podsOf('orders', 'app: orders') +
      podsOf('canary', 'app: orders, track: canary') +
      apiRuleText([`{ path: /*, methods: [GET], ${jwtText()} }`]) +
      handMade('{ selector: { matchLabels: { track: canary } }, rules: [{}] }'),
    'fail critical hole-anonymous spec.rules[0]',
  ],
  [
    'a policy that is only tried out',
    apiRuleText([`{ path: /*, methods: [GET], ${jwtText()} }`]) +
      service +
      handMade('{ selector: { matchLabels: { app: orders } }, rules: [{}] }') +
      handMade(
        "{ selector: { matchLabels: { app: orders } }, action: DENY, rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }] }] }",
      ).replace('name: own', "name: tried, annotations: { istio.io/dry-run: 'true' }"),
    'fail critical hole-anonymous spec.rules[0]',
  ],
  [
    'a token that only an authorizer of a later rule would ask for',
    apiRuleText([`{ path: /, methods: [GET], ${jwtText()} }`, `{ path: /*, methods: [GET], extAuth: { authorizers: [oauth2] } }`]),
    'error medium access-undecided spec.rules[0]',
  ],
  [
    'restrictions of an authorizer that a later rule does not ask for',
    apiRuleText([
      `{ path: /, methods: [GET], extAuth: { authorizers: [oauth2], restrictions: { authentications: [{ issuer: https://id.example.com, jwksUri: https://id.example.com/keys }] } } }`,
      `{ path: /*, methods: [GET], extAuth: { authorizers: [oauth2] } }`,
    ]),
    'error medium access-undecided spec.rules[0]',
  ],
];

test.each([...broken, ...overlapping])('%s is found', async (_, text, line) => {
  expect(await findingLines(text, ids)).toContain(line);
});

test('patterns that make the search endless are told as undecided within seconds', async () => {
  const rules = Array.from({ length: 1_000 }, (_, at) => `{ path: "/{**}/x${at}/{*}", methods: [GET], ${jwtText()} }`);
  expect(await findingLines(apiRuleText(rules), ids)).toContainEqual(expect.stringMatching(/^error medium access-undecided/));
});

test('a path too long to be searched leaves its own host undecided, and no other', async () => {
  const long = apiRuleText([`{ path: /${'a'.repeat(200_000)}, methods: [GET], ${jwtText()} }`], {
    name: 'long',
    host: 'long.example.com',
    service: 'long',
  });
  const hole = apiRuleText([`{ path: /, methods: [GET], ${jwtText()} }`, `{ path: /*, methods: [GET], ${open} }`]);
  expect(await findingLines(long + hole, ids)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^error medium access-undecided/),
      expect.stringMatching(/^fail critical hole-anonymous/),
    ]),
  );
});

test.each<[string, string, string[]]>([
  ['orders', '*.example.com', ['error medium access-undecided spec.hosts[0]']],
  ['orders', 'other.example.com', []],
  ['orders.example.com', '*.example.org', []],
])('a protected host %s beside a public %s on the same Pods', async (host, other, found) => {
  const text =
    apiRuleText([`{ path: /*, methods: [GET], ${jwtText()} }`], { host }) +
    apiRuleText([`{ path: /*, methods: [GET], ${open} }`], { name: 'open', host: other });
  expect(await findingLines(service + text, ['access-undecided', 'hole-anonymous'])).toEqual(found);
});

test('a hole shows a request that a person can send, who lets it in, and on what the prediction rests', async () => {
  const text = apiRuleText([`{ path: /, methods: [GET], ${jwtText()} }`, `{ path: /*, methods: [GET], ${open} }`]);
  const [hole] = (await validateText(text)).filter(({ id }) => id === 'hole-anonymous');
  expect(hole).toMatchObject({
    message: expect.stringContaining('its own spec.rules[1]'),
    request: 'GET https://orders.example.com/ without a token',
    curl: 'curl -i --path-as-is https://orders.example.com/',
    expected: 'refused: 401 or 403',
    actual: 'reaches Service shop/orders on port 8080',
    reason: expect.stringMatching(/deduced.*assumed/),
  });
});

test('a hole for holders of a token shows where the token stands', async () => {
  const issuer = 'https://id.example.com';
  const header = (authorizations: string) =>
    `jwt: { authentications: [{ issuer: "${issuer}", jwksUri: "${issuer}/k", fromHeaders: [{ name: x-token, prefix: "Bearer " }] }], authorizations: ${authorizations} }`;
  const text = apiRuleText([
    `{ path: /, methods: [GET], ${header('[{ requiredScopes: [admin] }]')} }`,
    `{ path: /*, methods: [GET], ${header('[{ requiredScopes: [read] }]')} }`,
  ]);
  const [hole] = (await validateText(text)).filter(({ id }) => id === 'hole-missing-claims');
  expect(hole?.curl).toBe(`curl -i --path-as-is https://orders.example.com/ -H 'x-token: Bearer '"$TOKEN"`);
});
