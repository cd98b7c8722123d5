import { imaginedToken } from '../../token/forge';
import type { Endpoint } from '../endpoint';
import type { Attempt, Probe } from '../probe';

type Headers = NonNullable<Attempt['headers']>;

const user = 'admin@kyma-guard.invalid';

/** What a proxy before the application tells it about its user. */
const userHeaders: Headers = [
  ...['X-User', 'X-Remote-User', 'Remote-User', 'X-Authenticated-User', 'X-Auth-Request-User', 'X-Auth-Request-Email'],
  ...['X-Forwarded-User', 'X-Forwarded-Email', 'X-Forwarded-Preferred-Username', 'X-WebAuth-User', 'X-User-Id', 'X-User-Email'],
  ...['X-Goog-Authenticated-User-Email', 'X-Goog-Authenticated-User-Id', 'X-MS-Client-Principal-Name', 'X-MS-Client-Principal-Id'],
  ...['X-Consumer-Username', 'X-Consumer-Id', 'X-Credential-Identifier'],
].map((name) => [name, user]);
const groupHeaders: Headers = ['X-Groups', 'X-Forwarded-Groups', 'X-Auth-Request-Groups'].map((name) => [name, 'admin']);

/** What a gateway hands on of a token that it has verified: the claims, as base64url of JSON. */
function payloadHeaders({ jwt }: Endpoint): Headers {
  const [authorization] = jwt?.authorizations ?? [];
  const { claims } = imaginedToken(jwt?.authentications[0]?.issuer ?? 'https://kyma-guard.invalid', {
    audiences: authorization?.audiences ?? [],
    scopes: authorization?.requiredScopes ?? [],
  });
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  const names = ['X-JWT-Payload', 'X-JWT-Claims', 'X-Userinfo', 'X-Endpoint-API-Userinfo', 'X-Amzn-Oidc-Data', 'X-MS-Client-Principal'];
  return names.map((name) => [name, payload]);
}

/** What the proxy before says of the caller's certificate: here, of the ingress gateway's and of a neighbour's of the workload. */
function certificateHeaders({ workload }: Endpoint): Headers {
  const namespace = workload.split('/')[0] ?? 'default';
  const ingress = 'spiffe://cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account';
  const neighbour = `spiffe://cluster.local/ns/${namespace}/sa/default`;
  return [
    ['X-Forwarded-Client-Cert', `By=${neighbour};Hash=${'0'.repeat(64)};Subject="";URI=${ingress}`],
    ['X-SSL-Client-Verify', 'SUCCESS'],
    ['X-SSL-Client-S-DN', 'CN=admin'],
    ['X-Kyma-Guard-Principal', neighbour],
  ];
}

const originHeaders: Headers = [
  ['X-Envoy-Internal', 'true'],
  ['X-Internal', 'true'],
  ['X-Internal-Request', 'true'],
  ['X-Envoy-Decorator-Operation', 'kyma-guard'],
  ['X-Envoy-Upstream-Service-Time', '1'],
  ['X-Gateway-Authenticated', 'true'],
  ['X-Authenticated', 'true'],
  ['X-Service-Account', 'kyma-guard'],
];

function attempts(endpoint: Endpoint): Attempt[] {
  const families: readonly (readonly [variant: string, headers: Headers])[] = [
    ['headers that name a user', [...userHeaders, ...groupHeaders]],
    ['headers with the claims of a token', payloadHeaders(endpoint)],
    ['headers with the certificate of a caller inside', certificateHeaders(endpoint)],
    ['headers of a call from inside', originHeaders],
  ];
  const [users, claims, certificate, inside] = families.map(([, headers]) => headers);
  const all: readonly (readonly [variant: string, headers: Headers])[] = [
    ['headers that name a user, or a call from inside', [...(users ?? []), ...(inside ?? [])]],
    ['headers with claims, or the certificate of a caller inside', [...(claims ?? []), ...(certificate ?? [])]],
    ...families,
    [
      'the same with underscores',
      families.flatMap(([, headers]) => headers.map(([name, value]) => [name.replaceAll('-', '_'), value] as const)),
    ],
    [
      'names and claims in the manner of XSUAA',
      [
        ['X-Zid', 'kyma-guard'],
        ['X-Zone-Id', 'kyma-guard'],
        ['X-User-Info', '{"scope":["admin"]}'],
        ['X-Scope', 'admin'],
        ['X-Client-Id', 'admin'],
      ],
    ],
  ];
  return all.map(([variant, headers]) => ({ variant, headers, credential: { kind: 'none' } }));
}

export const identityHeader: Probe = {
  id: 'identity-header',
  family: 'routing',
  title: 'Headers that claim an identity',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 2, full: 8 },
  twins: ['no-token'],
  breach: 'Whoever writes a header decides who the gateway takes them for, without any token.',
  fix: 'Remove or overwrite identity headers at the first hop, and decide by the verified token only: X-Forwarded-Client-Cert, X-Forwarded-User and claims in a header are true only if the gateway itself wrote them.',
  refs: ['CWE-290', 'CWE-345', 'OWASP API2:2023', 'CVE-2021-33708'],
};
