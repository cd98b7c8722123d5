import type { DecodedToken } from './decode';
import type { Forgery } from './forge-material';

type Segments = DecodedToken['segments'];

/** The good signature spoilt: never only in the unused bits at its end, which change nothing. */
export function spoilt({ signature }: Segments): Forgery[] {
  const bytes = Buffer.from(signature, 'base64url');
  const { length } = bytes;
  return [
    { variant: 'damaged', token: damaged(bytes) },
    { variant: 'cut short', token: encode(bytes.subarray(0, Math.max(1, length - 6))) },
    { variant: 'nothing but zeros', token: encode(Buffer.alloc(length)) },
    { variant: 'nothing but ones', token: encode(Buffer.alloc(length, 0xff)) },
    { variant: 'backwards', token: encode(Buffer.from(bytes).reverse()) },
  ];
}

/** The good token in another spelling: who decodes leniently takes it for the same. */
export function respelled({ header, claims, signature }: Segments): Forgery[] {
  const content = `${header}.${claims}`;
  const padded = signature.padEnd(Math.ceil(signature.length / 4) * 4, '=');
  const standard = signature.replaceAll('-', '+').replaceAll('_', '/');
  const spellings = [
    ['padding', padded],
    ['standard alphabet', standard],
    ['unused bits', otherUnusedBits(signature)],
    ['a percent-encoded dot', undefined],
    ['the other of two equal ECDSA signatures', ecdsaTwin(signature)],
  ] as const;
  const forged = spellings.map(([variant, third]) => ({
    variant,
    token: variant === 'a percent-encoded dot' ? `${header}%2E${claims}%2E${signature}` : `${content}.${third ?? signature}`,
  }));
  return forged.filter(({ token }) => token !== `${content}.${signature}`);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The last character holds bits that no byte uses unless the length is a multiple of four. */
function otherUnusedBits(text: string): string {
  if (text.length % 4 === 0) return text;
  const last = alphabet.indexOf(text.slice(-1));
  return `${text.slice(0, -1)}${alphabet[last ^ 1] ?? ''}`;
}

const orders: Readonly<Record<number, bigint>> = {
  64: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  96: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
};

/** (r, n - s) verifies wherever (r, s) does. RSA signatures are longer. */
function ecdsaTwin(signature: string): string | undefined {
  const bytes = Buffer.from(signature, 'base64url');
  const order = orders[bytes.length];
  if (order === undefined) return undefined;
  const half = bytes.length / 2;
  const s = order - BigInt(`0x${bytes.subarray(half).toString('hex')}`);
  return encode(Buffer.concat([bytes.subarray(0, half), Buffer.from(s.toString(16).padStart(half * 2, '0'), 'hex')]));
}

function damaged(signature: Buffer): string {
  const bytes = Buffer.from(signature);
  const middle = bytes.length >> 1;
  for (let i = Math.max(0, middle - 2); i <= middle && i < bytes.length; i += 1) bytes[i] = ~(bytes[i] ?? 0) & 0xff;
  return encode(bytes);
}

function encode(bytes: Buffer): string {
  return bytes.toString('base64url');
}
