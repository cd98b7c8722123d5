/** The part of express 5 that the function runtime uses; the package ships no types of its own. */
declare module 'express' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  namespace express {
    interface Request extends IncomingMessage {
      body?: unknown;
    }
    interface Response extends ServerResponse {
      status(code: number): this;
      set(name: string, value: string): this;
      type(name: string): this;
      send(body: unknown): this;
      json(body: unknown): this;
    }
    type Handler = (request: Request, response: Response, next: (error?: unknown) => void) => unknown;
    interface Application {
      (request: IncomingMessage, response: ServerResponse): void;
      use(handler: Handler): this;
      get(path: string, handler: Handler): this;
      all(path: RegExp, handler: Handler): this;
    }
    interface BodyOptions {
      limit: string | number;
      type: string | readonly string[] | ((request: IncomingMessage) => boolean);
      strict?: boolean;
      extended?: boolean;
    }
  }

  interface Express {
    (): express.Application;
    json(options: express.BodyOptions): express.Handler;
    text(options: express.BodyOptions): express.Handler;
    urlencoded(options: express.BodyOptions): express.Handler;
    raw(options: express.BodyOptions): express.Handler;
  }
  const express: Express;
  export = express;
}
