import { UsageError } from '../model/errors';

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
  return new Map([...pairs].map(([issuer, url]) => [issuer, checked(issuer, url)]));
}

/** The URL on the origin where the issuer is reachable, path and query kept; unchanged without `at`. */
export function relocate(url: string, at: string | undefined): string {
  if (at === undefined || !URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return `${at.replace(/\/+$/, '')}${pathname}${search}`;
}

function checked(issuer: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url && /^https?:$/.test(url.protocol) && url.username + url.password + url.search + url.hash === '';
  if (!isPlain)
    throw new UsageError(`the address of issuer ${JSON.stringify(issuer)} is no base URL; give one such as http://127.0.0.1:41001`);
  return text.replace(/\/+$/, '');
}
