import { corsHeaders, isPreflight } from '../../src/model/cors';

const cors = {
  allowOrigins: [{ match: 'exact' as const, value: 'https://a' }],
  allowMethods: ['GET', 'PUT'],
  allowHeaders: ['authorization'],
  exposeHeaders: ['etag', 'link'],
  allowCredentials: true,
  maxAgeSeconds: 60,
};

test('a preflight is told what it may send', () => {
  expect(corsHeaders(cors, 'https://a', true)).toEqual({
    'access-control-allow-origin': 'https://a',
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET,PUT',
    'access-control-allow-headers': 'authorization',
    'access-control-max-age': '60',
  });
});

test('another answer is told what the page may read', () => {
  expect(corsHeaders(cors, 'https://a', false)).toEqual({
    'access-control-allow-origin': 'https://a',
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'etag,link',
  });
});

test('what the policy does not say is not sent', () => {
  const bare = { allowOrigins: [], allowMethods: [], allowHeaders: [], exposeHeaders: [] };
  expect([corsHeaders(bare, 'https://a', true), corsHeaders(bare, 'https://a', false)]).toEqual(
    Array(2).fill({ 'access-control-allow-origin': 'https://a' }),
  );
});

test.each([
  ['OPTIONS', { origin: 'https://a', 'access-control-request-method': 'GET' }, true],
  ['GET', { origin: 'https://a', 'access-control-request-method': 'GET' }, false],
  ['OPTIONS', { origin: 'https://a' }, false],
  ['OPTIONS', { 'access-control-request-method': 'GET' }, false],
])('%s with %j is a preflight: %s', (method, headers, expected) => {
  expect(isPreflight({ method, headers })).toBe(expected);
});
