import type { Socket } from 'node:net';
import { timeOut, timeOutOnceRead } from './held-timeouts';
import { serve, serveRaw, serveText, type RunningServer } from './http-server';

/** Sends one byte after the other, until its caller has waited for too long. */
function drip(socket: Socket, bytes: string): void {
  const next = (at: number): void => {
    if (socket.destroyed) return;
    if (at === bytes.length) return timeOutOnceRead(socket);
    socket.write(bytes.charAt(at), () => setImmediate(next, at + 1));
  };
  next(0);
}

/** Sends the same bytes as fast as they are taken, until the socket is closed. */
export function flood(socket: Socket, chunk: Buffer = Buffer.alloc(65_536, 'x')): void {
  const more = (): void => {
    if (socket.destroyed) return;
    // By turns with everything else: a reader as fast as this would keep it busy for ever.
    if (socket.write(chunk)) setImmediate(more);
    else socket.once('drain', more);
  };
  more();
}

/** One chunk of 65,536 bytes. */
export const endlessChunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(65_536, 'x'), Buffer.from('\r\n')]);

const head = 'HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\n';
/** Targets that answer everybody alike, in ways that no verdict can be made of; asked with timeouts held. */
export const hostileAnswers: Readonly<Record<string, () => Promise<RunningServer>>> = {
  'accepts and never answers': () => serveRaw((socket) => socket.once('data', timeOut)),
  'closes every connection': () => serveRaw((socket) => socket.destroy()),
  'resets every connection once it is asked': () => serveRaw((socket) => socket.once('data', () => socket.resetAndDestroy())),
  'sends a body without end': () =>
    serveRaw((socket) =>
      socket.once('data', () => {
        socket.write(`${head}\r\n`);
        flood(socket);
      }),
    ),
  'sends chunks without end': () =>
    serveRaw((socket) =>
      socket.once('data', () => {
        socket.write(`${head}transfer-encoding: chunked\r\n\r\n`);
        flood(socket, endlessChunk);
      }),
    ),
  'sends chunks of no size': () => serveText(`${head}transfer-encoding: chunked\r\n\r\nnothing\r\n\r\n`),
  'sends its head one byte at a time': () => serveRaw((socket) => socket.once('data', () => drip(socket, `${head}x: ${'y'.repeat(20)}`))),
  'sends its body one byte at a time': () =>
    serveRaw((socket) => socket.once('data', () => drip(socket, `${head}content-length: 1000\r\n\r\n${'x'.repeat(20)}`))),
  'promises more than it sends': () => serveText(`${head}content-length: 1000\r\n\r\nshort`),
  'sends more than it promises': () => serveText(`${head}content-length: 2\r\n\r\nmuch longer HTTP/1.1 200 OK\r\n\r\n`),
  'gives two lengths': () => serveText(`${head}content-length: 2\r\ncontent-length: 3\r\n\r\nabc`),
  'sends 10 MB of headers': () => serveText(`${head}${`x-filler: ${'y'.repeat(1000)}\r\n`.repeat(10_000)}\r\n`),
  'sends one header of 10 MB': () => serveText(`${head}x: ${'y'.repeat(10_000_000)}\r\n\r\n`),
  'speaks another protocol': () => serveText('220 mail.example.test ESMTP\r\n'),
  'gives its error page to everybody, as a success': () =>
    serve((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html><h1>Oops</h1>Something went wrong</html>')),
  'gives its error page to everybody': () =>
    serve((_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<html><h1>502 Bad Gateway</h1></html>')),
  'refuses everybody': () => serve((_, response) => response.writeHead(403).end()),
  'throttles everybody': () => serve((_, response) => response.writeHead(429, { 'retry-after': '60' }).end()),
};
