import { pathOf, type IssuerPlan } from './issuer-plan';

/** Paths that a local issuer serves. */
export interface IssuerPaths {
  readonly discovery: readonly string[];
  readonly token: readonly string[];
  readonly keys: readonly string[];
}

/**
 * Puts every endpoint under the path that it has at the real issuer, so that only the origin has to be replaced.
 * Discovery answers in the form of OpenID Connect and in the form of RFC 8414; XSUAA also has it at its root.
 * @see RFC 8414 section 3.1
 */
export function issuerPaths({ issuer, jwksUris, tokenEndpoint, form }: IssuerPlan): IssuerPaths {
  const path = pathOf(issuer);
  const root = form === 'xsuaa' ? path.slice(0, -'/oauth/token'.length) : path;
  const wellKnown = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'];
  const ownKeys = { xsuaa: `${root}/token_keys`, keycloak: `${path}/protocol/openid-connect/certs`, other: `${path}/oauth2/certs` }[form];
  return {
    discovery: wellKnown.flatMap((name) => [`${path}${name}`, `${root}${name}`, `${name}${path}`]),
    token: [pathOf(tokenEndpoint)],
    keys: [...jwksUris.map((uri) => pathOf(uri) || '/'), ownKeys],
  };
}
