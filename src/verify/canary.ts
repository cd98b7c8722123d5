import { startCanaryServer, type CanaryAnswer } from '../http/canary-server';
import { isLoopbackHost } from '../http/loopback';
import { UsageError } from '../model/errors';
import type { JsonObject } from '../model/json';
import { certificatePem, selfSignedCertificate } from '../token/self-signed';
import type { SigningKey } from '../token/sign';

/** A server of the prober that a gateway could be lured to by a URL in a token. */
export interface Canary {
  /** A new place below it, for one token. */
  place(offer: CanaryOffer): CanaryPlace;
  close(): Promise<void>;
}

/** What a place pretends to be. */
export interface CanaryOffer {
  /** Key ids under which the foreign key is published. */
  readonly kids: readonly string[];
}

export interface CanaryPlace {
  /** Without slash at the end. */
  readonly url: string;
  /** The issuer that its discovery document names. @default - the place itself */
  nameIssuer(issuer: string): void;
  /** Targets that were asked for below it. */
  fetched(): readonly string[];
}

/** Where the canary stands: at a free port of this machine, at a URL that targets can reach, or nowhere. */
export type CanaryChoice = 'auto' | 'off' | { readonly url: string };

/**
 * Reads `--canary`.
 * @throws {UsageError} ERR_USAGE when it is neither auto nor off nor an http URL without path
 */
export function readCanary(text: string): CanaryChoice {
  if (text === 'auto' || text === 'off') return text;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' || url.pathname !== '/' || url.search !== '' || url.username !== '')
    throw new UsageError(
      `--canary is ${JSON.stringify(text)}`,
      'Give auto, off, or the http URL under which targets reach this machine, such as http://10.0.0.5:8099; its port is listened at.',
    );
  return { url: url.origin };
}

interface Place {
  readonly url: string;
  readonly offer: CanaryOffer;
  readonly hits: string[];
  issuer: string;
}

/**
 * Opens the canary; undefined when there is to be none, as for `auto` beside a target that is not this machine.
 * @param isLocal true when everything under test is this machine
 * @throws {UsageError} ERR_USAGE when its port cannot be had
 */
export async function openCanary(choice: CanaryChoice, isLocal: boolean, key: SigningKey): Promise<Canary | undefined> {
  if (choice === 'off' || (choice === 'auto' && !isLocal)) return undefined;
  const places = new Map<string, Place>();
  const server = await startCanaryServer(listenAt(choice), (target) => {
    const place = places.get(/^\/(k\d+)(?=[/?]|$)/.exec(target)?.[1] ?? '');
    if (!place) return { type: 'text/plain', body: '' };
    place.hits.push(target);
    return answerOf(place, target, key);
  }).catch(() => {
    throw new UsageError('the port of --canary cannot be listened at', 'Give another port, or --canary off.');
  });
  const base = choice === 'auto' ? `http://127.0.0.1:${server.port}` : choice.url;
  return {
    place(offer) {
      const name = `k${places.size + 1}`;
      const place: Place = { url: `${base}/${name}`, offer, hits: [], issuer: `${base}/${name}` };
      places.set(name, place);
      return { url: place.url, nameIssuer: (issuer) => void (place.issuer = issuer), fetched: () => place.hits };
    },
    close: () => server.close(),
  };
}

/**
 * No wider than it has to be: at the address that the URL names if this machine has it, and at all addresses only behind a name or an
 * address of another machine that hands on to this one.
 */
function listenAt(choice: Exclude<CanaryChoice, 'off'>): { hosts: readonly string[]; port: number } {
  if (choice === 'auto') return { hosts: ['127.0.0.1'], port: 0 };
  const { hostname, port } = new URL(choice.url);
  return { hosts: addressesFor(hostname.replace(/^\[|\]$/g, '')), port: Number(port || 80) };
}

function addressesFor(host: string): string[] {
  if (host === 'localhost') return ['127.0.0.1'];
  if (isLoopbackHost(host)) return [host];
  if (host.includes(':')) return [host, '::'];
  return /^[\d.]+$/.test(host) ? [host, '0.0.0.0'] : ['0.0.0.0'];
}

function answerOf({ url, offer, issuer }: Place, target: string, key: SigningKey): CanaryAnswer {
  if (/openid-configuration|oauth-authorization-server/.test(target)) return json({ issuer, jwks_uri: `${url}/token_keys` });
  if (/\.der\b/.test(target)) return { type: 'application/pkix-cert', body: selfSignedCertificate(key) };
  if (/certificate/.test(target)) return { type: 'application/pem-certificate-chain', body: certificatePem(selfSignedCertificate(key)) };
  if (/\.pem\b/.test(target)) return { type: 'application/x-pem-file', body: `${key.publicPem}\n` };
  const { kty = 'RSA', n, e } = key.publicJwk;
  const keys = [...new Set([...offer.kids, key.kid])].map((kid) => ({ kty, n, e, kid, use: 'sig', alg: key.alg }));
  return json({ keys });
}

function json(value: JsonObject): CanaryAnswer {
  return { type: 'application/json', body: JSON.stringify(value) };
}
