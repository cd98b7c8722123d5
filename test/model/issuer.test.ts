import { isLoopback, issuerProblems, xsuaaIssuer } from '../../src/model/issuer';

const keys = 'https://id.example.com/keys';

test('an XSUAA issuer is the token path of its url, with or without a slash at the end', () => {
  const expected = {
    issuer: 'https://acme.authentication.eu10.hana.ondemand.com/oauth/token',
    jwksUri: 'https://acme.authentication.eu10.hana.ondemand.com/token_keys',
  };
  const url = 'https://acme.authentication.eu10.hana.ondemand.com';
  expect([xsuaaIssuer(url), xsuaaIssuer(`${url}/`)]).toEqual([expected, expected]);
});

test.each([
  'https://id.example.com/realms/main',
  'https://id.example.com/',
  'http://localhost:8080/x',
  'http://127.0.0.1:1',
  'http://[::1]:1',
])('%s is a good issuer', (issuer) => {
  expect(issuerProblems({ issuer, jwksUri: keys })).toEqual([]);
});

test.each([
  ['', 'is not a URL'],
  ['id.example.com', 'is not a URL'],
  ['http://id.example.com', 'does not start with https://'],
  ['http://127.0.0.1.example.com', 'does not start with https://'],
  ['ftp://localhost', 'does not start with https://'],
  ['https://id.example.com?x=1', 'has a query'],
  ['https://id.example.com#x', 'has a fragment'],
  ['https://user:word@id.example.com', 'holds credentials'],
  ['https://login.example.com/{tenantid}/v2.0', 'holds a placeholder'],
  ['https://login.microsoftonline.com/common/v2.0', 'stands for many tenants'],
  [' https://id.example.com', 'holds white space'],
])('issuer %j %s', (issuer, expected) => {
  expect(issuerProblems({ issuer, jwksUri: keys }).join('\n')).toContain(expected);
});

test('credentials of an address are not repeated in the problem', () => {
  const [problem] = issuerProblems({ issuer: 'https://user:word@id.example.com', jwksUri: keys });
  expect(problem).not.toContain('word');
});

test('the address of the keys is held to the same rules', () => {
  expect(issuerProblems({ issuer: 'https://id.example.com', jwksUri: 'http://id.example.com/keys' })).toHaveLength(1);
});

test.each([
  [{ fromHeaders: [{ name: 'a' }], fromParams: ['b'] }, 'both set'],
  [{ fromHeaders: [{ name: 'a' }, { name: 'b' }] }, 'fromHeaders has several'],
  [{ fromParams: ['a', 'b'] }, 'fromParams has several'],
])('token places %j are refused: %s', (places, expected) => {
  expect(issuerProblems({ issuer: 'https://id.example.com', jwksUri: keys, ...places })[0]).toContain(expected);
});

test.each([
  ['localhost', true],
  ['LOCALHOST', true],
  ['a.localhost', true],
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['[::1]', true],
  ['127.0.0.1.example.com', false],
  ['127.0.0.256', false],
  ['128.0.0.1', false],
  ['localhost.example.com', false],
  ['0.0.0.0', false],
])('%s is this machine: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
