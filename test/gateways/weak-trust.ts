import { bothClaims, raised, type WeakDeployment } from './deployment';
import { ordersWorkload, type Change, type Decisions } from './gateway';
import { smuggled } from './smuggling';
import { inFull } from './weak-transport';

/** Gateways that let a header decide where a call goes or whence it comes. */
export const weakTrust: readonly WeakDeployment[] = [
  letting('trusts the path that a header names', 'rewrite-header', ({ headers }) => headers['x-original-url'] === '/healthz'),
  {
    name: 'that routes by the path that a header names',
    gateway: [
      (sound) => ({
        workload: (request) =>
          sound.workload(
            request.path === '/healthz' ? { ...request, path: String(request.headers['x-rewrite-url'] ?? '/healthz') } : request,
          ),
      }),
    ],
    options: inFull,
    raises: raised('rewrite-header', ...bothClaims),
  },
  letting('trusts callers that say they are on this machine', 'client-address', ({ headers }) => headers['x-real-ip'] === '127.0.0.1'),
  letting('trusts callers that say they are in its network', 'client-address', ({ headers }) =>
    /^10\./.test(String(headers['x-forwarded-for'])),
  ),
  letting('trusts callers that say they are in the network of its containers', 'client-address', ({ headers }) =>
    /^172\.17\./.test(String(headers['x-forwarded-for'])),
  ),
  letting('protects one host, and answers to every name', 'host-header', ({ headers }) => headers.host === 'localhost'),
  letting(
    'does not know what to do with two hosts',
    'host-header',
    ({ lines }) => lines.filter((name, i) => i % 2 === 0 && name === 'Host').length > 1,
  ),
  letting('looks for tokens in HTTP/1.1 only', 'host-header', ({ version }) => version === '1.0'),
  letting('switches its check off for another host', 'forwarded-host', ({ headers }) => headers['x-forwarded-host'] === 'localhost'),
  {
    name: 'that redirects strangers to the host that they name',
    gateway: [
      (sound) => ({
        refuse: (reason) => (reason === 'unknown' ? { status: 404 } : sound.refuse(reason)),
        bypass: ({ headers }) => headers.authorization === undefined && headers['x-forwarded-host'] !== undefined,
        workload: (request) =>
          request.headers['x-forwarded-host'] === undefined
            ? ordersWorkload(request)
            : { status: 302, headers: { location: `https://${String(request.headers['x-forwarded-host'])}/login` } },
      }),
    ],
    options: inFull,
    raises: raised('redirect-host'),
  },
  letting('takes a call without the mark of its edge for one from inside', 'hop-by-hop', ({ headers }) =>
    /\bx-edge\b/i.test(headers.connection ?? ''),
  ),
  letting('forwards upgrades unchecked', 'protocol-upgrade', ({ headers }) => headers.upgrade === 'websocket'),
  {
    name: 'that switches protocols for everybody',
    gateway: [
      () => ({
        bypass: ({ headers }) => headers.upgrade === 'h2c',
        workload: (request) =>
          request.headers.upgrade === 'h2c' ? { status: 101, headers: { connection: 'Upgrade', upgrade: 'h2c' } } : ordersWorkload(request),
      }),
    ],
    options: inFull,
    raises: raised('protocol-upgrade', ...bothClaims),
  },
  {
    name: 'whose workload has a second host, unprotected',
    rules: 'two hosts',
    gateway: [secondHost],
    options: { profile: 'full', skip: ['POST *'] },
    raises: raised('other-host', ...bothClaims),
  },
  {
    name: 'that ends a request where Content-Length says, before a workload that goes by Transfer-Encoding',
    front: smuggled(),
    gateway: [() => ({ bypass: ({ headers }) => headers['x-unchecked'] === 'yes' })],
    options: inFull,
    raises: raised('request-smuggling', ...bothClaims),
  },
];

function secondHost(sound: Decisions): Partial<Decisions> {
  return { route: (request) => (request.headers.host === 'shop.example.test' ? 'public' : sound.route(request)) };
}

function letting(what: string, id: string, bypass: Decisions['bypass']): WeakDeployment {
  const change: Change = () => ({ bypass });
  return { name: `that ${what}`, gateway: [change], options: inFull, raises: raised(id, ...bothClaims) };
}
