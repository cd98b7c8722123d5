import { createServer, type RequestListener, type Server as HttpServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A server that runs. */
export interface RunningServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Starts a real HTTP server on a free port of the loopback interface. */
export async function serve(listener: RequestListener, server: HttpServer = createServer(listener)): Promise<RunningServer> {
  return start(server, () => {
    server.closeAllConnections();
  });
}

/** Starts a TCP server that may speak HTTP as badly as it likes. */
export async function serveRaw(onSocket: (socket: Socket) => void): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  return start(server, () => {
    for (const socket of sockets) socket.destroy();
  });
}

/** Answers every request with this text after its head has arrived. */
export function serveText(text: string, end = true): Promise<RunningServer> {
  return serveRaw((socket) => socket.once('data', () => (end ? socket.end(text) : socket.write(text))));
}

/** A port of the loopback interface on which nobody listens. */
export async function deadUrl(): Promise<string> {
  const server = await serve(() => undefined);
  await server.close();
  return server.url;
}

async function start(server: Server, cut: () => void): Promise<RunningServer> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}
