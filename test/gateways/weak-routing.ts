import { bothClaims, raised, type WeakDeployment } from './deployment';
import { json, ordersWorkload, type Decisions, type Reply, type SeenRequest } from './gateway';
import { readClaims } from './token-verifier';

/** Gateways that are strict at the front door only. */
export const weakRouting: readonly WeakDeployment[] = [
  {
    name: 'that protects the listed methods and forwards the others',
    gateway: [
      (sound) => ({
        route: (request) => (request.path === '/orders' && sound.route(request) === 'none' ? 'public' : sound.route(request)),
      }),
    ],
    raises: raised('method-not-exposed', ...bothClaims),
  },
  {
    name: 'that answers HEAD to everybody',
    gateway: [() => ({ route: openFor(({ method, path }) => method === 'HEAD' && path === '/orders') })],
    raises: raised('method-not-exposed', ...bothClaims),
  },
  {
    name: 'that protects the exact path and forwards what is below it',
    gateway: [() => ({ route: openFor(({ path }) => path.startsWith('/orders/')) })],
    raises: raised('path-not-exposed', ...bothClaims),
  },
  tree('that protects one level of what its rule takes', /^\/orders\/[a-z]+\/[a-z-]+$/),
  tree('whose route for numbers stands before its check', /^\/orders\/\d+$/),
  tree('whose route for exports stands before its check', /^\/orders\/export$/),
  {
    name: 'that opens more paths than its rules name, to good tokens',
    gateway: [(sound) => ({ route: (request) => (/^\/orders\/./.test(request.path) ? 'protected' : sound.route(request)) })],
    raises: raised('path-not-exposed', ...bothClaims),
  },
  spelling('that does not see the path behind a trailing slash', (path) => path.replace(/\/$/, '')),
  spelling('that does not see the path behind a repeated slash', (path) => path.replace(/\/{2,}/g, '/')),
  spelling('that compares the path with its case before a workload that does not', (path) => path.toLowerCase()),
  {
    ...spelling('that compares the path before it is decoded', decoded, ({ path }) => path),
    gateway: [rawPath, () => ({ route: openFor(({ path }) => path !== '/orders' && decoded(path) === '/orders') })],
  },
  {
    name: 'with a public catch-all before a workload that never looks at the path',
    rules: 'catch-all',
    gateway: [catchAll, () => ({ workload: () => json(200, { content: 'for holders of a token' }) })],
    raises: raised('path-spelling', ...bothClaims),
  },
  {
    name: 'that forwards preflights to a workload that answers with data',
    gateway: [() => ({ preflight: ordersWorkload })],
    raises: raised('cors-preflight', ...bothClaims),
  },
  {
    name: 'that allows every origin, with credentials',
    gateway: [
      () => ({
        preflight: ({ headers }): Reply => ({
          status: 204,
          headers: { 'access-control-allow-origin': headers.origin ?? '', 'access-control-allow-credentials': 'true' },
        }),
      }),
    ],
    raises: raised('cors-preflight', ...bothClaims),
  },
  {
    name: 'that asks for a token on a public path',
    gateway: [(sound) => ({ route: (request) => (request.path === '/healthz' ? 'protected' : sound.route(request)) })],
    raises: raised('public-open'),
  },
  {
    name: 'that protects reading and forwards writing, asked without consent',
    gateway: [() => ({ bypass: ({ method }) => method === 'POST', workload: strictWorkload })],
    options: { gentle: true, rate: 100_000 },
    raises: raised('write-only', ...bothClaims),
  },
  {
    name: 'that reads the tokens of calls that write without verifying them, asked without consent',
    gateway: [
      (sound, issuer) => ({
        bypass: (request) => request.method === 'POST' && readClaims(sound.tokenOf(request) ?? '', issuer) !== undefined,
        workload: strictWorkload,
      }),
    ],
    options: { gentle: true, rate: 100_000 },
    raises: raised('protected', 'write-forged'),
  },
];

/** What cannot be decoded stays as it is. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function openFor(condition: (request: SeenRequest) => boolean): Decisions['route'] {
  return (request) => {
    if (condition(request)) return 'public';
    if (request.path === '/orders' && (request.method === 'GET' || request.method === 'POST')) return 'protected';
    return request.path === '/healthz' && request.method === 'GET' ? 'public' : 'none';
  };
}

function spelling(
  name: string,
  fold: (path: string) => string,
  read = (request: SeenRequest): string => fold(request.path),
): WeakDeployment {
  return {
    name,
    gateway: [() => ({ route: openFor((request) => request.path !== '/orders' && read(request) === '/orders') })],
    raises: raised('path-spelling', ...bothClaims),
  };
}

function rawPath(): Partial<Decisions> {
  return { normalize: (path) => path };
}

/** `/getecptoken` with JWT, everything else public. */
export function catchAll(): Partial<Decisions> {
  return { route: ({ method, path }) => (method !== 'GET' ? 'none' : path === '/getecptoken' ? 'protected' : 'public') };
}

/** Refuses what it does not understand, which shows that it was asked. */
function strictWorkload(request: SeenRequest): Reply {
  return request.method === 'POST' ? json(415, { problem: 'unsupported media type' }) : ordersWorkload(request);
}

/** A rule for a whole tree, of which some paths are open. */
function tree(name: string, open: RegExp): WeakDeployment {
  return {
    name,
    rules: 'tree',
    gateway: [
      (sound) => ({
        route: (request) => {
          if (!/^\/orders\/./.test(request.path)) return sound.route(request);
          return open.test(request.path) ? 'public' : 'protected';
        },
      }),
    ],
    options: { profile: 'full', only: ['GET */orders/*'] },
    raises: raised('other-sample', ...bothClaims),
  };
}
