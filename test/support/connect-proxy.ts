import { createServer, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { serve, type RunningServer } from './http-server';

/** A proxy that opens tunnels. */
export interface ConnectProxy extends RunningServer {
  /** Hosts with ports that tunnels were asked for. */
  readonly asked: string[];
  /** `Proxy-Authorization` of each. */
  readonly authorizations: (string | undefined)[];
  /** Requests that came without CONNECT. */
  readonly plain: string[];
}

/** @param to where each tunnel ends, or the status with which it is refused */
export async function serveConnectProxy(
  to: (authority: string) => number | { readonly port: number; readonly host?: string },
): Promise<ConnectProxy> {
  const [asked, authorizations, plain]: [string[], (string | undefined)[], string[]] = [[], [], []];
  const tunnels = new Set<Socket>();
  const server = createServer((request, response) => {
    plain.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.writeHead(403).end('no forward proxy');
  });
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => undefined);
    tunnels.add(socket);
    asked.push(request.url ?? '');
    authorizations.push(request.headers['proxy-authorization']);
    const end = to(request.url ?? '');
    if (typeof end === 'number') return void socket.end(`HTTP/1.1 ${end} No\r\nContent-Length: 0\r\n\r\n`);
    const far = connect(end.port, end.host ?? '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      far.pipe(socket).pipe(far);
    });
    tunnels.add(far);
    far.on('error', () => socket.destroy());
  });
  const running = await serve(() => undefined, server);
  const close = async (): Promise<void> => {
    for (const one of tunnels) one.destroy();
    await running.close();
  };
  return { ...running, close, asked, authorizations, plain };
}
