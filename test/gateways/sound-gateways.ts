import type { Deployment } from './deployment';
import { istioRefusal, json, type Decisions, type Refusal, type Reply, type SeenRequest } from './gateway';
import { catchAll } from './weak-routing';
import { leadingToFile, leadingToLogin, lostOrders } from './weak-signatures';

const page: Reply = { status: 200, type: 'text/html', body: '<!doctype html><html><body><div id="app"></div></body></html>' };

const signIn = '<form action="/login" method="post"><input name="user"><input type="password" name="password"></form>';

/** Refusals that do not look like one. */
const disguised: readonly (readonly [name: string, reply: (reason: Refusal) => Reply])[] = [
  [
    '200 and a page to sign in',
    () => ({ ...page, body: `<html><body>${signIn}<input type="hidden" value="${Math.random()}"></body></html>` }),
  ],
  [
    '200 and a page that leads to its login',
    () => ({ ...page, body: '<html><script>location.href = "https://login.example.test"</script></html>' }),
  ],
  ['200 and a code in the body', () => json(200, { code: 401, msg: 'who are you', data: null })],
  ['200 and success: false', () => json(200, { success: false, reason: 'who are you' })],
  ['200 and a sentence', () => ({ status: 200, type: 'text/plain', body: 'Login required' })],
  ['204', () => ({ status: 204 })],
  ['a status of its own for each reason', (reason) => json(reason === 'missing' ? 499 : 498, { reason })],
];

function framed(body: string): Reply {
  const links = Array.from({ length: 20 }, (_, i) => `<a href="/${i}">to page ${i}</a>`);
  return { status: 200, type: 'text/html', body: ['<html>', ...links, body, '</html>'].join('\n') };
}

