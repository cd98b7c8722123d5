import { tokenLocationFaults } from './controller/token-location-faults';

/** A party whose tokens are trusted. A plain value: it crosses folders and files without ties. */
export interface TrustedIssuer {
  /** Exactly the `iss` claim of its tokens; compared character by character. @see RFC 7519 section 4.1.1 */
  readonly issuer: string;
  /** Where its public keys are. @see RFC 7517 section 5 */
  readonly jwksUri: string;
  /** Header that holds the token. @default - `Authorization` with the prefix `Bearer ` */
  readonly fromHeaders?: readonly { readonly name: string; readonly prefix?: string }[];
  /** Query parameter that holds the token; it ends up in access logs. @default - `access_token` */
  readonly fromParams?: readonly string[];
}

/**
 * Issuer and keys of an XSUAA instance. UAA appends the token path to its base in `iss`, so the issuer is not the `url` of the credential.
 *
 * @param url Member `url` of the service key, such as `https://SUBDOMAIN.authentication.REGION.hana.ondemand.com`.
 */
export function xsuaaIssuer(url: string): TrustedIssuer {
  const base = url.endsWith('/') ? url.slice(0, -1) : url;
  return { issuer: `${base}/oauth/token`, jwksUri: `${base}/token_keys` };
}

/** True for the names and addresses of this machine only: `localhost`, names below it, 127.0.0.0/8 and `::1`. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (name === 'localhost' || name.endsWith('.localhost') || name === '::1') return true;
  const octets = name.split('.');
  return octets.length === 4 && octets[0] === '127' && octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) <= 255);
}

/** What is wrong with an issuer, as sentences without place; empty when nothing is. */
export function issuerProblems(trusted: TrustedIssuer): string[] {
  return [...issuerAddressProblems(trusted, 'issuer'), ...issuerAddressProblems(trusted, 'jwksUri'), ...locationProblems(trusted)];
}

/** What is wrong with one of the two addresses of an issuer, as sentences without place. */
export function issuerAddressProblems(trusted: TrustedIssuer, member: 'issuer' | 'jwksUri'): string[] {
  return [...addressProblems(member, trusted[member]), ...(member === 'issuer' ? sharedIssuerProblems(trusted.issuer) : [])];
}

function addressProblems(member: 'issuer' | 'jwksUri', text: string): string[] {
  const quoted = `${member} ${JSON.stringify(text)}`;
  if (!URL.canParse(text)) return [`${quoted} is not a URL; give the full address, scheme included`];
  const url = new URL(text);
  const problems: string[] = [];
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    problems.push(`${quoted} does not start with https://; without TLS anyone on the way can replace the keys`);
  }
  if (url.username !== '' || url.password !== '') problems.push(`${member} holds credentials; remove them from the address`);
  if (member === 'issuer' && text.includes('?')) problems.push(`${quoted} has a query; an issuer has none`);
  if (text.includes('#')) problems.push(`${quoted} has a fragment; remove it`);
  if (/[{}]/.test(text)) problems.push(`${quoted} holds a placeholder in braces; put in the value of your tenant`);
  if (/\s/.test(text)) problems.push(`${quoted} holds white space; remove it`);
  return problems;
}

function sharedIssuerProblems(issuer: string): string[] {
  return /\/(?:common|organizations|consumers)(?:\/|$)/.test(issuer)
    ? [`issuer ${JSON.stringify(issuer)} stands for many tenants and is never the iss of a token; name your own tenant`]
    : [];
}

function locationProblems({ fromHeaders = [], fromParams = [] }: TrustedIssuer): string[] {
  const faults = tokenLocationFaults([{ fromHeaders: fromHeaders.length, fromParams: fromParams.length }]);
  if (faults.some(({ kind }) => kind === 'mixed')) return ['fromHeaders and fromParams are both set; give one of them'];
  return faults.map(({ field }) => `${field} has several entries; give one`);
}
