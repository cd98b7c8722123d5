import { KeyObject, sign } from 'node:crypto';
import type { SigningKey } from './signing-key';

/** A certificate that a key gives itself, in DER. The key is RSA. @see RFC 5280 section 4.1 */
export function selfSignedCertificate({ privateKey, publicPem }: SigningKey, commonName = 'kyma-guard'): Buffer {
  const publicKey = Buffer.from(publicPem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  const sha256WithRsa = sequence(objectId('2a864886f70d01010b'), der(0x05, Buffer.alloc(0)));
  const name = sequence(der(0x31, sequence(objectId('550403'), der(0x0c, Buffer.from(commonName)))));
  const validity = sequence(time('20240101000000Z'), time('20991231235959Z'));
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const content = sequence(version, der(0x02, Buffer.from([1])), sha256WithRsa, name, validity, name, publicKey);
  const signature = sign('sha256', content, KeyObject.from(privateKey));
  return sequence(content, sha256WithRsa, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
}

/** A certificate as PEM. */
export function certificatePem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function objectId(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

/** GeneralizedTime. */
function time(text: string): Buffer {
  return der(0x18, Buffer.from(text));
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
