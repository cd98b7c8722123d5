import { urlOf } from './address';

/** What is known of a provider of tokens by the form of its issuer. */
export interface KnownIssuer {
  readonly kind: 'auth0' | 'entra-v1' | 'entra-v2' | 'github-actions' | 'google' | 'ias' | 'keycloak' | 'okta' | 'xsuaa';
  readonly name: string;
  /** Who can obtain valid tokens: everybody on the internet, all clients of a tenant, or the clients of one realm of your own. */
  readonly reach: 'everybody' | 'tenant' | 'realm';
  /** Whether `iss` ends with a slash. @default - both forms occur */
  readonly endSlash?: boolean;
  /** How access tokens carry scopes: not at all, or as one text that Istio does not split. @default - as a list, or in the claim `scope` */
  readonly scopes?: 'none' | 'one-text';
  /** Hosts that serve the keys, beside that of the issuer. @default - none */
  readonly keyHosts?: (issuerHost: string) => readonly string[];
}

interface Recognized extends KnownIssuer {
  readonly matches: (address: URL) => boolean;
}

const entraHosts = ['login.microsoftonline.com', 'login.windows.net', 'sts.windows.net', 'login.microsoftonline.us'];
const xsuaaHost = /^[a-z0-9-]+\.(authentication\.[a-z0-9.-]+\.(?:hana\.ondemand\.com|platform\.sapcloud\.cn))$/;
const iasHost = /^[a-z0-9-]+\.(?:(?:trial-)?accounts(?:400)?\.ondemand\.com|accounts\.cloud\.sap|accounts\.sapcloud\.cn)$/;

/** Providers, the first that fits wins. @see the documentation of each provider, "OpenID Connect discovery" */
const providers: readonly Recognized[] = [
  {
    kind: 'xsuaa',
    name: 'XSUAA',
    reach: 'tenant',
    endSlash: false,
    matches: ({ hostname }) => xsuaaHost.test(hostname),
    // Keys are served by the host of the region, too.
    keyHosts: (host) => xsuaaHost.exec(host)?.slice(1) ?? [],
  },
  {
    kind: 'ias',
    name: 'SAP Cloud Identity Services',
    reach: 'tenant',
    endSlash: false,
    scopes: 'none',
    matches: ({ hostname }) => iasHost.test(hostname),
  },
  {
    kind: 'entra-v1',
    name: 'Microsoft Entra ID (version 1)',
    reach: 'tenant',
    endSlash: true,
    scopes: 'one-text',
    matches: ({ hostname }) => hostname === 'sts.windows.net',
    keyHosts: () => entraHosts,
  },
  {
    kind: 'entra-v2',
    name: 'Microsoft Entra ID (version 2)',
    reach: 'tenant',
    endSlash: false,
    scopes: 'one-text',
    matches: ({ hostname, pathname }) => entraHosts.includes(hostname) && /^\/[^/]+\/v2\.0\/?$/.test(pathname),
    keyHosts: () => entraHosts,
  },
  {
    kind: 'google',
    name: 'Google',
    reach: 'everybody',
    endSlash: false,
    scopes: 'none',
    matches: ({ hostname }) => hostname === 'accounts.google.com',
    keyHosts: () => ['www.googleapis.com'],
  },
  {
    kind: 'github-actions',
    name: 'GitHub Actions',
    reach: 'everybody',
    scopes: 'none',
    matches: ({ hostname }) => hostname === 'token.actions.githubusercontent.com',
  },
  { kind: 'auth0', name: 'Auth0', reach: 'tenant', endSlash: true, matches: ({ hostname }) => hostname.endsWith('.auth0.com') },
  {
    kind: 'okta',
    name: 'Okta',
    reach: 'tenant',
    endSlash: false,
    matches: ({ hostname }) => /\.(?:okta|oktapreview|okta-emea)\.com$/.test(hostname),
  },
  {
    kind: 'keycloak',
    name: 'Keycloak',
    reach: 'realm',
    endSlash: false,
    matches: ({ pathname }) => /^(?:\/auth)?\/realms\/[^/]+\/?$/.test(pathname),
  },
];

/** The provider that an issuer belongs to; `undefined` for one that is not known by its form. */
export function knownIssuer(issuer: string): KnownIssuer | undefined {
  // Some providers leave the scheme out of `iss`.
  const address = urlOf(issuer.includes('://') ? issuer : `https://${issuer}`);
  return address ? providers.find(({ matches }) => matches(address)) : undefined;
}
