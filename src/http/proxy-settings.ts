import { BlockList, isIP } from 'node:net';
import { UsageError } from '../model/errors';
import { isLoopbackHost } from './loopback';

/** Which proxy stands between this machine and a host. */
export interface ProxySettings {
  /** The proxy for a URL; undefined when it is asked directly. Loopback never goes through a proxy: it would leave this machine. */
  proxyFor(url: string): URL | undefined;
}

/**
 * Reads `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`; lower case goes before upper case. `HTTP_PROXY` in upper case does not count
 * where `REQUEST_METHOD` is set: there a caller of a CGI program could have set it.
 *
 * @throws {UsageError} ERR_USAGE when one is no http(s) URL; its value is not quoted, because it may hold a password
 */
export function proxySettings(env: Readonly<Record<string, string | undefined>>): ProxySettings {
  const valueOf = (name: string): [name: string, value: string] | undefined => {
    const isForgeable = name === 'http_proxy' && env['REQUEST_METHOD'] !== undefined;
    const found = [name, ...(isForgeable ? [] : [name.toUpperCase()])].find((one) => env[one] !== undefined && env[one] !== '');
    return found === undefined ? undefined : [found, env[found] ?? ''];
  };
  const all = valueOf('all_proxy');
  const proxies = { 'https:': read(valueOf('https_proxy') ?? all), 'http:': read(valueOf('http_proxy') ?? all) };
  if (!proxies['https:'] && !proxies['http:']) return { proxyFor: () => undefined };
  const isExcluded = exclusions(valueOf('no_proxy')?.[1] ?? '');
  return {
    proxyFor(text) {
      const url = new URL(text);
      const proxy = url.protocol === 'http:' || url.protocol === 'https:' ? proxies[url.protocol] : undefined;
      return proxy === undefined || isLoopbackHost(url.hostname) || isExcluded(url) ? undefined : proxy;
    },
  };
}

/** Secrets in the addresses of proxies, for the redactor. */
export function proxySecrets(env: Readonly<Record<string, string | undefined>>): string[] {
  const values = ['https_proxy', 'http_proxy', 'all_proxy'].flatMap((name) => [env[name], env[name.toUpperCase()]]);
  return values.flatMap((value) => {
    const url = parse(value ?? '');
    return url && url.password !== '' ? [url.password, decoded(url.password)] : [];
  });
}

/** `Proxy-Authorization` for a proxy whose address holds a name. @see RFC 7617 */
export function proxyAuthorization({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  return `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`;
}

function read(named: readonly [name: string, value: string] | undefined): URL | undefined {
  if (!named) return undefined;
  const [name, value] = named;
  const url = parse(value);
  if (url && /^https?:$/.test(url.protocol) && url.hostname !== '') return url;
  throw new UsageError(
    `${name} is no proxy that can be used`,
    `Set ${name} to an address such as http://proxy.example.com:3128, or unset it.`,
  );
}

/** `proxy.example.com:3128` is meant as http, as curl reads it. */
function parse(value: string): URL | undefined {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  return value !== '' && URL.canParse(text) ? new URL(text) : undefined;
}

/** Entries: `*`, a name with all below it (a dot or `*.` in front changes nothing), an address, a network, each with a port if wanted. */
function exclusions(list: string): (url: URL) => boolean {
  const entries = list.split(/[\s,]+/).filter((entry) => entry !== '');
  if (entries.includes('*')) return () => true;
  const tests = entries.map(exclusion);
  return (url) => {
    const host = url.hostname
      .toLowerCase()
      .replace(/^\[(.*)\]$/, '$1')
      .replace(/\.$/, '');
    const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
    return tests.some((test) => test(host, port));
  };
}

type Exclusion = (host: string, port: string) => boolean;

function exclusion(entry: string): Exclusion {
  const network = networkTest(entry);
  if (network) return network;
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(entry) ?? [];
  const name = (bracketed ?? plain ?? entry)
    .toLowerCase()
    .replace(/^\*?\./, '')
    .replace(/\.$/, '');
  return (host, hostPort) =>
    (host === name || (isIP(host) === 0 && host.endsWith(`.${name}`))) && (port === undefined || port === hostPort);
}

function networkTest(entry: string): Exclusion | undefined {
  const [, address = '', bits] = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(entry) ?? [];
  const family = isIP(address);
  if (family === 0 || Number(bits) > (family === 4 ? 32 : 128)) return undefined;
  const networks = new BlockList();
  const type = (version: number): 'ipv4' | 'ipv6' => (version === 4 ? 'ipv4' : 'ipv6');
  networks.addSubnet(address, Number(bits), type(family));
  return (host) => isIP(host) === family && networks.check(host, type(family));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
