import { createPublicKey, type KeyObject } from 'node:crypto';
import type { JsonObject } from '../model/json';
import type { PublishedKeys } from './keys';

/** A byte string that a careless verifier may take as HMAC secret, with a name for the report. */
export interface SecretCandidate {
  readonly variant: string;
  readonly secret: Buffer;
}

/**
 * Every plausible way to read published keys as a shared secret, the likeliest first, the key of the token before the others.
 *
 * @param kid `kid` of the token
 * @see RFC 8725 section 2.1
 */
export function publicKeySecrets(keys: PublishedKeys | undefined, kid: unknown): SecretCandidate[] {
  if (!keys || keys.keys.length === 0) return [];
  const ordered = [...keys.keys.filter((key) => key['kid'] === kid), ...keys.keys.filter((key) => key['kid'] !== kid)].slice(0, maxKeys);
  const whole = [text('key set as published', keys.text), text('list of keys as JSON', JSON.stringify(keys.keys))];
  return unique([...ordered.flatMap(secretsOfKey), ...whole]);
}

/** More keys than any issuer has. */
const maxKeys = 8;

function secretsOfKey(jwk: JsonObject): SecretCandidate[] {
  return [...encodingsOf(jwk), ...published(jwk)];
}

function encodings(key: KeyObject): SecretCandidate[] {
  const spkiDer = key.export({ type: 'spki', format: 'der' });
  const spki = pemForms('SPKI', key.export({ type: 'spki', format: 'pem' }).toString());
  if (key.asymmetricKeyType !== 'rsa') return [...spki, { variant: 'SPKI DER', secret: spkiDer }];
  const pkcs1 = pemForms('PKCS#1', key.export({ type: 'pkcs1', format: 'pem' }).toString());
  const pkcs1Der = key.export({ type: 'pkcs1', format: 'der' });
  const [first = [], second = []] = [spki, pkcs1].map((forms) => forms.slice(0, 2));
  const ders = [
    { variant: 'SPKI DER', secret: spkiDer },
    { variant: 'PKCS#1 DER', secret: pkcs1Der },
  ];
  return [...first, ...second, ...ders, ...spki.slice(2), ...pkcs1.slice(2)];
}

/** The two usual forms first: with and without the line feed at the end. */
function pemForms(name: string, pem: string): SecretCandidate[] {
  const bare = pem.trimEnd();
  const lines = bare.split('\n');
  const body = lines.slice(1, -1).join('');
  const [begin = '', end = ''] = [lines[0], lines.at(-1)];
  return [
    text(`${name} PEM with line feed`, `${bare}\n`),
    text(`${name} PEM`, bare),
    text(`${name} PEM with two line feeds`, `${bare}\n\n`),
    text(`${name} PEM with CRLF`, bare.replaceAll('\n', '\r\n')),
    text(`${name} PEM with CRLF at the end too`, `${bare.replaceAll('\n', '\r\n')}\r\n`),
    text(`${name} PEM in one line`, `${begin}${body}${end}`),
    text(`${name} PEM with its body in one line`, `${begin}\n${body}\n${end}`),
    text(`${name} base64`, body),
  ];
}

/** What stands in the key set itself, members that not every issuer has included. */
function published(jwk: JsonObject): SecretCandidate[] {
  const { kty, n, e, crv, x, y, value, x5c } = jwk;
  const bare = Object.fromEntries(Object.entries({ kty, n, e, crv, x, y }).filter(([, member]) => member !== undefined));
  const sorted = Object.fromEntries(Object.entries(bare).sort(([a], [b]) => (a < b ? -1 : 1)));
  const certificate = Array.isArray(x5c) && typeof x5c[0] === 'string' ? x5c[0] : undefined;
  return [
    ...(typeof value === 'string' ? [text('member value', value), text('member value with line feed', `${value}\n`)] : []),
    text('JWK as published', JSON.stringify(jwk)),
    text('JWK without further members', JSON.stringify(bare)),
    text('JWK sorted', JSON.stringify(sorted)),
    text('JWK indented', JSON.stringify(jwk, null, 2)),
    ...(typeof n === 'string' ? [text('modulus as text', n), { variant: 'modulus', secret: Buffer.from(n, 'base64url') }] : []),
    ...(typeof x === 'string' ? [text('x as text', x)] : []),
    ...(certificate === undefined ? [] : certificateForms(certificate)),
  ];
}

function certificateForms(base64: string): SecretCandidate[] {
  const lines = base64.match(/.{1,64}/g) ?? [];
  const pem = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----'].join('\n');
  return [
    text('certificate PEM with line feed', `${pem}\n`),
    text('certificate PEM', pem),
    { variant: 'certificate DER', secret: Buffer.from(base64, 'base64') },
    text('certificate base64', base64),
  ];
}

/** None for what is no key. */
function encodingsOf(jwk: JsonObject): SecretCandidate[] {
  try {
    return encodings(createPublicKey({ key: { ...jwk }, format: 'jwk' }));
  } catch {
    return [];
  }
}

function text(variant: string, secret: string): SecretCandidate {
  return { variant, secret: Buffer.from(secret) };
}

function unique(candidates: readonly SecretCandidate[]): SecretCandidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ secret }) => {
    const key = secret.toString('base64');
    return secret.length > 0 && !seen.has(key) && seen.add(key);
  });
}
