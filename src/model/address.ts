import { isLoopback } from './issuer';

/** An address as a URL; `undefined` for text that is none. */
export function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** True for names that only resolve inside a cluster: `keys`, `keys.shop.svc`, `keys.shop.svc.cluster.local`. */
export function isClusterHost(host: string): boolean {
  return !host.includes('.') || /\.svc(?:\.cluster(?:\.local)?)?$/.test(host);
}

/** True for this machine, for private and link-local IPv4 networks, and for unique local IPv6 addresses. @see RFC 1918, RFC 3927, RFC 4193 */
export function isPrivateHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (isLoopback(name) || name === '0.0.0.0' || name === '::') return true;
  if (/^f[cd][0-9a-f]{2}:/.test(name) || /^fe80:/.test(name)) return true;
  return /^(?:10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.)[\d.]+$/.test(name);
}
