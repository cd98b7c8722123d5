import { ConfigInvalidError } from '../../../src/model/errors';
import { parseIssuerMap } from '../../../src/migrate/issuers/parse-issuer-map';

const problems = (text: string): string[] => {
  try {
    parseIssuerMap(text, 'issuers.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof ConfigInvalidError)) throw error;
    return error.results.map(({ where, message }) => `${where.line ?? 0}:${where.column ?? 0} ${message}`);
  }
};

test('YAML and JSON are read alike', () => {
  const expected = [
    { from: ['https://dex.example.com', 'http://dex:5556/keys'], issuer: 'https://a.example.com', jwksUri: 'https://a.example.com/keys' },
    { from: ['https://b.example.com'], remove: true },
  ];
  const yaml = `
- from:
    - https://dex.example.com
    - http://dex:5556/keys
  issuer: https://a.example.com
  jwksUri: https://a.example.com/keys
- { from: [https://b.example.com], remove: true }
`;
  expect(parseIssuerMap(yaml, 'issuers.yaml')).toEqual(expected);
  expect(parseIssuerMap(JSON.stringify(expected), 'issuers.json')).toEqual(expected);
});

test.each([
  ['an issuer without its scheme', 'shop.accounts.ondemand.com', 'https://shop.accounts.ondemand.com/oauth2/certs'],
  ['an issuer with a slash at its end', 'https://shop.eu.auth0.com/', 'https://shop.eu.auth0.com/.well-known/jwks.json'],
  ['keys in the cluster', 'https://id.example.com', 'http://keycloak.id.svc.cluster.local:8080/keys'],
  ['a server of this machine', 'http://127.0.0.1:8080', 'http://localhost:8080/keys'],
])('%s is usable', (_, issuer, jwksUri) => {
  expect(parseIssuerMap(JSON.stringify([{ from: ['a'], issuer, jwksUri }]), 'a')).toHaveLength(1);
});

test.each<[string, string, string[]]>([
  ['nothing', '', ['1:1 the file is empty; give a list of entries with from, issuer and jwksUri']],
  ['a mapping', 'issuers: []', ['1:1 is an object; give a list']],
  [
    'an entry that is a text, and one that is nothing',
    '- https://a\n- null',
    ['1:3 [0] is text; give an object', '2:3 [1] is empty; give from, issuer and jwksUri'],
  ],
  ['an unknown member', '- { from: [a], remove: true, to: b }', ['1:34 [0].to is unknown; an entry has from, issuer, jwksUri, remove']],
  [
    'an entry that removes and replaces',
    '- { from: [a], remove: true, issuer: https://a }',
    ['1:38 [0].issuer stands beside remove: true; keep one of the two'],
  ],
  [
    'a text that one entry removes and another replaces',
    '- { from: [a], remove: true }\n- { from: [a], issuer: https://a, jwksUri: https://a/keys }',
    ['2:11 [1].from replaces "a", which another entry removes; keep one of the two'],
  ],
  [
    'a template that nobody filled in',
    '- { from: [a], issuer: "", jwksUri: "" }',
    ['1:24 [0].issuer is empty; give exactly the iss of its tokens', '1:37 [0].jwksUri is empty; give the address of its keys'],
  ],
  [
    'keys without TLS',
    '- { from: [a], issuer: https://a, jwksUri: http://a.example.com/keys }',
    ['1:44 [0].jwksUri "http://a.example.com/keys" does not start with https://; without TLS anyone on the way can replace the keys'],
  ],
  [
    'an issuer for many tenants',
    '- { from: [a], issuer: https://login.microsoftonline.com/common/v2.0, jwksUri: https://a/keys }',
    [expect.stringContaining('stands for many tenants')],
  ],
  [
    'a wildcard',
    '- { from: [a], issuer: "https://a/*", jwksUri: https://a/keys }',
    ['1:24 [0].issuer holds *, which Istio takes for any text; give exactly the iss of its tokens'],
  ],
  ['no YAML', '- [', [expect.stringContaining('1:')]],
])('%s is refused with its place', (_, text, expected) => {
  expect(problems(text)).toEqual(expected);
});

test('all problems are said at once', () => {
  expect(problems('- { issuer: 1 }\n- { from: [], remove: yes please }')).toEqual([
    '1:3 [0].from is empty; give what old APIRules name under trusted_issuers or jwks_urls',
    '1:13 [0].issuer is 1; give text',
    '1:3 [0].jwksUri is empty; give the address of its keys',
    '2:11 [1].from is empty; give what old APIRules name under trusted_issuers or jwks_urls',
    '2:23 [1].remove is text; give true or false',
    '2:3 [1].issuer is empty; give exactly the iss of its tokens',
    '2:3 [1].jwksUri is empty; give the address of its keys',
  ]);
});
