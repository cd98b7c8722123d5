import { isLoopback } from '../model/issuer';

/**
 * True for an address that cannot leave this machine: `localhost`, 127.0.0.0/8 and ::1, also in brackets. Stricter than
 * {@link isLoopback}: names below `localhost` do not count, because a resolver may send them anywhere.
 *
 * @param host a host name or address without port, as `URL.hostname` gives it
 */
export function isLoopbackHost(host: string): boolean {
  return isLoopback(host) && !host.toLowerCase().endsWith('.localhost');
}
