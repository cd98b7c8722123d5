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

/** Nobody listens here: systems give a port below 1024 to nobody by themselves, so not to another test either. */
export const deadUrl = 'http://127.0.0.1:1';

let ports = 0;

/** A port for a program that opens it itself. Systems hand out ports from 32,768 on, so that nobody else gets this one in between. */
export async function freePort(): Promise<number> {
  const port = 10_000 + ((97 * process.pid + ports++) % 20_000);
  const server = createTcpServer();
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(port, () => resolve(true));
  });
  if (!isFree) return freePort();
  await new Promise((resolve) => server.close(resolve));
  return port;
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
