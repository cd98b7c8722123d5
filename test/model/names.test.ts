import {
  completeHost,
  isApiRuleHost,
  isDnsLabel,
  isDnsSubdomain,
  isFullHost,
  isGatewayName,
  isRfc1035Label,
  isShortHost,
  isWildcardHost,
} from '../../src/model/names';

const long = 'x'.repeat(63);

test.each(['host', 'host.com', 'a.b.ca', '*.example.com', '1.2.3.44', 'a--b', long])('%s may be the host of an APIRule', (host) => {
  expect(isApiRuleHost(host)).toBe(true);
});

const refused = ['Host.com', 'host.c', '*.com', '*', 'api.*.com', 'host..com', 'host.com.', '-a.com', 'a-.com', 'a_b.com', 'host.com:443'];

test.each([...refused, 'https://host.com', `${long}x`, '', `${'a.'.repeat(130)}com`])('%j may not be the host of an APIRule', (host) => {
  expect(isApiRuleHost(host)).toBe(false);
});

test.each([
  ['kyma-system/kyma-gateway', true],
  ['a/b', true],
  ['kyma-gateway', false],
  ['kyma-gateway.kyma-system', false],
  ['kyma-gateway.kyma-system.svc.cluster.local', false],
  ['A/b', false],
  ['a_b/c', false],
  ['a/b/c', false],
  ['a/', false],
  ['a.b/c', false],
])('%s as the name of a gateway: %s', (name, expected) => {
  expect(isGatewayName(name)).toBe(expected);
});

test.each([
  ['location', true, true, true],
  ['1a', true, false, true],
  ['a.b', false, false, true],
  ['a-', false, false, false],
  ['A', false, false, false],
  [`${long}x`, false, false, false],
])('%s as DNS label, Service name and subdomain: %s %s %s', (name, label, serviceName, subdomain) => {
  expect([isDnsLabel(name), isRfc1035Label(name), isDnsSubdomain(name)]).toEqual([label, serviceName, subdomain]);
});

test('short, full and wildcard hosts are told apart', () => {
  const hosts = ['location', 'location.example.com', '*.example.com'];
  expect(hosts.map((host) => [isShortHost(host), isFullHost(host), isWildcardHost(host)])).toEqual([
    [true, false, false],
    [false, true, false],
    [false, true, true],
  ]);
});

test('only a host of one label is completed, and only with a known domain', () => {
  expect([completeHost('a', 'b.com'), completeHost('a.c.com', 'b.com'), completeHost('a', undefined)]).toEqual(['a.b.com', 'a.c.com', 'a']);
});
