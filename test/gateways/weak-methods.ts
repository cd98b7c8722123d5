import { bothClaims, raised, type WeakDeployment } from './deployment';
import { json, ordersWorkload, type Change, type Decisions, type SeenRequest } from './gateway';
import { inFull } from './weak-transport';

/** Gateways whose check depends on method, form or origin of a call. */
export const weakMethods: readonly WeakDeployment[] = [
  weak(
    'that forwards methods which it does not know',
    'method-not-exposed',
    forwarding(({ method }) => method === 'PROPFIND'),
  ),
  ...[415, 400].map((status) =>
    weak(`that forwards PUT to a workload which then says ${status} to its form`, 'method-not-exposed', (sound) => ({
      route: (request) => (request.method === 'PUT' && request.path === '/orders' ? 'public' : sound.route(request)),
      workload: (request) => (request.method === 'PUT' ? json(status, { problem: 'no order in it' }) : ordersWorkload(request)),
    })),
  ),
  {
    name: 'that compares methods letter by letter, before a workload that does not',
    front: (text) => text.replace(/^([a-zA-Z]+) /, (_, method: string) => `${method.toUpperCase()} `).replace('\r\n', unchecked(text)),
    gateway: [() => ({ bypass: ({ headers }) => headers['x-unchecked'] === 'yes' })],
    options: inFull,
    raises: raised('method-spelling', ...bothClaims),
  },
  weak(
    'that checks no OPTIONS, before a workload that obeys X-HTTP-Method-Override',
    'method-override',
    forwarding(({ method, headers }) => method === 'OPTIONS' && headers['x-http-method-override'] === 'GET'),
  ),
  weak(
    'that obeys X-HTTP-Method-Override and then checks no OPTIONS',
    'method-override',
    letting(({ headers }) => headers['x-http-method-override'] === 'OPTIONS'),
  ),
  weak(
    'that obeys _method in the query',
    'method-override',
    letting(({ query }) => query.get('_method') === 'OPTIONS'),
  ),
  weak(
    'that checks calls for JSON only',
    'content-switch',
    letting(({ headers }) => headers.accept?.includes('text/html') === true),
  ),
  weak(
    'that trusts scripts of its own page',
    'content-switch',
    letting(({ headers }) => headers['x-requested-with'] !== undefined),
  ),
  weak(
    'that lets probes of the platform pass',
    'content-switch',
    letting(({ headers }) => /^kube-probe\//.test(headers['user-agent'] ?? '')),
  ),
  weak(
    'that lets health checks of a load balancer pass',
    'content-switch',
    letting(({ headers }) => headers['user-agent']?.includes('GoogleHC/') === true),
  ),
  weak(
    'that lets search engines pass',
    'content-switch',
    letting(({ headers }) => headers['user-agent']?.includes('Googlebot') === true),
  ),
  weak(
    'that leaves calls of gRPC to others',
    'content-switch',
    letting(({ headers }) => headers['content-type']?.startsWith('application/grpc') === true),
  ),
  weak(
    'that trusts calls which come from its own pages',
    'content-switch',
    letting(({ headers }) => headers.referer?.startsWith('https://orders.example.test/') === true),
  ),
  weak(
    'that kept the switch of its developers',
    'content-switch',
    letting(({ query }) => query.get('debug') === 'true'),
  ),
  weak(
    'that does not check calls with a body',
    'content-switch',
    letting(({ body, method }) => method === 'GET' && body.startsWith('--')),
  ),
  {
    name: 'that answers TRACE with the request',
    gateway: [
      (sound) => ({
        route: (request) => (request.method === 'TRACE' ? 'public' : sound.route(request)),
        workload: (request) =>
          request.method === 'TRACE'
            ? { status: 200, type: 'message/http', body: JSON.stringify(request.headers) }
            : ordersWorkload(request),
      }),
    ],
    options: inFull,
    raises: raised('trace-echo'),
  },
];

/** Marks a call whose method is not in capitals, as a check does that passes over it. */
function unchecked(text: string): string {
  return /^[A-Z]+ /.test(text) ? '\r\n' : '\r\nX-Unchecked: yes\r\n';
}

function weak(name: string, id: string, change: Change): WeakDeployment {
  return { name, gateway: [change], options: inFull, raises: raised(id, ...bothClaims) };
}

function letting(bypass: Decisions['bypass']): Change {
  return () => ({ bypass });
}

function forwarding(condition: (request: SeenRequest) => boolean): Change {
  return (sound) => ({
    route: (request) => (request.path === '/orders' && condition(request) ? 'public' : sound.route(request)),
    preflight: (request) => (condition(request) ? ordersWorkload(request) : sound.preflight(request)),
  });
}
