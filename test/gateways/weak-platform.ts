import { bothClaims, raised, type WeakDeployment } from './deployment';
import { json, ordersWorkload, type Change, type Decisions, type SeenRequest } from './gateway';
import { inFull } from './weak-transport';

/** Gateways that remember, tell, or forget a protocol. */
export const weakPlatform: readonly WeakDeployment[] = [
  {
    name: 'that checks nothing over HTTP/2',
    http2: [() => ({ bypass: () => true })],
    options: inFull,
    raises: raised('http2', ...bothClaims),
  },
  {
    name: 'that decides once per HTTP/2 connection',
    http2: [rememberingBy(({ connection }) => String(connection))],
    options: inFull,
    raises: raised('connection-reuse', ...bothClaims),
  },
  {
    name: 'that decides once per kept connection',
    gateway: [rememberingBy(({ connection }) => String(connection))],
    options: inFull,
    raises: raised('no-token', ...bothClaims),
  },
  {
    name: 'that remembers decisions by the URL',
    gateway: [rememberingBy(({ url }) => (url.includes('?') ? url : undefined))],
    options: inFull,
    raises: raised('cached-answer', ...bothClaims),
  },
  {
    name: 'that remembers decisions by the path',
    gateway: [rememberingBy(({ method, path }) => `${method} ${path}`)],
    options: { only: ['GET */orders'] },
    raises: raised('cached-answer', ...bothClaims),
  },
  {
    name: 'that starts a session with a good token',
    gateway: [
      () => ({
        bypass: ({ headers }) => headers.cookie?.includes('sid=4711') === true,
        workload: (request) => ({
          ...ordersWorkload(request),
          ...(request.headers.authorization !== undefined && {
            headers: { 'set-cookie': 'sid=4711; Expires=Thu, 01 Jan 2099 00:00:00 GMT; HttpOnly' },
          }),
        }),
      }),
    ],
    options: inFull,
    raises: raised('protected', 'session-cookie'),
  },
  {
    name: 'whose workload allows every origin, with credentials',
    gateway: [
      () => ({
        workload: (request) => ({
          ...ordersWorkload(request),
          headers: { 'access-control-allow-origin': request.headers.origin ?? '', 'access-control-allow-credentials': 'true' },
        }),
      }),
    ],
    options: inFull,
    raises: raised('cors-response'),
  },
  {
    name: 'that shows a stack trace to whoever is refused',
    gateway: [
      () => ({
        refuse: (reason) =>
          reason === 'unknown'
            ? { status: 404 }
            : {
                status: 401,
                type: 'text/plain',
                body: 'UnauthorizedError: jwt malformed\n    at verify (/app/node_modules/jsonwebtoken/verify.js:70:17)',
              },
      }),
    ],
    options: inFull,
    raises: raised('error-leak'),
  },
  {
    name: 'that exposes the metrics of its workload',
    gateway: [
      (sound) => ({
        route: (request) => (request.path === '/metrics' ? 'public' : sound.route(request)),
        workload: (request) =>
          request.path === '/metrics' ? { status: 200, type: 'text/plain', body: 'http_requests_total 4711\n' } : ordersWorkload(request),
      }),
    ],
    options: inFull,
    raises: raised('side-door', ...bothClaims),
  },
  {
    name: 'that looks for an order before it looks for a token',
    rules: 'objects',
    gateway: [looksFirst],
    options: { profile: 'full', only: ['GET */orders/*'], expectations: [{ rule: '/orders/{*}', path: '/orders/4711' }] },
    raises: raised('absent-object'),
  },
  { name: 'that slows nobody down', options: inFull, raises: raised('failed-tokens') },
];

/** Protects each order, and says which there are. */
function looksFirst(sound: Decisions): Partial<Decisions> {
  return {
    route: (request) =>
      /^\/orders\/[^/]+$/.test(request.path) && request.method === 'GET' ? 'protected' : sound.route({ ...request, path: '/none' }),
    bypass: ({ path }) => path !== '/orders/4711',
    workload: (request) =>
      request.path === '/orders/4711' ? json(200, { id: 4711, buyer: 'Ada' }) : json(404, { error: 'no such order' }),
  };
}

/** Has enough of the last of them. */
function throttling(sound: Decisions): Partial<Decisions> {
  let last = '';
  return {
    verify(token) {
      last = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString();
      return sound.verify(token);
    },
    refuse: (reason) =>
      last.includes('kyma-guard-failed-tokens') ? { status: 429, headers: { 'retry-after': '1' } } : sound.refuse(reason),
  };
}

/** Gateways of which there is something to note, and nothing to mend. */
export const notable: readonly (WeakDeployment & { readonly notes: readonly string[] })[] = [
  {
    name: 'that refuses with 200 and an error in the body',
    gateway: [() => ({ refuse: (reason) => (reason === 'unknown' ? { status: 404 } : json(200, { error: 'unauthorized' })) })],
    options: inFull,
    raises: [],
    notes: ['denial-form', 'failed-tokens', 'security-headers'],
  },
  {
    name: 'whose workload sends the headers that browsers want',
    gateway: [
      () => ({
        workload: (request) => ({
          ...ordersWorkload(request),
          headers: { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' },
        }),
      }),
    ],
    options: inFull,
    raises: [],
    notes: ['failed-tokens'],
  },
  {
    name: 'that slows down who tries tokens',
    gateway: [throttling],
    options: inFull,
    raises: [],
    notes: ['security-headers'],
  },
];

/** Once a token was good, whatever has the same key needs none. */
function rememberingBy(keyOf: (request: SeenRequest) => string | undefined): Change {
  return (sound: Decisions) => {
    const asked = new Map<string, string>();
    const good = new Set<string>();
    return {
      bypass(request) {
        const key = keyOf(request);
        const token = sound.tokenOf(request);
        if (key !== undefined && token !== undefined) asked.set(token, key);
        return key !== undefined && token === undefined && good.has(key);
      },
      async verify(token) {
        const claims = await sound.verify(token);
        const key = asked.get(token);
        if (claims && key !== undefined) good.add(key);
        return claims;
      },
    };
  };
}
