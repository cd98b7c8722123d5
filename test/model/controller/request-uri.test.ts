import { requestUriError } from '../../../src/model/controller/request-uri';

test.each([
  'https://a.b',
  'http://a',
  'http://',
  'https:/foo',
  '/jwks',
  '*',
  'urn:x:y',
  'foo:bar',
  'mailto:a@b',
  'file://.well-known/jwks.json',
  'https://h/#frag',
  'https://h/a?b=%zz',
  'https://[::1]:8080/keys',
  'https://user:word@h/',
  'https://h:/',
  'https://bücher.example/ä',
  'https://h/a b',
])('Go takes %s as the address in a request line', (text) => {
  expect(requestUriError(text)).toBeUndefined();
});

test.each([
  ['', 'value is empty'],
  ['no_url', 'parse "no_url": invalid URI for request'],
  ['${ISSUER}', 'parse "${ISSUER}": invalid URI for request'],
  ['://example', 'parse "://example": missing protocol scheme'],
  ['https://a b', 'parse "https://a b": invalid character " " in host name'],
  ['https://a/%zz', 'parse "https://a/%zz": invalid URL escape "%zz"'],
  ['https://a/%2', 'parse "https://a/%2": invalid URL escape "%2"'],
  ['https://a%20b/', 'parse "https://a%20b/": invalid URL escape "%20"'],
  ['https://h#frag', 'parse "https://h#frag": invalid character "#" in host name'],
  ['https://{tenant}.example/', 'parse "https://{tenant}.example/": invalid character "{" in host name'],
  ['https://h:port/', 'parse "https://h:port/": invalid port ":port" after host'],
  ['https://[::1/', 'parse "https://[::1/": missing \']\' in host'],
  ['https://us er@h/', 'parse "https://us er@h/": net/url: invalid userinfo'],
  ['https://h/\n', 'parse "https://h/\\n": net/url: invalid control character in URL'],
  ['3com:foo', 'parse "3com:foo": invalid URI for request'],
])('Go refuses %j', (text, expected) => {
  expect(requestUriError(text)).toBe(expected);
});
