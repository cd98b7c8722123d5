import type { ConnectionOptions } from 'node:tls';

/**
 * A TLS connection that is opened otherwise than usual, to see whether it opens. Its certificate is not checked: a server shows another one
 * under another name. So nothing secret may go through it.
 */
export interface Handshake {
  /** Name that is asked for; empty asks for none. @default - that of the request */
  readonly serverName?: string;
  /** The only version that is offered. @default - those of Node.js */
  readonly version?: 'TLSv1' | 'TLSv1.1';
  /** The only ciphers that are offered, in the words of OpenSSL. They end with TLS 1.2. @default - those of Node.js */
  readonly ciphers?: string;
}

/** What differs for `tls.connect`. OpenSSL offers old versions and weak ciphers only at its lowest level of security. */
export function handshakeOptions({ version, ciphers }: Handshake): ConnectionOptions {
  return {
    rejectUnauthorized: false,
    ...(version && { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' }),
    ...(ciphers !== undefined && { minVersion: 'TLSv1', maxVersion: 'TLSv1.2', ciphers: `${ciphers}@SECLEVEL=0` }),
  };
}

/** True when this machine cannot offer what it was to offer: the other side was not even asked. */
export function isNotOffered(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^ERR_SSL_NO_(CIPHER_MATCH|CIPHERS_AVAILABLE|PROTOCOLS_AVAILABLE)$/.test(code);
}
