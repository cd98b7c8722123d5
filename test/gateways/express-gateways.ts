import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import cors from 'cors';
import express from 'express';
import { expressjwt } from 'express-jwt';
import { decode } from 'jsonwebtoken';
import methodOverride from 'method-override';
import { serve } from '../support/http-server';
import { bothClaims, raised, type Deployment, type WeakDeployment } from './deployment';
import { granted, type TestIssuer } from './issuer';
import { inFull } from './weak-transport';

/** What of Express is used here. */
type Request = IncomingMessage & {
  readonly path: string;
  readonly originalUrl: string;
  readonly ip?: string;
  readonly auth?: { readonly scope?: readonly string[] };
  get(name: string): string | undefined;
};
interface Response extends ServerResponse {
  status(code: number): Response;
  json(value: unknown): void;
}
type Handler = (request: Request, response: Response, next: () => void) => void;
interface App extends RequestListener {
  disable(setting: string): void;
  set(setting: string, value: unknown): void;
  use(...handlers: readonly unknown[]): void;
  get(path: string, ...handlers: readonly Handler[]): void;
  post(path: string, ...handlers: readonly Handler[]): void;
  all(path: string, ...handlers: readonly Handler[]): void;
}
const createApp = express as unknown as () => App;

const orders = { orders: [{ id: 4711, article: 'bolt M8', buyer: 'Ada' }] };
const sendOrders: Handler = (_, response) => response.json(orders);

interface Options {
  readonly credentialsRequired?: boolean;
}

/** The usual middleware as its manual sets it up. */
function verifying({ issuer, key }: TestIssuer, options: Options = {}): Handler {
  return expressjwt({ secret: key.publicPem, algorithms: ['RS256'], issuer, audience: granted.aud[0], ...options }) as unknown as Handler;
}

const demandScope: Handler = (request, response, next) => {
  if (request.auth?.scope?.includes(granted.scope[0])) next();
  else response.status(403).json({ error: 'forbidden' });
};

/** Both in one, for those who call them by themselves. */
function guarding(issuer: TestIssuer): Handler {
  return (request, response, next) =>
    verifying(issuer)(request, response, (error?: unknown) =>
      error === undefined ? demandScope(request, response, next) : (next as (error: unknown) => void)(error),
    );
}

/** What a token says, as far as it can be read. */
function unverified(token: string): ReturnType<typeof decode> {
  try {
    return decode(token);
  } catch {
    return null;
  }
}

/** Errors without the page that Express shows in development. */
const shortErrors = (error: { status?: number }, _: Request, response: Response, _next: () => void): void =>
  response.status(error.status ?? 500).json({ error: 'refused' });

function application(setUp: (app: App) => void, errors = true): RequestListener {
  const app = createApp();
  app.disable('x-powered-by');
  app.get('/healthz', (_, response) => response.json({ status: 'up' }));
  setUp(app);
  if (errors) app.use(shortErrors);
  return app;
}

type SetUp = (app: App, issuer: TestIssuer) => void;

function started(setUp: SetUp, errors = true): Pick<Deployment, 'start'> {
  return { start: (issuer) => serve(application((app) => setUp(app, issuer), errors)) };
}

/** As the manuals say. Express reads `/orders/` and `/ORDERS` as `/orders`, and the middleware stands before all of them. */
export const soundExpress: Deployment = {
  name: 'made of Express and express-jwt',
  ...started((app, issuer) => {
    app.use('/orders', verifying(issuer), demandScope);
    app.get('/orders', sendOrders);
    app.post('/orders', (_, response) => response.status(201).json({ created: 4713 }));
  }),
};

/** Express with its usual middleware, used wrongly. */
export const weakExpress: readonly WeakDeployment[] = [
  weak('express-jwt with credentialsRequired off and no look at the result', ['no-token'], (app, issuer) => {
    app.get('/orders', verifying(issuer, { credentialsRequired: false }), sendOrders);
  }),
  weak('a comparison of the path, before a router that ignores case and a slash at the end', ['path-spelling'], (app, issuer) => {
    app.use((request: Request, response: Response, next: () => void) =>
      request.path === '/orders' ? guarding(issuer)(request, response, next) : next(),
    );
    app.get('/orders', sendOrders);
  }),
  weak('method-override before a check that spares OPTIONS', ['method-override'], (app, issuer) => {
    app.use(methodOverride('X-HTTP-Method-Override', { methods: ['GET', 'POST'] }));
    app.use('/orders', (request: Request, response: Response, next: () => void) =>
      request.method === 'OPTIONS' && request.get('origin') === undefined && request.get('X-HTTP-Method-Override') !== undefined
        ? next()
        : guarding(issuer)(request, response, next),
    );
    app.all('/orders', sendOrders);
  }),
  weak('trust in every proxy, and callers from inside spared', ['client-address'], (app, issuer) => {
    app.set('trust proxy', true);
    app.use('/orders', (request: Request, response: Response, next: () => void) =>
      /^10\./.test(request.ip ?? '') ? next() : guarding(issuer)(request, response, next),
    );
    app.get('/orders', sendOrders);
  }),
  weak('jsonwebtoken that decodes and does not verify', ['foreign-key'], (app, { issuer }) => {
    app.get('/orders', (request, response) => {
      const claims = unverified(request.get('authorization')?.replace('Bearer ', '') ?? '');
      const good =
        claims?.['iss'] === issuer && [claims['scope']].flat().includes(granted.scope[0]) && Number(claims['exp']) > Date.now() / 1000;
      if (good) response.json(orders);
      else response.status(401).json({ error: 'refused' });
    });
  }),
  {
    ...weak('cors that reflects every origin, with credentials', [], (app, issuer) => {
      app.use('/orders', verifying(issuer), demandScope, cors({ origin: true, credentials: true }));
      app.get('/orders', sendOrders);
    }),
    raises: ['cors-response'],
  },
  {
    name: 'made of Express with the error page of development',
    ...started((app, issuer) => {
      app.use('/orders', verifying(issuer), demandScope);
      app.get('/orders', sendOrders);
    }, false),
    options: inFull,
    raises: ['error-leak'],
  },
];

function weak(what: string, ids: readonly string[], setUp: SetUp): WeakDeployment {
  return {
    name: `made of Express with ${what}`,
    ...started(setUp),
    options: inFull,
    raises: raised(...ids, ...(ids.includes('foreign-key') ? ['protected'] : bothClaims)),
  };
}
