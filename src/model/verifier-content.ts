import { createHash } from 'node:crypto';
import { isJsonObject } from './json';

/** The verifier as one compressed file: what `kyma-guard/verifier.json` holds. */
export interface VerifierContent {
  /** SHA-256 over the compressed bytes, in hex. */
  readonly sha256: string;
  /** The compressed bytes, base64. */
  readonly gzip: string;
}

/** True for a value of that form. */
export function isVerifierContent(value: unknown): value is VerifierContent {
  if (!isJsonObject(value)) return false;
  const { gzip, sha256 } = value;
  return typeof gzip === 'string' && typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256);
}

/** Says that the bytes are not those of the digest; nothing when they are. */
export function verifierProblems({ sha256, gzip }: VerifierContent): string[] {
  const found = createHash('sha256').update(Buffer.from(gzip, 'base64')).digest('hex');
  return found === sha256 ? [] : [`the verifier has the digest ${found}, not ${sha256}, which it names`];
}
