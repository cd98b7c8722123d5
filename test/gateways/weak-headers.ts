import {
  createDecipheriv,
  createECDH,
  createHash,
  createPrivateKey,
  pbkdf2,
  privateDecrypt,
  X509Certificate,
  type JsonWebKey,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { normalize } from 'node:path';
import { promisify } from 'node:util';
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
import type { Change, Decisions } from './gateway';
import { checkSigned } from './token-verifier';
import type { IssuerDefect, TestIssuer } from './issuer';

const only = ['GET */orders'];

const agreementKey = createECDH('prime256v1');
agreementKey.generateKeys();

const withAgreementKey: NonNullable<IssuerDefect['keys']> = (sound) => {
  const point = agreementKey.getPublicKey();
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
  return [...sound, { kty: 'EC', crv: 'P-256', x: x!, y: y!, kid: 'agreement', use: 'enc', alg: 'ECDH-ES' }];
};

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
  {
    ...deep('that decrypts by key agreement and asks for no signature', agreeing(onCurve), ...['encrypted-token', 'protected']),
    issuer: { keys: withAgreementKey },
  },
  {
    ...deep('that computes with a point beside its curve', agreeing(besideCurve), ...['encrypted-token', 'protected']),
    issuer: { keys: withAgreementKey },
  },
  deep('that derives keys for as long as a token says', deriving, 'costly-token'),
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

type Point = Readonly<Record<'x' | 'y', Buffer>>;

function onCurve({ x, y }: Point): Buffer | undefined {
  try {
    return agreementKey.computeSecret(Buffer.concat([Buffer.from([4]), x, y]));
  } catch {
    return undefined;
  }
}

/** What a library computes that never looks whether the point is on the curve: twice a point of order two is nothing, once is the point. */
function besideCurve({ x, y }: Point): Buffer | undefined {
  const isOfOrderTwo = y.every((byte) => byte === 0);
  return isOfOrderTwo ? x : undefined;
}

/** Tokens that agree on a key with {@link agreementKey}: what can be decrypted is believed. */
function agreeing(agree: (point: Point) => Buffer | undefined): Change {
  return believing(({ header, parts }) => {
    const epk = header['epk'] as { x?: string; y?: string } | undefined;
    if (header['alg'] !== 'ECDH-ES' || header['enc'] !== 'A256GCM' || !epk) return undefined;
    const secret = agree({ x: Buffer.from(epk.x ?? '', 'base64url'), y: Buffer.from(epk.y ?? '', 'base64url') });
    if (!secret) return undefined;
    const info = Buffer.concat([Buffer.from([0, 0, 0, 7]), Buffer.from('A256GCM'), Buffer.alloc(8), Buffer.from([0, 0, 1, 0])]);
    const key = createHash('sha256')
      .update(Buffer.concat([Buffer.from([0, 0, 0, 1]), secret, info]))
      .digest();
    return objectOf(opened(parts, key));
  });
}

function opened(parts: readonly string[], key: Buffer): string {
  const [, , iv, text, tag] = parts.map((part) => Buffer.from(part, 'base64url'));
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv ?? Buffer.alloc(0));
    decipher.setAAD(Buffer.from(parts[0] ?? ''));
    decipher.setAuthTag(tag ?? Buffer.alloc(0));
    return Buffer.concat([decipher.update(text ?? Buffer.alloc(0)), decipher.final()]).toString();
  } catch {
    return '';
  }
}

/** Derives the key before it looks whether there can be one. */
function deriving(sound: Decisions): Partial<Decisions> {
  return {
    async verify(token) {
      const header = objectIn(token.split('.')[0]);
      const rounds = header?.['p2c'];
      if (typeof rounds === 'number') await promisify(pbkdf2)('password', textOrNothing(header?.['p2s']), rounds, 16, 'sha256');
      return sound.verify(token);
    },
  };
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
