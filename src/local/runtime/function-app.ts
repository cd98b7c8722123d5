import type { IncomingMessage } from 'node:http';
import { inspect } from 'node:util';
import express from 'express';
import type { Application, Request, Response } from 'express';
import { functionEvent } from './function-event';
import type { Handler } from './load-handler';
import { reply, replyToError } from './reply';
import type { ServeSettings } from './runtime-settings';

/**
 * The HTTP side of Kyma's Node.js runtime, written after its documented contract.
 * Without a handler every call is answered with 500, while `/healthz` stays 200.
 */
export function functionApp(settings: ServeSettings, handler: Handler | undefined): Application {
  const app = express();
  app.use((_request, response, next) => {
    response.set('Access-Control-Allow-Origin', '*');
    limitTime(response, settings.timeoutSeconds);
    next();
  });
  parseBodies(app, settings.bodyLimitMiB);
  app.get('/healthz', (_request, response) => response.status(200).send('OK'));
  app.get('/metrics', (_request, response) => response.type('text/plain').send('# kyma-guard local collects no metrics\n'));
  app.get('/favicon.ico', (_request, response) => response.status(204).end());
  app.all(/.*/, async (request, response) => {
    if (request.method === 'OPTIONS') answerOptions(request, response);
    else if (!handler) response.status(500).send('User function not loaded');
    else await call(handler, settings, request, response);
  });
  return app;
}

function limitTime(response: Response, seconds: number): void {
  const timer = setTimeout(() => {
    if (!response.headersSent) response.status(408).send('Request Timeout');
  }, seconds * 1000);
  response.on('close', () => {
    clearTimeout(timer);
  });
}

function parseBodies(app: Application, limitMiB: number): void {
  const limit = limitMiB * 1024 * 1024;
  app.use(express.json({ limit, strict: false, type: ['application/json', 'application/cloudevents+json'] }));
  app.use(express.text({ limit, type: 'text/*' }));
  app.use(express.urlencoded({ limit, extended: true, type: 'application/x-www-form-urlencoded' }));
  app.use(express.raw({ limit, type: (request: IncomingMessage) => !request.headers['content-type']?.startsWith('multipart/') }));
}

function answerOptions(request: Request, response: Response): void {
  const { 'access-control-request-method': method, 'access-control-request-headers': names } = request.headers;
  if (method) response.set('Access-Control-Allow-Methods', method);
  if (names) response.set('Access-Control-Allow-Headers', names);
  response.end();
}

async function call(handler: Handler, settings: ServeSettings, request: Request, response: Response): Promise<void> {
  const sendResponse = (body: unknown, status?: number, headers?: Record<string, string>): void => {
    if (response.headersSent) return;
    if (status !== undefined) response.status(status);
    for (const [name, value] of Object.entries(headers ?? {})) response.set(name, value);
    reply(response, body);
  };
  try {
    reply(response, await handler(functionEvent(request, response), contextOf(settings), sendResponse));
  } catch (error) {
    process.stderr.write(`${inspect(error)}\n`);
    replyToError(response, error);
  }
}

function contextOf(settings: ServeSettings): Record<string, unknown> {
  return {
    'function-name': settings.name,
    runtime: settings.runtime,
    namespace: settings.namespace,
    timeout: settings.timeoutSeconds,
    'body-size-limit': settings.bodyLimitMiB,
  };
}
