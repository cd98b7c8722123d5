import fastify, {
  type FastifyInstance,
  type FastifyRequest,
  type FastifyServerOptions,
  type onRequestAsyncHookHandler,
  type onRequestHookHandler,
} from 'fastify';
import { verify } from 'jsonwebtoken';
import { serve, type RunningServer } from '../support/http-server';
import { bothClaims, raised, type Deployment, type WeakDeployment } from './deployment';
import { granted, type TestIssuer } from './issuer';
import { inFull } from './weak-transport';

const orders = { orders: [{ id: 4711, article: 'bolt M8', buyer: 'Ada' }] };

/** What a hook of the usual kind looks at. */
interface Checks {
  /** Options of `verify` of jsonwebtoken. @default - algorithm, issuer and audience */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly hasScope?: (scopes: readonly string[]) => boolean;
}

const named = (scopes: readonly string[]): boolean => scopes.includes(granted.scope[0]);

/** A hook as its manual writes it: 401 without a good token, 403 without the scope. */
function verifying({ issuer, key }: TestIssuer, { options, hasScope = named }: Checks = {}): onRequestAsyncHookHandler {
  const all = options ?? { algorithms: ['RS256'], issuer, audience: granted.aud[0] };
  return async (request, reply) => {
    const claims = claimsOf(request, key.publicPem, all);
    if (!claims) return reply.code(401).send({ error: 'unauthorized' });
    if (!hasScope([claims['scope']].flat() as string[])) return reply.code(403).send({ error: 'forbidden' });
    return undefined;
  };
}

function claimsOf(
  { headers }: FastifyRequest,
  pem: string,
  options: Readonly<Record<string, unknown>>,
): Record<string, unknown> | undefined {
  try {
    const claims = verify(tokenIn(headers.authorization), pem, options);
    return typeof claims === 'object' ? claims : undefined;
  } catch {
    return undefined;
  }
}

function tokenIn(header: string | undefined): string {
  return /^Bearer (\S+)$/.exec(header ?? '')?.[1] ?? '';
}

type SetUp = (app: FastifyInstance, issuer: TestIssuer) => unknown;

function started(setUp: SetUp, options: FastifyServerOptions = {}): Pick<Deployment, 'start'> {
  return {
    async start(issuer): Promise<RunningServer> {
      const app = fastify(options);
      app.get('/healthz', async () => ({ status: 'up' }));
      await setUp(app, issuer);
      await app.ready();
      const server = await serve((request, response) => app.routing(request, response));
      return {
        ...server,
        close: async () => {
          await Promise.all([server.close(), app.close()]);
        },
      };
    },
  };
}

/** The routes of the workload. */
function ordersOf(app: FastifyInstance): void {
  app.get('/orders', async () => orders);
  app.post('/orders', async (_, reply) => reply.code(201).send({ created: 4713 }));
}

/** As the manual says: hook and routes in one plugin. */
export const soundFastify: Deployment = {
  name: 'made of Fastify and jsonwebtoken',
  ...started((app, issuer) =>
    app.register(async (inside) => {
      inside.addHook('onRequest', verifying(issuer));
      ordersOf(inside);
    }),
  ),
};

/** Its check stands behind the parser of bodies: what has the wrong form is refused before anybody looks for a token. */
export const soundFastifyLate: Deployment = {
  name: 'made of Fastify, which looks at the form of a call before its token',
  ...started((app, issuer) =>
    app.register(async (inside) => {
      inside.addHook('preHandler', verifying(issuer));
      ordersOf(inside);
      inside.put('/orders', async (_, reply) => reply.code(204).send());
    }),
  ),
};

