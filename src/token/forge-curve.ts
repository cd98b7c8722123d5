import { createCipheriv, createECDH, createHash, randomBytes } from 'node:crypto';
import type { JsonObject } from '../model/json';
import { encodeSegment } from './decode';
import type { Forgery } from './forge-material';

/** Octets of a coordinate on P-256. */
const size = 32;

/** What goes into a token: its name, its text, and what its header says beside. */
export type Content = readonly [variant: string, text: string, header: JsonObject];

/**
 * Tokens encrypted to a published key of the curve P-256, by key agreement. The second way sends a point that is not on the curve: it has the
 * order two, so whoever computes with it, whatever his private key, gets the point itself or nothing, and the prober knows the secret.
 * @see RFC 7518 section 4.6, RFC 8725 section 3.4
 */
export function agreed(key: JsonObject, contents: readonly Content[]): Forgery[] {
  const { crv, x, y, kid } = key;
  if (crv !== 'P-256' || typeof x !== 'string' || typeof y !== 'string') return [];
  const named = typeof kid === 'string' ? { kid } : {};
  return contents.flatMap(([variant, text, header]) => [
    ...onCurve(x, y).map((agreement) => ({ variant, token: sealed(text, { ...header, ...named }, agreement) })),
    { variant: `${variant}, with a point beside the curve`, token: sealed(text, { ...header, ...named }, besideCurve()) },
  ]);
}

/** The public point that goes along, and what both sides derive the key from. */
interface Agreement {
  readonly epk: JsonObject;
  readonly secret: Buffer;
}

/** None where what is published is no point of the curve. */
function onCurve(x: string, y: string): Agreement[] {
  const ecdh = createECDH('prime256v1');
  const own = ecdh.generateKeys();
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  try {
    return [{ epk: pointOf(own.subarray(1, size + 1), own.subarray(size + 1)), secret: ecdh.computeSecret(point) }];
  } catch {
    return [];
  }
}

function besideCurve(): Agreement {
  const x = Buffer.concat([Buffer.alloc(1), randomBytes(size - 1)]);
  return { epk: pointOf(x, Buffer.alloc(size)), secret: x };
}

function pointOf(x: Buffer, y: Buffer): JsonObject {
  return { kty: 'EC', crv: 'P-256', x: x.toString('base64url'), y: y.toString('base64url') };
}

function sealed(text: string, header: JsonObject, { epk, secret }: Agreement): string {
  const enc = 'A256GCM';
  const protectedHeader = encodeSegment({ alg: 'ECDH-ES', enc, ...header, epk });
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', derivedKey(secret, enc), iv).setAAD(Buffer.from(protectedHeader));
  const sealedText = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return [protectedHeader, '', ...[iv, sealedText, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
}

/** One round of the concatenation KDF gives all 256 bits. @see RFC 7518 section 4.6.2 */
function derivedKey(secret: Buffer, enc: string): Buffer {
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const parts = [number(1), secret, number(enc.length), Buffer.from(enc), number(0), number(0), number(256)];
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}
