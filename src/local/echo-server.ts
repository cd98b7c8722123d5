import { createServer, type IncomingMessage } from 'node:http';
import { closeServer, listen } from './listen';

/** Stands for a Service whose workload is not in the input. */
export interface EchoServer {
  readonly url: string;
  close(): Promise<void>;
}

const hidden = '[redacted]';
const secretHeaders = new Set(['authorization', 'proxy-authorization', 'cookie']);

/** Starts a server that answers every request with what it got, in JSON and without tokens. */
export async function startEcho(key: string): Promise<EchoServer> {
  const server = createServer((request, response) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ service: key, ...seen(request), bodyBytes: bytes }));
    });
  });
  return { url: await listen(server), close: () => closeServer(server) };
}

function seen({ method, url, headers }: IncomingMessage): object {
  const shown = Object.entries(headers).map(([name, value]) => [name, secretHeaders.has(name) ? hidden : withoutTokens(String(value))]);
  return { method, path: withoutTokens(url ?? ''), headers: Object.fromEntries(shown) as object };
}

/** Tokens begin with an encoded `{"`, wherever they stand. */
function withoutTokens(text: string): string {
  return text.replace(/eyJ[\w.~+/%=-]*/g, hidden);
}
