import type { IncomingMessage } from 'node:http';
import type { AccessRequest } from '../model/access';

/**
 * A request as the ingress gateway of a cluster would see it. The port of this gateway is taken off the host: clients of a cluster
 * use port 443 and send none.
 */
export function accessRequest(incoming: IncomingMessage, port: number): AccessRequest {
  const lines = headerLines(incoming.rawHeaders);
  const headers = Object.fromEntries([...lines].map(([name, values]) => [name, values.join(',')]));
  const host = headers['host'] ?? '';
  const own = `:${port}`;
  return {
    host: host.endsWith(own) ? host.slice(0, -own.length) : host,
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    headers,
    headerLines: Object.fromEntries([...lines].filter(([, values]) => values.length > 1)),
  };
}

/** Every value of a name counts, in order: Node.js alone would drop a second `Authorization`, which Envoy sees. */
function headerLines(raw: readonly string[]): Map<string, string[]> {
  const lines = new Map<string, string[]>();
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = (raw[i] ?? '').toLowerCase();
    lines.set(name, [...(lines.get(name) ?? []), raw[i + 1] ?? '']);
  }
  return lines;
}
