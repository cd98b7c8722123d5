import { createHmac, verify } from 'node:crypto';
import { get } from 'node:http';
import { isJsonObject, type JsonObject } from '../../src/model/json';
import type { WeakDeployment } from './deployment';
import { raised } from './deployment';
import type { Change } from './gateway';
import type { TestIssuer } from './issuer';
import { claimsHold, type Claims } from './token-verifier';

/** A token as a careless verifier takes it apart: nothing is verified. */
export interface SeenToken {
  readonly token: string;
  readonly parts: readonly string[];
  /** Empty where it cannot be read. */
  readonly header: JsonObject;
  readonly headerText: string;
  readonly issuer: TestIssuer;
}

/** What a careless verifier takes for the claims; undefined hands the token on to the sound one. */
type Reading = (seen: SeenToken) => boolean | JsonObject | undefined | Promise<boolean | JsonObject | undefined>;

/** A gateway that believes some tokens that a sound one refuses: those for which the reading gives true, or claims. */
export function believing(reading: Reading): Change {
  return (sound, issuer) => ({
    async verify(token) {
      const seen = seenToken(token, issuer);
      const believed = await reading(seen);
      if (believed === undefined || believed === false) return sound.verify(token);
      return claimsHold(believed === true ? objectIn(seen.parts[1]) : believed, issuer);
    },
  });
}

/** Deployments for what only the full profile asks, of the one route that they have. */
export function deep(name: string, change: Change, ...ids: readonly string[]): WeakDeployment {
  return { name, gateway: [change], options: { profile: 'full', only: ['GET */orders'] }, raises: raised(...ids) };
}

function seenToken(token: string, issuer: TestIssuer): SeenToken {
  const parts = token.split('.');
  return { token, parts, header: objectIn(parts[0]) ?? {}, headerText: textOf(parts[0]), issuer };
}

export function textOf(part: string | undefined): string {
  return Buffer.from(part ?? '', 'base64url').toString();
}

export function objectIn(part: string | undefined): JsonObject | undefined {
  return objectOf(textOf(part));
}

export function objectOf(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What is no text counts as none. */
export function textOrNothing(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** True for a symmetric signature with this secret. */
export function isHashedWith({ parts, header }: SeenToken, secret: string | Buffer): boolean {
  const hash = /^HS(256|384|512)$/.exec(textOrNothing(header['alg']))?.[1];
  return hash !== undefined && createHmac(`sha${hash}`, secret).update(`${parts[0]}.${parts[1]}`).digest('base64url') === parts[2];
}

/** True for an RS256 signature by this key, whatever the header says. */
export function isSignedBy({ parts }: SeenToken, publicKey: Parameters<typeof verify>[2]): boolean {
  try {
    return verify('sha256', Buffer.from(`${parts[0]}.${parts[1]}`), publicKey, Buffer.from(parts[2] ?? '', 'base64url'));
  } catch {
    return false;
  }
}

/** Loads what stands at an address, user name and all; empty when nothing does. */
export function load(url: unknown): Promise<Buffer> {
  return new Promise((resolve) => {
    const nothing = (): void => resolve(Buffer.alloc(0));
    if (typeof url !== 'string' || !URL.canParse(url) || !/^http:/i.test(url)) return nothing();
    get(url, { agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks)));
    }).on('error', nothing);
  });
}

/** The first RSA key of a key set at an address. */
export async function keyAt(url: unknown): Promise<{ key: { [member: string]: string }; format: 'jwk' } | undefined> {
  const set = objectOf((await load(url)).toString());
  const keys = set?.['keys'];
  const [key] = Array.isArray(keys) ? keys : [];
  return isJsonObject(key) ? { key: key as { [member: string]: string }, format: 'jwk' } : undefined;
}

export type { Claims };
