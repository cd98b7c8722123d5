import { OutOfScopeError, UsageError } from '../model/errors';
import { isLoopbackHost } from './loopback';
import { remembered } from './remembered';

/** What may be probed and where it is. */
export interface ScopeOptions {
  /** Hosts that the user named: exact (`orders.example.com`, `10.0.0.5`) or with all names below one (`*.example.com`). */
  readonly patterns: readonly string[];
  /** Full host to the base URL that stands for it (`--target`). @default - each host is asked at its own address */
  readonly targets?: Readonly<Record<string, string>>;
}

/** Guards the door: no packet leaves for a host that the user did not name. Loopback needs no permission. */
export interface Scope {
  /** The patterns as given, for the report. */
  readonly patterns: readonly string[];
  /**
   * @param place a URL, read or as text, or a host, with or without port; a host that has a target is judged by the address of that target
   * @throws {OutOfScopeError} ERR_OUT_OF_SCOPE when it is neither loopback nor covered by a pattern, or is no http(s) URL
   */
  check(place: string | URL): void;
  /** Base URL that stands for a host, if the user gave one. */
  targetOf(host: string): string | undefined;
}

/**
 * Builds the scope of a run.
 *
 * @throws {UsageError} ERR_USAGE when a pattern is no host, is as broad as `*` or `*.com`, or a target is no plain base URL
 */
export function createScope({ patterns, targets = {} }: ScopeOptions): Scope {
  const tests = patterns.map(patternTest);
  const addresses = new Map(Object.entries(targets).map(([host, url]) => [nameOf(host), baseUrl(host, url)]));
  const targetOf = (host: string): string | undefined => addresses.get(hostOf(host) ?? '');
  const isAllowed = remembered((host: string): boolean => isLoopbackHost(host) || tests.some((test) => test(host)));
  return {
    patterns,
    targetOf,
    check(place) {
      const named = hostOf(place);
      const host = named === undefined ? undefined : hostOf(addresses.get(named) ?? place);
      if (host === undefined) throw new OutOfScopeError('an address that is no http(s) URL or host');
      if (!isAllowed(host)) throw new OutOfScopeError(host);
    },
  };
}

function patternTest(pattern: string): (host: string) => boolean {
  const wildcard = pattern.startsWith('*.');
  const rest = wildcard ? pattern.slice(2) : pattern;
  const name = /[/@?#*\s\\]|^[^[]*:|\]:/.test(rest) ? undefined : parse(`http://${rest}`);
  if (!name) throw new UsageError(`scope ${JSON.stringify(pattern)} is no host; give one such as orders.example.com or *.example.com`);
  const host = nameOf(name.hostname);
  if (!wildcard) return (candidate) => candidate === host;
  if (!host.includes('.') || /^[\d.]+$/.test(host)) {
    throw new UsageError(`scope ${JSON.stringify(pattern)} is too broad; name at least a domain such as *.example.com`);
  }
  return (candidate) => candidate.endsWith(`.${host}`);
}

function baseUrl(host: string, text: string): string {
  const url = parse(text);
  if (!url || !isHttp(url) || url.username !== '' || url.password !== '' || /[?#]/.test(text)) {
    throw new UsageError(`target of ${JSON.stringify(host)} is no base URL; give one such as http://127.0.0.1:8080`);
  }
  return text.replace(/\/+$/, '');
}

/** The host of a URL or of a `host[:port]`, in the form that patterns and targets are compared in. */
function hostOf(place: string | URL): string | undefined {
  if (typeof place !== 'string') return isHttp(place) ? nameOf(place.hostname) : undefined;
  const isUrl = /^[a-z][a-z0-9+.-]*:\/\//i.test(place);
  if (!isUrl && /[/@?#\s\\]/.test(place)) return undefined;
  const url = parse(isUrl ? place : `http://${place}`);
  return url && isHttp(url) ? nameOf(url.hostname) : undefined;
}

function nameOf(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}

function isHttp(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}

function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
