import type { RequestListener } from 'node:http';
import { createServer as createHttp2Server, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { serve, serveRaw, type RunningServer } from '../support/http-server';

/** A lenient hop before a server: it changes the text of each request on its way. Bodies are small enough to come with their head. */
export async function behindFront(server: RunningServer, change: (request: string) => string): Promise<RunningServer> {
  const front = await serveRaw((socket) => {
    const onward = connect(server.port, '127.0.0.1');
    socket.on('data', (bytes) => onward.write(change(bytes.toString('latin1')), 'latin1'));
    join(socket, onward);
    onward.pipe(socket);
  });
  return {
    ...front,
    close: async () => {
      await Promise.all([front.close(), server.close()]);
    },
  };
}

function join(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  }
}

/** Speaks HTTP/1.1 and, to whoever begins that way, HTTP/2 on one port, in clear text. */
export async function serveBoth(http1: RequestListener, http2: RequestListener): Promise<RunningServer> {
  const one = await serve(http1);
  // The compatibility API of HTTP/2 has the same shape as far as a gateway looks.
  const two = createHttp2Server(http2 as unknown as (request: Http2ServerRequest, response: Http2ServerResponse) => void);
  await new Promise<void>((resolve) => two.listen(0, '127.0.0.1', resolve));
  const { port } = two.address() as AddressInfo;
  const front = await serveRaw((socket) =>
    socket.once('data', (bytes) => {
      const onward = connect(bytes.toString('latin1', 0, 3) === 'PRI' ? port : one.port, '127.0.0.1');
      join(socket, onward);
      onward.write(bytes);
      socket.pipe(onward).pipe(socket);
    }),
  );
  return {
    ...front,
    close: async () => {
      await Promise.all([front.close(), one.close()]);
      two.close();
    },
  };
}
