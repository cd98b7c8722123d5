import { posix } from 'node:path';
import { bothClaims, raised, type WeakDeployment } from './deployment';
import { json, ordersWorkload, type SeenRequest } from './gateway';
import { inFull } from './weak-transport';

/** Gateways that do not see the protected path where their workload does. */
export const weakPaths: readonly WeakDeployment[] = [
  reading('resolves dot segments', 'path-dots', (path) => (path.includes('/.') ? posix.normalize(path).replace(/\/$/, '') : path)),
  reading('resolves dot segments that are encoded twice', 'path-dots', (path) =>
    /%252e/i.test(path) ? posix.normalize(path.replace(/%252e/gi, '.')) : path,
  ),
  reading('takes an encoded slash for one', 'path-separators', (path) => path.replace(/^\/%2f/i, '/')),
  reading('takes a backslash for a slash', 'path-separators', (path) => path.replace(/\\$/, '')),
  reading('cuts off parameters', 'path-parameters', (path) => path.replace(/;.*$/, '')),
  reading('cuts off what stands behind a null byte', 'path-suffix', (path) => path.replace(/%00.*$/, '')),
  reading('gives every style sheet that is asked for to its only route', 'path-suffix', (path) => path.replace(/\/\w+\.css$/, '')),
  reading('decodes %u', 'path-letters', (path) =>
    path.replace(/%u00([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
  ),
  reading('decodes twice', 'path-letters', (path) =>
    path.replace(/%25([67][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
  ),
  reading('undoes a slash and an escape together', 'path-twice', (path) =>
    /^\/\/.*%/.test(path) ? decodeURIComponent(path.slice(1)) : path,
  ),
  {
    ...reading('reads the path of an absolute target', 'request-target', (path) => path.replace(/^https?:\/\/[^/]+/i, '')),
    name: 'that compares targets as they come, before a workload that takes absolute ones apart',
  },
  exempting('whatever has /health at its end', 'path-query', ({ url, path }) => path === '/orders' && url.endsWith('/health')),
  {
    ...exempting('whatever has its health check before a fragment', 'path-query', ({ url }) => url === '/healthz#/orders'),
    name: 'that ends the path at a fragment, before a workload that begins there, whose public route answers in the same form',
    gateway: [
      (sound) => ({
        route: (request) => (request.url === '/healthz#/orders' ? 'public' : sound.route(request)),
        workload: ({ url }) => json(200, { rows: [{ of: url.split('#').at(-1), amount: 12.5 }], at: Math.random() }),
      }),
    ],
  },
  exempting(
    'whatever begins as its health check',
    'public-prefix',
    ({ url }) => url.startsWith('/healthz/') && posix.normalize(url) === '/orders',
  ),
  exempting('other versions of its paths', 'path-not-exposed', ({ url }) => url === '/v1/orders'),
  {
    name: 'that takes the path of its rule for an expression',
    rules: 'dotted',
    gateway: [
      () => ({
        route: ({ path, method }) =>
          method !== 'GET' ? 'none' : path === '/v1.0' ? 'protected' : /^\/v1.0$/.test(path) ? 'public' : 'none',
        workload: (request) => ordersWorkload({ ...request, path: '/orders' }),
      }),
    ],
    options: { profile: 'full', only: ['GET */v1.0'] },
    raises: raised('path-not-exposed', ...bothClaims),
  },
];

/** Open where a spelling leads to the protected path for the workload only. */
function reading(what: string, id: string, fold: (path: string) => string): WeakDeployment {
  const leads = ({ url }: SeenRequest): boolean => {
    const path = url.split('?', 1)[0] ?? '';
    return path !== '/orders' && fold(path) === '/orders';
  };
  return { ...exempting('', id, leads), name: `before a workload that ${what}` };
}

function exempting(what: string, id: string, condition: (request: SeenRequest) => boolean): WeakDeployment {
  return {
    name: `that exempts ${what}`,
    gateway: [
      (sound) => ({
        route: (request) => (request.method === 'GET' && condition(request) ? 'public' : sound.route(request)),
        workload: (request) => ordersWorkload(condition(request) ? { ...request, path: '/orders' } : request),
      }),
    ],
    options: inFull,
    raises: raised(id, ...bothClaims),
  };
}
