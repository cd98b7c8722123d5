import { closest } from '../model/closest';
import { UsageError } from '../model/errors';
import { issuerOf, type Credentials } from './credentials';

/**
 * Where issuers are really reachable: issuer string to base URL (`--issuer ISSUER=URL`). Named by the user, never learnt from a manifest or
 * a discovery document, because secrets may go there.
 */
export type IssuerAddresses = ReadonlyMap<string, string>;

/**
 * Reads the pairs of `--issuer`.
 *
 * @throws {UsageError} ERR_USAGE when a URL is no plain http(s) base URL
 */
export function issuerAddresses(pairs: Iterable<readonly [issuer: string, url: string]>): IssuerAddresses {
  return new Map([...pairs].map(([issuer, url]) => [issuer, withoutOwnPath(issuer, checked(issuer, url))]));
}

/**
 * The pairs of `--issuer` with full issuer strings in place of hosts: a host stands for every issuer there.
 *
 * @param issuers the issuers of this call. Where there are none, every name passes: then something else is wrong, which says more
 * @param clients whose issuers count as known, too; the `url` of a service key stands for its issuer
 * @throws {UsageError} ERR_USAGE when a name is none of them, because an address that nobody asks at changes nothing
 */
export function nameIssuers(
  pairs: readonly (readonly [name: string, url: string])[],
  issuers: readonly string[],
  clients: readonly Credentials[],
): (readonly [issuer: string, url: string])[] {
  const known = new Set([...issuers, ...clients.flatMap((client) => issuerOf(client) ?? [])]);
  if (known.size === 0) return [...pairs];
  const named = (name: string): string[] => {
    if (known.has(name)) return [name];
    const byUrl = clients.filter(({ issuerUrl }) => issuerUrl === name).flatMap((client) => issuerOf(client) ?? []);
    return byUrl.length > 0 ? byUrl : [...known].filter((issuer) => isHostOf(name, issuer));
  };
  const strangers = pairs.map(([name]) => name).filter((name) => named(name).length === 0);
  if (strangers.length > 0) throw unknownIssuers(strangers, [...known].sort());
  return pairs.flatMap(([name, url]) => named(name).map((issuer) => [issuer, url] as const));
}

function isHostOf(name: string, issuer: string): boolean {
  if (!URL.canParse(issuer)) return false;
  const { host, hostname } = new URL(issuer);
  return [host, hostname].includes(name.toLowerCase());
}

function unknownIssuers(strangers: readonly string[], known: readonly string[]): UsageError {
  const hosts = known.flatMap((issuer) => (URL.canParse(issuer) ? [new URL(issuer).host] : []));
  const told = strangers.map((name) => {
    const near = closest(name, [...known, ...hosts]);
    return `--issuer is for ${JSON.stringify(name)}, which no rule and no credential names${near === undefined ? '' : ` (did you mean ${JSON.stringify(near)}?)`}`;
  });
  return new UsageError(told.join('; '), `Give an issuer character by character, or its host. There are: ${known.join(', ')}.`);
}

/** The URL on the origin where the issuer is reachable, path and query kept; unchanged without `at`. */
export function relocate(url: string, at: string | undefined): string {
  if (at === undefined || !URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return `${at.replace(/\/+$/, '')}${pathname}${search}`;
}

/** The path of the issuer is put behind the base anyway; whoever writes it there means it once. */
function withoutOwnPath(issuer: string, base: string): string {
  const own = URL.canParse(issuer) ? new URL(issuer).pathname.replace(/\/+$/, '') : '';
  return own !== '' && base.endsWith(own) ? base.slice(0, -own.length).replace(/\/+$/, '') : base;
}

function checked(issuer: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url && /^https?:$/.test(url.protocol) && url.username + url.password + url.search + url.hash === '';
  if (!isPlain)
    throw new UsageError(`the address of issuer ${JSON.stringify(issuer)} is no base URL; give one such as http://127.0.0.1:41001`);
  return text.replace(/\/+$/, '');
}
