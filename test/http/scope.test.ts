import fc from 'fast-check';
import { createScope } from '../../src/http/scope';
import { OutOfScopeError, UsageError } from '../../src/model/errors';

test.each([
  ['an exact host', 'orders.example.com', 'https://orders.example.com/a'],
  ['letter case', 'Orders.Example.com', 'https://ORDERS.example.COM/'],
  ['any port of the host', 'orders.example.com', 'http://orders.example.com:8080'],
  ['a name below the wildcard', '*.example.com', 'https://a.b.example.com/'],
  ['a host without scheme', '*.example.com', 'a.example.com:443'],
  ['the dot at the end', 'orders.example.com', 'https://orders.example.com./'],
  ['an address', '10.0.0.5', 'http://10.0.0.5:30080/'],
])('the scope lets %s through', (_, pattern, place) => {
  expect(() => createScope({ patterns: [pattern] }).check(place)).not.toThrow();
});

test.each([
  ['another host', 'https://evil.example.net/'],
  ['the bare domain of a wildcard', 'https://example.com/'],
  ['a name that only ends alike', 'https://evilexample.com/'],
  ['the host as user name', 'https://a.example.com@evil.example.net/'],
  ['the host as first label', 'https://a.example.com.evil.net/'],
  ['a backslash before the host', 'https://evil.example.net\\@a.example.com/'],
  ['another scheme', 'ftp://a.example.com/'],
  ['a host with a path', 'a.example.com/../x'],
  ['the unspecified address', 'http://0.0.0.0/'],
  ['a name that starts like loopback', 'http://127.0.0.1.nip.io/'],
  ['a name below localhost, which a resolver may send anywhere', 'http://x.localhost/'],
  ['nothing', ''],
])('the scope stops %s', (_, place) => {
  expect(() => createScope({ patterns: ['*.example.com'] }).check(place)).toThrow(OutOfScopeError);
});

test.each(['http://127.0.0.1:8080/x', 'http://localhost/', 'http://[::1]:1/', 'http://2130706433/', 'http://127.1/'])(
  'loopback %s needs no scope',
  (url) => {
    expect(() => createScope({ patterns: [] }).check(url)).not.toThrow();
  },
);

test('a host is judged by the address of its target', () => {
  const scope = createScope({
    patterns: ['in.example.com'],
    targets: { 'in.example.com': 'http://10.9.9.9', 'out.example.com': 'http://127.0.0.1:1' },
  });
  expect(() => scope.check('https://in.example.com/')).toThrow(OutOfScopeError);
  expect(() => scope.check('https://out.example.com/')).not.toThrow();
});

test.each(['*', '*.com', '*.', '', 'https://a.example.com', 'a.example.com/x', 'a.example.com:80', '*.*.example.com', '*.0.0.1', 'a b'])(
  'the pattern %j is refused',
  (pattern) => {
    expect(() => createScope({ patterns: [pattern] })).toThrow(UsageError);
  },
);

test.each(['ftp://x', 'x', 'http://u:p@x', 'http://x/?q', 'http://x:1#', 'http://x:1?'])('the target %j is refused', (target) => {
  expect(() => createScope({ patterns: [], targets: { 'a.example.com': target } })).toThrow(UsageError);
});

test('whatever the text, only the named host or loopback gets through', () => {
  const scope = createScope({ patterns: ['orders.example.com'] });
  const pieces = fc.array(
    fc.constantFrom('http://', 'https://', 'orders.example.com', 'evil.net', '@', '\\', '/', '?', '#', ':80', '.', '%2e', ' '),
  );
  fc.assert(
    fc.property(pieces, (parts) => {
      const text = parts.join('');
      try {
        scope.check(text);
      } catch {
        return true;
      }
      return new URL(text.includes('://') ? text : `http://${text}`).hostname.replace(/\.$/, '') === 'orders.example.com';
    }),
  );
});
