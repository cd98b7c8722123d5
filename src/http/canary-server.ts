import { createServer, type Server } from 'node:http';
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
 * @param at addresses to listen at, of which the first that this machine has is taken, and the port; port 0 for a free one
 * @param answer is told the target of each request
 */
export async function startCanaryServer(
  at: { readonly hosts: readonly string[]; readonly port: number },
  answer: (target: string) => CanaryAnswer,
): Promise<CanaryServer> {
  const server = createServer((request, response) => {
    request.resume();
    const { type, body } = answer((request.url ?? '/').slice(0, maxTarget));
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', connection: 'close' }).end(body);
  });
  await listenAtOne(server, at.hosts, at.port);
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

async function listenAtOne(server: Server, [host, ...others]: readonly string[], port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    const isElsewhere = (error as NodeJS.ErrnoException).code === 'EADDRNOTAVAIL';
    if (!isElsewhere || others.length === 0) throw error;
    await listenAtOne(server, others, port);
  }
}

const maxTarget = 2048;
