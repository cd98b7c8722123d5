import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../../model/json';
import { publicJwks } from '../../token/sign';
import type { LocalIssuer } from '../issuer-server';
import type { KeysOf } from './jwt-filter';

/**
 * Keys that Envoy verifies tokens with. Those of an issuer that does not answer stay as they were; without any, Envoy gets a key that
 * fits every token and verifies none, as Istio has it.
 */
export function publishedKeys(issuers: readonly LocalIssuer[]): KeysOf {
  const substitute = substituteKeys();
  const known = new Map<string, JsonObject>();
  return ({ issuer }) => {
    const found = issuers.find(({ plan }) => plan.issuer === issuer);
    // A JWK is a JSON object; its type only lacks the index signature.
    if (found && !found.isDown()) known.set(issuer, publicJwks(found.keys()));
    return known.get(issuer) ?? substitute;
  };
}

function substituteKeys(): JsonObject {
  const modulus = randomBytes(256);
  modulus[0] = 0xff;
  modulus[255] = 0xff;
  return { keys: [{ kty: 'RSA', e: 'AQAB', n: modulus.toString('base64url') }] };
}
