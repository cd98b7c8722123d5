import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { serve, type RunningServer } from './http-server';

/** One request as a token endpoint sees it. */
export interface TokenCall {
  readonly path: string;
  readonly form: URLSearchParams;
  readonly authorization: string | undefined;
  readonly request: IncomingMessage;
}

/** What it says: status, body (text or JSON), headers. */
export type TokenReply = readonly [status: number, body: unknown, headers?: Record<string, string>];

/** A token endpoint that keeps what it was asked. @param server such as one with TLS */
export async function serveTokenEndpoint(
  answer: (call: TokenCall, count: number) => TokenReply | Promise<TokenReply>,
  server?: Server,
): Promise<RunningServer & { readonly calls: TokenCall[] }> {
  const calls: TokenCall[] = [];
  const reply = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const call = { path: request.url ?? '', form: new URLSearchParams(text), authorization: request.headers.authorization, request };
    calls.push(call);
    const [status, body, headers] = await answer(call, calls.length);
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void => void reply(request, response);
  server?.on('request', listener);
  const running = await (server ? serve(listener, server) : serve(listener));
  return { ...running, calls };
}
