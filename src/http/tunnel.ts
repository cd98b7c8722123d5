import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { proxyAuthorization } from './proxy-settings';

/** The proxy did not open a tunnel. It is no answer of the host that was meant: a 403 of a proxy must never look like a refusal there. */
export class ProxyError extends Error {
  readonly code = 'ERR_PROXY';
  constructor(readonly status: number) {
    super(`the proxy answered CONNECT with status ${status}`);
  }
}

const maxSilenceMs = 30_000;

/**
 * Opens a tunnel through a proxy, for http and https alike: bytes arrive as they were sent, and the proxy sees no token.
 *
 * @param ca authorities to trust for a proxy that is itself reached over https
 * @see RFC 9110 section 9.3.6
 */
export function openTunnel(
  proxy: URL,
  host: string,
  port: number,
  { ca, signal }: { ca?: string; signal?: AbortSignal } = {},
): Promise<Socket> {
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const authorization = proxyAuthorization(proxy);
  const options: RequestOptions & { ca?: string } = {
    host: proxy.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: proxy.port === '' ? (proxy.protocol === 'https:' ? 443 : 80) : proxy.port,
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) },
    agent: false,
    ...(ca === undefined ? {} : { ca }),
    ...(signal && { signal }),
  };
  return new Promise((resolve, reject) => {
    const asking = (proxy.protocol === 'https:' ? httpsRequest : httpRequest)(options);
    asking.once('connect', ({ statusCode = 0 }, socket: Socket, head: Buffer) => {
      socket.setTimeout(0);
      if (statusCode >= 200 && statusCode < 300) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(new ProxyError(statusCode));
    });
    asking.once('response', ({ statusCode = 0 }) => {
      asking.destroy();
      reject(new ProxyError(statusCode));
    });
    asking.once('error', reject);
    asking.setTimeout(maxSilenceMs, () => asking.destroy(Object.assign(new Error('the proxy is silent'), { code: 'ETIMEDOUT' })));
    asking.end();
  });
}
