import type { JsonObject } from '../model/json';
import type { IssuerFacts } from './issuer-check';

/** Members of a discovery document that say what the issuer does; no secret goes by them. */
const told = [
  'grant_types_supported',
  'token_endpoint_auth_methods_supported',
  'id_token_signing_alg_values_supported',
  'code_challenge_methods_supported',
] as const;

/** More entries of a list are counted, not shown: the issuer writes what it likes. */
const most = 20;

/** What an issuer shows to anybody, for the report: discovery and keys, the public facts of them only. */
export function issuerData({ trust, discovery, keys }: IssuerFacts, tokenProblem: string | undefined): JsonObject {
  return {
    issuer: trust.issuer,
    jwksUri: trust.jwksUri,
    discovery: typeof discovery === 'string' ? { problem: discovery } : discoveryData(discovery),
    keys: typeof keys === 'string' ? { problem: keys } : { published: keys.keys.length, list: keys.keys.slice(0, most).map(keyData) },
    token: tokenProblem === undefined ? { obtained: true } : { obtained: false, problem: tokenProblem },
  };
}

function discoveryData({ url, issuer, jwksUri, tokenEndpoint, document }: Exclude<IssuerFacts['discovery'], string>): JsonObject {
  const lists = told.flatMap((name) => {
    const value = document[name];
    return Array.isArray(value) ? [[name, value.slice(0, most).filter((item) => typeof item === 'string')] as const] : [];
  });
  return {
    url,
    issuer,
    ...(jwksUri !== undefined && { jwksUri }),
    ...(tokenEndpoint !== undefined && { tokenEndpoint }),
    ...Object.fromEntries(lists),
  };
}

/** Never the members of a private key, which a careless issuer publishes as well. */
function keyData(key: JsonObject): JsonObject {
  const { kid, kty, alg, use, crv, n } = key;
  const bits = kty === 'RSA' && typeof n === 'string' ? Buffer.from(n, 'base64url').length * 8 : undefined;
  const named = Object.entries({ kid, kty, alg, use, crv }).filter(([, value]) => typeof value === 'string');
  return { ...Object.fromEntries(named), ...(bits !== undefined && { bits }), x5c: Array.isArray(key['x5c']) };
}
