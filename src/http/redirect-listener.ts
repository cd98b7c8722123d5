import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Waits on this machine for the browser to come back from a sign-in. @see RFC 8252 section 7.3 */
export interface RedirectListener {
  /** Where the browser is to be sent: the address that was asked for, with the port that was free. */
  readonly redirectUri: string;
  /** The query of the first call that was accepted. */
  readonly answer: Promise<URLSearchParams>;
  close(): Promise<void>;
}

/**
 * @param redirect a loopback address; port 0 stands for any free one
 * @param accepts tells the answer that is waited for from calls by others, which end nothing
 * @throws {Error} of the network when the port is taken
 */
export async function listenForRedirect(redirect: URL, accepts: (query: URLSearchParams) => boolean): Promise<RedirectListener> {
  const servers: Server[] = [];
  const found: { resolve?: (query: URLSearchParams) => void } = {};
  const answer = new Promise<URLSearchParams>((resolve) => (found.resolve = resolve));
  const expected = new URL(redirect);
  const respond = (request: IncomingMessage, response: ServerResponse): void => {
    const [status, text] = verdictOf(request, expected, (query) => {
      if (!found.resolve || !accepts(query)) return false;
      found.resolve(query);
      delete found.resolve;
      return true;
    });
    response.writeHead(status, pageHeaders).end(page(text));
  };
  const port = await listen(servers, respond, redirect.hostname === '[::1]' ? '::1' : '127.0.0.1', Number(redirect.port));
  // Browsers may take `localhost` as either address; where the other one cannot be had, the first has to do.
  if (redirect.hostname === 'localhost') await listen(servers, respond, '::1', port).catch(() => 0);
  expected.port = String(port);
  return {
    redirectUri: expected.href,
    answer,
    async close() {
      await Promise.all(servers.map(stop));
    },
  };
}

/** Only the browser that this program sent comes with this host, path and an accepted query; pages of others get no further. */
function verdictOf(request: IncomingMessage, expected: URL, accept: (query: URLSearchParams) => boolean): [status: number, text: string] {
  if (request.method !== 'GET') return [405, 'Nothing is here but the end of a sign-in.'];
  const url = new URL(request.url ?? '/', expected.origin);
  if (request.headers.host !== expected.host || url.pathname !== expected.pathname)
    return [404, 'Nothing is here but the end of a sign-in.'];
  const repeated = [...new Set(url.searchParams.keys())].some((name) => url.searchParams.getAll(name).length > 1);
  if (repeated || !accept(url.searchParams)) return [400, 'This is not the sign-in that was begun here. Go back to the terminal.'];
  return url.searchParams.has('code')
    ? [200, 'You have signed in. Close this page and go back to the terminal.']
    : [200, 'The sign-in did not succeed. Close this page and go back to the terminal.'];
}

const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  Connection: 'close',
} as const;

/** Nothing that came is shown. */
function page(text: string): string {
  return `<!doctype html><html lang="en"><head><title>kyma-guard</title></head><body><p>${text}</p></body></html>\n`;
}

async function listen(
  servers: Server[],
  respond: (request: IncomingMessage, response: ServerResponse) => void,
  host: string,
  port: number,
): Promise<number> {
  const server = createServer(respond);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  servers.push(server);
  return (server.address() as AddressInfo).port;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 500).unref();
  });
}
