import { urlOf } from '../../model/address';
import { groupBy } from '../../model/group-by';
import { knownIssuer, type KnownIssuer } from '../../model/known-issuers';

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

/** Key addresses that are looked up by their form. */
export interface KeyAddresses {
  readonly all: ReadonlySet<string>;
  readonly byHost: ReadonlyMap<string, readonly { readonly address: string; readonly url: URL }[]>;
}

/** Prepares key addresses for {@link keysOfForm}: rules may name thousands. */
export function indexKeys(addresses: readonly string[]): KeyAddresses {
  const all = new Set(addresses);
  const parsed = [...all].flatMap((address) => {
    const url = urlOf(address);
    return url ? [{ address, url }] : [];
  });
  return { all, byHost: groupBy(parsed, ({ url }) => url.hostname) };
}

/**
 * The key address whose form says that it belongs to an issuer: that on its own host, else the only one on another host of the provider.
 * `undefined` when there is none or a choice; two sources of keys for one issuer are one too many.
 */
export function keysOfForm(issuer: string, { all, byHost }: KeyAddresses): string | undefined {
  const named = new Set(forms.flatMap(({ keysOf }) => keysOf(issuer) ?? []).filter((address) => all.has(address)));
  return only(named.size > 0 ? [...named] : keysElsewhere(issuer, byHost));
}

function keysElsewhere(issuer: string, byHost: KeyAddresses['byHost']): string[] {
  const [known, from] = [knownIssuer(issuer), urlOf(issuer)];
  if (!known?.keyHosts || !from) return [];
  const served = known.keyHosts(from.hostname).flatMap((host) => byHost.get(host) ?? []);
  return served.filter(({ url }) => isKeyPath(known, from, url)).map(({ address }) => address);
}

function only(addresses: readonly string[]): string | undefined {
  return addresses.length === 1 ? addresses[0] : undefined;
}

/** True for the path of keys that a known provider serves on another host. */
function isKeyPath({ kind }: KnownIssuer, issuer: URL, { pathname }: URL): boolean {
  if (kind === 'xsuaa') return pathname === '/token_keys';
  if (kind === 'google') return /^\/oauth2\/v\d\/certs$/.test(pathname);
  const tenant = issuer.pathname.split('/')[1] ?? '';
  return tenant !== '' && pathname.split('/')[1] === tenant && /\/discovery\/(?:v2\.0\/)?keys$/.test(pathname);
}

/** Issuers that may have the keys at an address, by its form, likeliest first; to be proved, never to be taken. */
export function possibleIssuers(keys: string): string[] {
  const origin = urlOf(keys)?.origin;
  const named = forms.flatMap(({ issuersOf }) => issuersOf(keys));
  return [...new Set([...named, ...(origin === undefined || origin === 'null' ? [] : [origin])])];
}
