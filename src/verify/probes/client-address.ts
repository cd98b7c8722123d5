import type { Attempt, Probe } from '../probe';

const names = [
  ...['X-Forwarded-For', 'X-Real-IP', 'True-Client-IP', 'CF-Connecting-IP', 'X-Client-IP', 'X-Cluster-Client-IP', 'Fastly-Client-IP'],
  ...['X-Envoy-External-Address', 'X-Originating-IP', 'X-Remote-IP', 'X-Remote-Addr'],
];

function from(address: string): NonNullable<Attempt['headers']> {
  const node = address.includes(':') ? `"[${address}]"` : address;
  return [...names.map((name) => [name, address] as const), ['Forwarded', `for=${node}`]];
}

const attempts = [
  '127.0.0.1',
  '10.0.0.1',
  '::1',
  '192.168.0.1',
  '172.17.0.1',
  '100.64.0.1',
  '127.0.0.1, 10.0.0.1',
  '::ffff:127.0.0.1',
  'localhost',
].map((address): Attempt => ({ variant: `a call from ${address}`, headers: from(address), credential: { kind: 'none' } }));

export const clientAddress: Probe = {
  id: 'client-address',
  family: 'routing',
  title: 'Headers that claim an address inside',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 1, full: 9 },
  twins: ['no-token'],
  breach: 'A caller is trusted by an address that it says itself.',
  fix: 'Do not exempt addresses from the token; if one must, take the address from the connection or from as many trusted proxies as there are (numTrustedProxies).',
  refs: ['CWE-290', 'CWE-348', 'RFC 7239 section 8.1'],
};