/** Gateways without a defect, each of another shape. */
export const soundGateways: readonly Deployment[] = [
  { name: 'in the manner of Istio: 403 without a token, 401 with a bad one' },
  {
    name: 'that answers 401 with JSON to everything but unknown paths',
    gateway: [() => ({ refuse: plainRefusal, preflight: () => plainRefusal('missing') })],
  },
  {
    name: 'that hides everything behind 404',
    gateway: [() => ({ refuse: () => istioRefusal('unknown'), preflight: () => ({ status: 404 }) })],
  },
  { name: 'that answers with its single-page application', gateway: [() => ({ refuse: () => page, preflight: () => ({ status: 204 }) })] },
  { name: 'that redirects strangers to its login', gateway: [leadingToLogin] },
  {
    name: 'that redirects strangers to its login, before a workload that leads to a file',
    gateway: [leadingToLogin, () => ({ workload: leadingToFile })],
  },
  ...[200, 406].map((status): Deployment => ({
    name: `behind a firewall that answers odd paths with ${status} and a page`,
    gateway: [
      (sound) => ({
        route: (request) => (isOdd(request) ? 'public' : sound.route(request)),
        workload: (request) => (isOdd(request) ? { ...blocked(), status } : sound.workload(request)),
      }),
    ],
  })),
  {
    name: 'that says 200 with an error in the body',
    gateway: [() => ({ refuse: (reason) => (reason === 'unknown' ? { status: 404 } : json(200, { error: 'unauthorized' })) })],
  },
  ...disguised.map(([name, reply]): Deployment => ({
    name: `that turns strangers away with ${name}`,
    gateway: [() => ({ refuse: (reason) => (reason === 'unknown' ? { status: 404 } : reply(reason)) })],
    ...(name === '204' && { options: { only: ['GET *'] } }),
  })),
  {
    name: 'that hangs up on bad tokens',
    gateway: [(sound) => ({ refuse: (reason) => (reason === 'invalid' ? { status: 0 } : sound.refuse(reason)) })],
    options: { only: ['GET *'] },
  },
  {
    name: 'behind a firewall that hangs up on what it knows from attacks',
    gateway: [
      (sound) => ({
        route: (request) => (isKnownAttack(request) ? 'public' : sound.route(request)),
        workload: (request) => (isKnownAttack(request) ? { status: 0 } : sound.workload(request)),
      }),
    ],
    options: { only: ['GET *'] },
  },
  {
    name: 'that hangs up on strangers',
    gateway: [(sound) => ({ refuse: (reason) => (reason === 'missing' ? { status: 0 } : sound.refuse(reason)) })],
    options: { only: ['GET *'] },
  },
  {
    name: 'that shows strangers its frame and asks them to sign in, with a marker in the hints',
    gateway: [
      (sound) => ({
        refuse: (reason) => (reason === 'unknown' ? { ...framed('<p>Not found</p>'), status: 404 } : framed('<p>Please sign in</p>')),
        workload: (request) => (request.path === '/orders' ? framed('<p>4711 bolt M8 Ada</p>') : sound.workload(request)),
      }),
    ],
    options: { expectations: [{ rule: '/orders', marker: 'bolt M8' }] },
  },
  {
    name: 'that answers HEAD to everybody, with nothing',
    gateway: [
      (sound) => ({
        route: (request) => (request.method === 'HEAD' ? 'public' : sound.route(request)),
        workload: (request) => (request.method === 'HEAD' ? { status: 200 } : sound.workload(request)),
      }),
    ],
  },
  {
    name: 'behind a firewall, asked without credentials',
    gateway: [
      (sound) => ({
        route: (request) => (isOdd(request) ? 'public' : sound.route(request)),
        workload: (request) => (isOdd(request) ? { ...blocked(), status: 406 } : sound.workload(request)),
      }),
    ],
    options: { credentials: [], denied: [] },
    isUnproven: true,
  },
  {
    name: 'that redirects to the path without a trailing slash',
    gateway: [
      (sound) => ({
        route: (request) => (request.path === '/orders/' ? 'public' : sound.route(request)),
        workload: (request) => (request.path === '/orders/' ? { status: 308, headers: { location: '/orders' } } : sound.workload(request)),
      }),
    ],
  },
  {
    name: 'that answers preflights of any origin without credentials',
    gateway: [() => ({ preflight: () => ({ status: 204, headers: { 'access-control-allow-origin': '*' } }) })],
  },
  {
    name: 'with a public catch-all before a workload that compares the exact path',
    rules: 'catch-all',
    gateway: [
      catchAll,
      () => ({
        workload: ({ path }) =>
          path === '/getecptoken' ? json(200, { content: 'for holders of a token' }) : json(200, { content: 'for everybody', path }),
      }),
    ],
  },
  {
    name: 'that reads tokens from a header of its own',
    rules: 'own header',
    gateway: [() => ({ tokenOf: ({ headers }) => /^JWT (.+)$/.exec([headers['x-token']].flat()[0] ?? '')?.[1] })],
  },
  ...['[]', '{"status":"ok"}'].map((body): Deployment => ({
    name: `with a public catch-all that says ${body} as the protected path does`,
    rules: 'catch-all',
    gateway: [
      catchAll,
      () => ({
        workload: ({ path }) => ({
          status: 200,
          type: 'application/json',
          body: path === '/getecptoken' || body === '[]' ? body : '{"status":"ok","more":1}',
        }),
      }),
    ],
  })),
  ...[200, 204].map((status): Deployment => ({
    name: `before a workload that answers empty with ${status}, as the gateway does to preflights`,
    gateway: [
      (sound) => ({
        preflight: () => ({ status }),
        workload: (request) => (request.path === '/orders' ? { status } : sound.workload(request)),
        refuse: (reason) => (reason === 'unknown' ? { status: 404 } : sound.refuse(reason)),
      }),
    ],
  })),
  {
    name: 'whose public route answers in the form of the protected one',
    gateway: [
      cuttingFragments,
      () => ({ workload: ({ path }) => json(200, { path, rows: [{ of: path, amount: 12.5 }], at: Math.random() }) }),
    ],
  },
  {
    name: 'before a workload that repeats every call, its public route too',
    gateway: [
      cuttingFragments,
      () => ({
        workload: ({ path, method, version, headers }) =>
          json(200, { service: 'shop/orders', method, path, version, host: headers.host, agent: headers['user-agent'], bodyBytes: 0 }),
      }),
    ],
  },
  { name: 'before a workload that knows no such order', gateway: [() => ({ workload: lostOrders })] },
  { name: 'behind TLS, which redirects what comes without', tls: { plain: 'redirected' } },
  { name: 'behind TLS, which refuses what comes without', tls: {} },
  { name: 'whose writing calls may not have an effect', options: { gentle: true, rate: 100_000 } },
];

/** Reads a fragment as nothing, as most gateways that take one. */
function cuttingFragments(sound: Decisions): Partial<Decisions> {
  return { normalize: (path) => sound.normalize(path.split('#', 1)[0] ?? path) };
}

/** What firewalls look at: escapes and characters that honest clients do not send. */
function isOdd({ url }: SeenRequest): boolean {
  return /[%;\\]|\.\./.test(url);
}

/** What a firewall looks for anywhere in a request. */
function isKnownAttack({ url, lines }: SeenRequest): boolean {
  return /union select|\.\.|<script|%00|\/etc\/passwd/i.test([url, ...lines].join(' '));
}

function blocked(): Reply {
  const body = `<html><head><title>Request Rejected</title></head><body>Your support ID is: ${Math.random()}</body></html>`;
  return { status: 200, type: 'text/html', body };
}

function plainRefusal(reason: Refusal): Reply {
  return reason === 'unknown'
    ? json(404, { message: 'no such page' })
    : json(reason === 'forbidden' ? 403 : 401, { error: 'unauthorized' });
}
