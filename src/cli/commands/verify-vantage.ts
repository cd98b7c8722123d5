import { isLoopbackHost } from '../../http/loopback';
import type { ProxySettings } from '../../http/proxy-settings';
import { isJsonObject, type JsonObject } from '../../model/json';

/** Where the requests of a run came from, as far as that is known without asking anybody. Proxies are named by host and port, never with their user. */
export function vantageOf(data: JsonObject = {}, proxies?: ProxySettings): string {
  const targets = Array.isArray(data['targets']) ? data['targets'].filter(isJsonObject) : [];
  const urls = targets.flatMap(({ url }) => (typeof url === 'string' && URL.canParse(url) ? [url] : []));
  if (urls.length > 0 && urls.every((url) => isLoopbackHost(new URL(url).hostname))) return 'this machine, over loopback';
  const between = [...new Set(urls.flatMap((url) => proxies?.proxyFor(url)?.host ?? []))];
  return ['the network of this machine', ...(between.length > 0 ? [`through the proxy ${between.join(' and ')}`] : [])].join(', ');
}