/** Fastify with its usual means, used wrongly. */
export const weakFastify: readonly WeakDeployment[] = [
  weak('a hook in a plugin of its own, which holds for that plugin only', ['no-token', ...bothClaims], async (app, issuer) => {
    await app.register(async (inside) => void inside.addHook('onRequest', verifying(issuer)));
    ordersOf(app);
  }),
  weak(
    'a hook that compares the path with its case, before a router that does not',
    ['path-spelling', ...bothClaims],
    (app, issuer) => {
      app.addHook(
        'onRequest',
        onlyAt(({ url }) => url.startsWith('/orders'), issuer),
      );
      ordersOf(app);
    },
    { caseSensitive: false },
  ),
  weak('a hook that compares the URL with its query', ['no-token', ...bothClaims], (app, issuer) => {
    app.addHook(
      'onRequest',
      onlyAt(({ url }) => url === '/orders', issuer),
    );
    ordersOf(app);
  }),
  weak('a hook on the route of GET, beside one of HEAD', ['method-not-exposed', ...bothClaims], (app, issuer) => {
    app.head('/orders', async (_, reply) => reply.header('content-length', JSON.stringify(orders).length).send());
    app.get('/orders', { ...onRoute(issuer), exposeHeadRoute: false }, async () => orders);
  }),
  {
    ...weak('a hook on the route of GET, and none on that of POST', ['no-token', ...bothClaims], (app, issuer) => {
      app.get('/orders', onRoute(issuer), async () => orders);
      app.post('/orders', async (_, reply) => reply.code(201).send({ created: 4713 }));
    }),
    options: {},
  },
  weak(
    'a path from a header, and a hook that looks at the one before',
    ['path-spelling', 'rewrite-header', ...bothClaims],
    (app, issuer) => {
      app.addHook(
        'onRequest',
        onlyAt(({ originalUrl }) => originalUrl.startsWith('/orders'), issuer),
      );
      ordersOf(app);
    },
    { rewriteUrl: ({ url = '/', headers }) => [headers['x-original-url'] ?? url].flat()[0] ?? url },
  ),
  weak(
    'trust in every proxy, and callers from inside spared',
    ['client-address', ...bothClaims],
    (app, issuer) => {
      app.addHook(
        'onRequest',
        onlyAt(({ url, ip }) => url !== '/healthz' && !ip.startsWith('10.'), issuer),
      );
      ordersOf(app);
    },
    { trustProxy: true },
  ),
  weak('a hook that only logs what its verifier throws', ['empty-token', 'garbage-token', ...bothClaims], (app, { key }) => {
    app.addHook('onRequest', async (request, reply) => {
      if (request.url === '/healthz') return undefined;
      if (tokenIn(request.headers.authorization) === '') return reply.code(401).send({ error: 'unauthorized' });
      claimsOf(request, key.publicPem, { algorithms: ['RS256'] });
      return undefined;
    });
    ordersOf(app);
  }),
  weakInChecks('jsonwebtoken that is not told the issuer', ['wrong-issuer', 'protected'], () => ({
    options: { algorithms: ['RS256'], audience: granted.aud[0] },
  })),
  weakInChecks('jsonwebtoken that is not told the audience', ['wrong-audience', 'protected'], ({ issuer }) => ({
    options: { algorithms: ['RS256'], issuer },
  })),
  weakInChecks('jsonwebtoken that ignores the end of tokens', ['expired-token', 'protected'], ({ issuer }) => ({
    options: { algorithms: ['RS256'], issuer, audience: granted.aud[0], ignoreExpiration: true },
  })),
  weakInChecks('a scope that is looked for in a text', ['wrong-scope', 'protected'], () => ({
    hasScope: (scopes) => scopes.join(' ').includes(granted.scope[0]),
  })),
];

/** The hook of one route alone. */
function onRoute(issuer: TestIssuer): { readonly onRequest: onRequestHookHandler } {
  const hook: unknown = verifying(issuer);
  return { onRequest: hook as onRequestHookHandler };
}

/** A hook for some requests only. */
function onlyAt(isMeant: (request: FastifyRequest) => boolean, issuer: TestIssuer): onRequestAsyncHookHandler {
  const hook = verifying(issuer) as (request: FastifyRequest, reply: unknown) => Promise<unknown>;
  return async (request, reply) => (isMeant(request) ? hook(request, reply) : undefined);
}

function weakInChecks(what: string, ids: readonly string[], checks: (issuer: TestIssuer) => Checks): WeakDeployment {
  return weak(what, ids, (app, issuer) => {
    return app.register(async (inside) => {
      inside.addHook('onRequest', verifying(issuer, checks(issuer)));
      ordersOf(inside);
    });
  });
}

function weak(what: string, ids: readonly string[], setUp: SetUp, options?: FastifyServerOptions): WeakDeployment {
  return { name: `made of Fastify with ${what}`, ...started(setUp, options), options: inFull, raises: raised(...ids) };
}
