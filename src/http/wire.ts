import { AxiosHeaders, getAdapter } from 'axios';
import { createAgents, type Agents } from './agents';
import type { Dialling } from './exact-exchange';
import type { OutgoingRequest, Wire } from './exchange';
import type { ProxySettings } from './proxy-settings';

/** Name of the header that carries the run id. */
export const runIdHeader = 'X-Kyma-Guard-Run';

/** How the way out is made. */
export interface WireOptions {
  /** Certificate authorities to trust instead of the usual ones, PEM. @default - those of Node.js */
  readonly ca?: string;
  /** Accepts any certificate. Never for issuers. @default false */
  readonly insecureTls?: boolean;
  /** Proxies between this machine and other hosts. @default - none, whatever the environment says */
  readonly proxies?: ProxySettings;
  /** Requests under way at once, per host. @default - no limit */
  readonly connections?: number;
  readonly userAgent: string;
  /** Goes out with every request, so that whoever watches the target can tell this run apart. */
  readonly runId: string;
}

/** Builds the way out of a sender: pools of connections, each opened when it is first needed. */
export function connect({ ca, insecureTls = false, connections = Infinity, proxies, userAgent, runId }: WireOptions): {
  wire: Wire;
  dialling: Dialling;
  closeAgents: () => void;
} {
  const trust = { rejectUnauthorized: !insecureTls, ...(ca === undefined ? {} : { ca }) };
  const pool = { keepAlive: true, maxSockets: connections };
  const single = { keepAlive: false, maxCachedSessions: 0 };
  const made = new Map<string, Agents>();
  const agents = (kind: string, make: () => Agents): Agents => {
    const known = made.get(kind) ?? make();
    made.set(kind, known);
    return known;
  };
  const usual = agents('usual', () => createAgents(pool, trust));

  function agentsFor({ url, fresh = false, certificate }: OutgoingRequest): Agents | undefined {
    const proxy = proxies?.proxyFor(url);
    if (!fresh && !proxy && !certificate) return undefined;
    const kind = JSON.stringify([fresh, proxy?.href, certificate]);
    const own = certificate ? { ...trust, cert: certificate.certificate, key: certificate.key } : trust;
    return agents(kind, () => createAgents(fresh || certificate ? single : pool, own, proxy));
  }

  const config = {
    httpAgent: usual.httpAgent,
    httpsAgent: usual.httpsAgent,
    proxy: false,
    maxRedirects: 0,
    decompress: false,
    responseType: 'stream',
    validateStatus: null,
  } as const;
  const headers = { Accept: '*/*', 'Accept-Encoding': 'identity', 'User-Agent': userAgent, [runIdHeader]: runId };
  const closeAgents = (): void => {
    for (const { close } of made.values()) close();
  };
  const dialling = { headers, insecureTls, ...(ca !== undefined && { ca }), ...(proxies && { proxies }) };
  return { wire: { adapter: getAdapter('http'), config, agentsFor, headers: new AxiosHeaders(headers) }, dialling, closeAgents };
}
