import type { Endpoint } from '../endpoint';
import type { Attempt, Probe } from '../probe';

type Headers = NonNullable<Attempt['headers']>;

const switches: Readonly<Record<string, Headers>> = {
  'asks for a page': [['Accept', 'text/html,application/xhtml+xml']],
  'asks for JSON': [['Accept', 'application/json']],
  'comes from a script of a page': [
    ['X-Requested-With', 'XMLHttpRequest'],
    ['Sec-Fetch-Site', 'same-origin'],
    ['Sec-Fetch-Mode', 'cors'],
  ],
  'comes from an administration page': [['Referer', 'https://localhost/admin']],
  'asks for events': [['Accept', 'text/event-stream']],
  'asks for a part': [['Range', 'bytes=0-']],
  'is sure to match': [['If-Match', '*']],
  'has read it before': [
    ['If-None-Match', '"kyma-guard"'],
    ['If-Modified-Since', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  ],
  'is a probe of the platform': [['User-Agent', 'kube-probe/1.31 kyma-guard']],
  'is a health check of a load balancer, or a search engine': [
    ['User-Agent', 'ELB-HealthChecker/2.0 GoogleHC/1.0 Prometheus/3.0 Googlebot/2.1 kyma-guard'],
  ],
  'is a prefetch': [
    ['Purpose', 'prefetch'],
    ['X-Purpose', 'preview'],
  ],
  'expects to be continued': [['Expect', '100-continue']],
};

const bodies: readonly Attempt[] = [
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-7',
  'application/xml',
  'application/grpc',
].map((type) => ({
  variant: `has a body of type ${type}`,
  credential: { kind: 'none' },
  headers: [['Content-Type', type]],
  body: '--x--',
}));

/** What developers leave behind. */
const development: Attempt = {
  variant: 'asks for what developers leave behind',
  credential: { kind: 'none' },
  query: ['debug', 'test', 'admin', 'noauth', 'skip_auth'].map((name) => `${name}=true`).join('&'),
  headers: ['X-Debug', 'X-Test', 'X-Mock-User', 'X-Skip-Auth', 'X-Bypass-Auth', 'X-No-Auth'].map((name) => [name, 'true']),
};

function attempts({ host }: Endpoint): readonly Attempt[] {
  const fromItself: Headers = [
    ['Referer', `https://${host}/`],
    ['Origin', `https://${host}`],
  ];
  return [
    ...Object.entries(switches).map(([variant, headers]): Attempt => ({
      variant,
      headers,
      credential: { kind: 'none' },
      ...(headers[0]?.[0] === 'Expect' && { over: 'bytes' as const }),
    })),
    { variant: 'comes from the site itself', headers: fromItself, credential: { kind: 'none' } },
    development,
    ...bodies,
  ];
}

export const contentSwitch: Probe = {
  id: 'content-switch',
  family: 'method',
  title: 'A call that looks like another kind of call',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 19 },
  refusals: [304, 406, 411, 412, 413, 415, 416, 417],
  twins: ['no-token', 'identity-header'],
  breach: 'The check looks at some kinds of calls only: type, form or origin of the request decide whether a token is needed.',
  fix: 'Protect the route before anything looks at headers or body; no header of a client may exempt it.',
  refs: ['CWE-436', 'CWE-290'],
};
