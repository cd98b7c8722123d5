import { connect as connectTcp, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type SecureContextOptions, type TLSSocket } from 'node:tls';
import { serveRaw, type RunningServer } from '../support/http-server';
import { selfSigned } from '../support/self-signed';
import { startGateway, type Change } from './gateway';
import type { TestIssuer } from './issuer';

/** How a gateway stands behind TLS. */
export interface TlsSettings {
  /** Versions and ciphers. @default - TLS 1.2 and 1.3 with the ciphers of Node.js */
  readonly offers?: SecureContextOptions;
  /** What whoever speaks plain HTTP to the same port gets; a list serves it with these changes. @default 'refused' */
  readonly plain?: 'refused' | 'redirected' | readonly Change[];
  /** Changes for those who ask TLS for another name. @default - none */
  readonly otherNames?: readonly Change[];
}

export const tlsHost = 'orders.example.test';

let made: ReturnType<typeof selfSigned> | undefined;

/** The certificate of all gateways behind TLS, which signs itself. */
export function certificate(): ReturnType<typeof selfSigned> {
  return (made ??= selfSigned(tlsHost));
}

const refusal =
  'HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: 46\r\nConnection: close\r\n\r\nplain HTTP request was sent to a port for HTTPS';

/** Starts a gateway that is reached over TLS. */
export async function behindTls(issuer: TestIssuer, settings: TlsSettings, gateway: readonly Change[]): Promise<RunningServer> {
  const { offers = { minVersion: 'TLSv1.2' }, plain = 'refused', otherNames = [] } = settings;
  const servers = await Promise.all([
    startGateway(issuer, ...gateway),
    startGateway(issuer, ...gateway, ...otherNames),
    startGateway(issuer, ...gateway, ...(typeof plain === 'string' ? [] : plain)),
  ]);
  const [usual, other, open] = servers;
  const tls = createTlsServer({ ...certificate(), ...offers, ALPNProtocols: ['http/1.1'] }, (socket) =>
    join(socket, connectTcp(isStrange(socket) ? other.port : usual.port, '127.0.0.1')),
  );
  tls.on('tlsClientError', (_, socket) => socket.destroy());
  const front = await byFirstByte(tls, (socket, first) => {
    if (typeof plain !== 'string') join(socket, connectTcp(open.port, '127.0.0.1'));
    else socket.end(plain === 'refused' ? refusal : redirect(first.toString('latin1')));
  });
  return {
    ...front,
    close: async () => {
      await Promise.all([front.close(), ...servers.map((server) => server.close())]);
    },
  };
}

/** One port for both: the first byte tells a handshake from a request. */
export function acceptingBoth(secure: Server, plain: Server): Promise<RunningServer> {
  return byFirstByte(secure, (socket) => void plain.emit('connection', socket));
}

async function byFirstByte(secure: Server, onPlain: (socket: Socket, first: Buffer) => void): Promise<RunningServer> {
  const front = await serveRaw((socket) =>
    socket.once('readable', () => {
      const first = socket.read() as Buffer | null;
      if (first === null) return;
      socket.unshift(first);
      if (first[0] === 0x16) secure.emit('connection', socket);
      else onPlain(socket, first);
    }),
  );
  return { ...front, url: front.url.replace('http:', 'https:') };
}

function isStrange({ servername }: TLSSocket): boolean {
  return typeof servername === 'string' && servername !== tlsHost;
}

function redirect(request: string): string {
  const target = /^\S+ (\S+)/.exec(request)?.[1] ?? '/';
  return `HTTP/1.1 301 Moved Permanently\r\nLocation: https://${tlsHost}${target}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
}

function join(one: Socket, other: Socket): void {
  one.pipe(other).pipe(one);
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  }
}
