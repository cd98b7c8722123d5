import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a place of the canary answers with. */
export interface CanaryAnswer {
  readonly type: string;
  readonly body: string | Buffer;
}

/** A server that nobody should ever ask: whoever does was led there by a token. */
export interface CanaryServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Starts it. Requests are told with their target and answered alike, whatever their method.
 *
 * @param at address and port to listen at; port 0 for a free one
 * @param answer is told the target of each request
 */
export async function startCanaryServer(
  at: { readonly host: string; readonly port: number },
  answer: (target: string) => CanaryAnswer,
): Promise<CanaryServer> {
  const server = createServer((request, response) => {
    request.resume();
    const { type, body } = answer((request.url ?? '/').slice(0, maxTarget));
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', connection: 'close' }).end(body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  });
  server.unref();
  return {
    port: (server.address() as AddressInfo).port, // listening over TCP
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const maxTarget = 2048;
