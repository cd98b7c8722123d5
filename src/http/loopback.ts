/**
 * True for an address that cannot leave this machine: `localhost`, 127.0.0.0/8 and ::1, also in brackets.
 * `0.0.0.0` and names that only resolve to such an address do not count.
 *
 * @param host a host name or address without port, as `URL.hostname` gives it
 */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}
