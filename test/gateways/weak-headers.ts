import { createPrivateKey, privateDecrypt, createDecipheriv, X509Certificate, type JsonWebKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { normalize } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { privateJwk } from '../../src/token/sign';
import { isJsonObject } from '../../src/model/json';
import {
  believing,
  deep,
  isHashedWith,
  isSignedBy,
  keyAt,
  load,
  objectIn,
  objectOf,
  textOf,
  textOrNothing,
  type SeenToken,
} from './accepting';
import { raised, type WeakDeployment } from './deployment';
import type { Decisions } from './gateway';
import { checkSigned } from './token-verifier';
import type { TestIssuer } from './issuer';

const only = ['GET */orders'];

/** Gateways that let the header of a token say how it is verified. */
export const weakHeaders: readonly WeakDeployment[] = [
  {
    name: 'that takes the key out of the token',
    gateway: [
      believing((seen) => isJsonObject(seen.header['jwk']) && isSignedBy(seen, { key: seen.header['jwk'] as JsonWebKey, format: 'jwk' })),
    ],
    options: { only },
    raises: raised('embedded-jwk', 'protected'),
  },
  {
    name: 'that fetches keys from wherever jku says',
    gateway: [believing(async (seen) => fetched(seen, seen.header['jku']))],
    options: { only },
    raises: raised('key-url', 'protected'),
  },
  {
    name: 'that fetches what jku says and then verifies with its own keys',
    gateway: [believing(async ({ header }) => (await load(header['jku'])).length < 0)],
    options: { only },
    raises: raised('key-url', 'protected'),
  },
  deep(
    'that only fetches keys from addresses that begin like its issuer',
    believing(
      async (seen) => textOrNothing(seen.header['jku']).startsWith(new URL(seen.issuer.issuer).origin) && fetched(seen, seen.header['jku']),
    ),
    ...['key-url', 'protected'],
  ),
  deep(
    'that trusts the certificate in the token',
    believing((seen) => certified(seen, first(seen.header['x5c']))),
    'embedded-x5c',
    'protected',
  ),
  deep(
    'that fetches certificates from wherever x5u says',
    believing(async (seen) => certified(seen, await load(seen.header['x5u']))),
    ...['certificate-url', 'protected'],
  ),
  deep(
    'that fetches the key that kid names',
    believing(async (seen) => isSignedBy(seen, (await load(seen.header['kid'])).toString())),
    ...['kid-url', 'protected'],
  ),
  {
    name: 'that reads the secret from a file named by kid',
    gateway: [
      believing((seen) => seen.header['kid'] !== undefined && hasFileSecret(seen, `/srv/keys/${textOrNothing(seen.header['kid'])}`)),
    ],
    options: { only },
    raises: raised('kid-path', 'protected'),
  },
  {
    name: 'that puts kid into a query',
    gateway: [believing((seen) => typeof seen.header['kid'] === 'string' && isHashedWithResult(seen, seen.header['kid']))],
    options: { only },
    raises: raised('kid-injection', 'protected'),
  },
  deep(
    'that looks kid up in a plain object',
    believing((seen) => {
      const keys: Readonly<Record<string, unknown>> = { [seen.issuer.key.kid]: undefined };
      const found = keys[textOrNothing(seen.header['kid'])];
      return found !== undefined && isHashedWith(seen, (found as { toString(): string }).toString());
    }),
    ...['kid-prototype', 'protected'],
  ),
  deep(
    'that does not verify what it cannot encode',
    believing(({ header, parts }) => unencoded(header, parts)),
    'unencoded-payload',
    'protected',
  ),
  deep(
    'that reads compressed claims without verifying them',
    believing(({ header, parts }) => header['zip'] === 'DEF' && objectOf(inflated(parts[1]))),
    ...['compressed-token', 'protected'],
  ),
  deep(
    'that takes a token in a token for verified',
    believing(({ header, parts }) => /jwt$/i.test(textOrNothing(header['cty'])) && objectIn(textOf(parts[1]).split('.')[1])),
    ...['nested-token', 'protected'],
  ),
  deep(
    'that looks for alg with one reader and verifies with another',
    believing(({ headerText, header, parts }) => /^[^,]*"alg":"RS256"/.test(headerText) && header['alg'] === 'none' && parts[2] === ''),
    ...['duplicate-members', 'protected'],
  ),
  {
    name: 'that decrypts tokens and asks for no signature',
    gateway: [decrypting],
    options: { only },
    raises: raised('encrypted-token', 'protected'),
  },
  deep(
    'that does not know crit',
    believing((seen) => seen.header['crit'] !== undefined && isSignedBy(seen, seen.issuer.key.publicPem)),
    'unknown-crit',
  ),
  deep('that takes tokens of every type', (_, issuer) => ({ verify: (token) => checkSigned(token, issuer, { typ: true }) }), 'token-type'),
];

async function fetched(seen: SeenToken, url: unknown): Promise<boolean> {
  const key = await keyAt(url);
  return key !== undefined && isSignedBy(seen, key);
}

function first(list: unknown): Buffer {
  const [text] = Array.isArray(list) ? list : [];
  return Buffer.from(typeof text === 'string' ? text : '', 'base64');
}

function certified(seen: SeenToken, certificate: Buffer): boolean {
  return certificate.length > 0 && isSignedBy(seen, new X509Certificate(certificate).publicKey);
}

function hasFileSecret(seen: SeenToken, path: string): boolean {
  try {
    return isHashedWith(seen, contentOf(normalize(path)));
  } catch {
    return false;
  }
}

/** The null device reads as empty, also where a sandbox has put a file in its place. */
function contentOf(path: string): Buffer {
  return path === '/dev/null' ? Buffer.alloc(0) : readFileSync(path);
}

/** Instead of a database: `SELECT secret FROM keys WHERE kid = '${kid}'`. */
function isHashedWithResult(seen: SeenToken, kid: string): boolean {
  const constant = /' UNION SELECT '([^']*)' -- $/.exec(kid)?.[1];
  return constant !== undefined && isHashedWith(seen, constant);
}

function unencoded(header: SeenToken['header'], parts: readonly string[]) {
  const payload = parts.slice(1, -1).join('.');
  return header['b64'] === false && payload.startsWith('{') && objectOf(payload);
}

function inflated(part: string | undefined): string {
  try {
    return inflateRawSync(Buffer.from(part ?? '', 'base64url'), { maxOutputLength: 65_536 }).toString();
  } catch {
    return '';
  }
}

/** Five parts: what can be decrypted with the issuer's key is believed. */
function decrypting(sound: Decisions, issuer: TestIssuer): Partial<Decisions> {
  return believing(async ({ parts }) => {
    if (parts.length !== 5) return undefined;
    const [, wrapped, iv, text, tag] = parts.map((part) => Buffer.from(part, 'base64url'));
    const key = createPrivateKey({ key: (await privateJwk(issuer.key)) as JsonWebKey, format: 'jwk' });
    try {
      const content = privateDecrypt({ key, oaepHash: 'sha256' }, wrapped ?? Buffer.alloc(0));
      const decipher = createDecipheriv('aes-256-gcm', content, iv ?? Buffer.alloc(0));
      decipher.setAAD(Buffer.from(parts[0] ?? ''));
      decipher.setAuthTag(tag ?? Buffer.alloc(0));
      return objectOf(Buffer.concat([decipher.update(text ?? Buffer.alloc(0)), decipher.final()]).toString());
    } catch {
      return undefined;
    }
  })(sound, issuer);
}
