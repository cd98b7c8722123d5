import { urlOf } from '../../model/address';
import { knownIssuer } from '../../model/known-issuers';

/** How one kind of provider names its keys. */
interface KeyForm {
  readonly name: string;
  /** Address of the keys of an issuer; `undefined` when the form does not apply to it. */
  readonly keysOf: (issuer: string) => string | undefined;
  /** Issuers that may have these keys, likeliest first. */
  readonly issuersOf: (keys: string) => readonly string[];
}

/** @param ends of the key address, cut off to get the issuer; with what is put in their place */
function suffixForm(name: string, suffix: string, issuerEnd = ''): KeyForm {
  return {
    name,
    keysOf: (issuer) => {
      const base =
        issuerEnd === '' ? issuer.replace(/\/$/, '') : issuer.endsWith(issuerEnd) ? issuer.slice(0, -issuerEnd.length) : undefined;
      return base === undefined ? undefined : base + suffix;
    },
    issuersOf: (keys) => (keys.endsWith(suffix) ? [keys.slice(0, -suffix.length) + issuerEnd] : []),
  };
}

/** Forms of the providers that issue tokens for Kyma APIs. @see the documentation of each provider, "OpenID Connect discovery" */
const forms: readonly KeyForm[] = [
  suffixForm('XSUAA', '/token_keys', '/oauth/token'),
  suffixForm('SAP Cloud Identity Services', '/oauth2/certs'),
  suffixForm('Keycloak', '/protocol/openid-connect/certs'),
  suffixForm('Microsoft Entra ID (version 2)', '/discovery/v2.0/keys', '/v2.0'),
  {
    name: 'Microsoft Entra ID (version 1)',
    keysOf: (issuer) => {
      const tenant = /^https:\/\/sts\.windows\.net\/([^/]+)\/$/.exec(issuer)?.[1];
      return tenant === undefined ? undefined : `https://login.microsoftonline.com/${tenant}/discovery/keys`;
    },
    issuersOf: (keys) => {
      const tenant = /^https:\/\/login\.(?:microsoftonline\.com|windows\.net)\/([^/]+)\/discovery\/keys$/.exec(keys)?.[1];
      return tenant === undefined ? [] : [`https://sts.windows.net/${tenant}/`];
    },
  },
  suffixForm('Okta', '/v1/keys'),
  suffixForm('Okta (organization)', '/oauth2/v1/keys'),
  suffixForm('PingFederate', '/pf/JWKS'),
  suffixForm('PingOne', '/as/jwks', '/as'),
  suffixForm('PingOne', '/as/jwks'),
  suffixForm('Auth0', '/.well-known/jwks.json', '/'),
  suffixForm('a provider with keys below .well-known', '/.well-known/jwks.json'),
];

/** True when the form of a key address says that it belongs to this issuer. */
export function areKeysOf(issuer: string, keys: string): boolean {
  if (forms.some(({ keysOf }) => keysOf(issuer) === keys)) return true;
  return servesKeysFor(issuer, keys);
}

/** Keys of a known provider that stand on another host of it, below the path of its form. */
function servesKeysFor(issuer: string, keys: string): boolean {
  const [known, from, to] = [knownIssuer(issuer), urlOf(issuer), urlOf(keys)];
  if (!known?.keyHosts || !from || !to || !known.keyHosts(from.hostname).includes(to.hostname)) return false;
  if (known.kind === 'xsuaa') return to.pathname === '/token_keys';
  if (known.kind === 'google') return /^\/oauth2\/v\d\/certs$/.test(to.pathname);
  const tenant = from.pathname.split('/')[1] ?? '';
  return tenant !== '' && to.pathname.split('/')[1] === tenant && /\/discovery\/(?:v2\.0\/)?keys$/.test(to.pathname);
}

/** Issuers that may have the keys at an address, by its form, likeliest first; to be proved, never to be taken. */
export function possibleIssuers(keys: string): string[] {
  const origin = urlOf(keys)?.origin;
  const named = forms.flatMap(({ issuersOf }) => issuersOf(keys));
  return [...new Set([...named, ...(origin === undefined || origin === 'null' ? [] : [origin])])];
}
