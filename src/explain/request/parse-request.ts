import type { AccessRequest } from '../../model/access';
import { closest } from '../../model/closest';
import { UsageError } from '../../model/errors';
import { ruleMethods } from '../../model/api-rule';

const example = "Give a request such as 'GET https://orders.example.com/orders/1'.";

/**
 * Reads `GET https://host/path` without changing a character of the path: what a browser would normalize away is what may be asked about.
 * @throws {UsageError} ERR_USAGE when method or address cannot be read
 */
export function parseRequest(line: string, option: string): AccessRequest {
  const parts = /^(\S+)\s+(\S+)$/.exec(line.trim());
  if (!parts) throw new UsageError(`${option} is "${line}", which is no method and address`, example);
  const [, method = '', url = ''] = parts;
  checkMethod(method, option);
  const address = /^https?:\/\/([^/?#@]+)([/?#].*)?$/i.exec(url);
  if (!address) throw new UsageError(`${option} names "${url}", which is no http address with a host`, example);
  const [, host = '', rest = ''] = address;
  return { host, method, target: rest.startsWith('/') ? rest : `/${rest}`, headers: {} };
}

function checkMethod(method: string, option: string): void {
  const upper = method.toUpperCase();
  if (/^[A-Z]+$/.test(method)) return;
  const near = closest(upper, ruleMethods);
  throw new UsageError(
    `${option} names method "${method}"${near === undefined ? '' : `; did you mean ${near}?`}`,
    'Methods are written in capital letters, as they are sent.',
  );
}

/** Text that stands for the token in a header or in the address. */
export const tokenPlaceholder = '$TOKEN';

/**
 * Adds headers, each `Name: value`.
 * @throws {UsageError} ERR_USAGE when one has no name
 */
export function withHeaders(request: AccessRequest, lines: readonly string[]): AccessRequest {
  const values = new Map<string, string[]>();
  for (const line of lines) {
    const header = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(.*)$/.exec(line);
    if (!header) throw new UsageError(`--header is "${line}"; give NAME: VALUE`, "Write it as with curl: --header 'X-Token: abc'.");
    const name = (header[1] ?? '').toLowerCase();
    values.set(name, [...(values.get(name) ?? []), header[2] ?? '']);
  }
  const [host] = values.get('host') ?? [];
  values.delete('host');
  const several = [...values].filter(([, all]) => all.length > 1);
  return {
    ...request,
    ...(host !== undefined && { host }),
    headers: Object.fromEntries([...values].map(([name, all]) => [name, all.join(',')])),
    ...(several.length > 0 && { headerLines: Object.fromEntries(several) }),
  };
}
