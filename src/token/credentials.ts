import { CredentialsInvalidError } from '../model/errors';
import { xsuaaIssuer } from '../model/issuer';
import { isJsonObject, type JsonObject } from '../model/json';
import { Secret } from './secret';

/** A client of an issuer, allowed to ask for tokens. */
export interface Credentials {
  /** What the user calls it; stands in messages. */
  readonly label: string;
  readonly clientId: string;
  readonly secret: Secret;
  /** The only place, besides one the user names, that the secret may go to. */
  readonly tokenEndpoint: string;
  /** Member `url`: the base of the issuer. */
  readonly issuerUrl?: string;
  /** Issuer string that the user says it belongs to (`ISSUER=PATH`), or its own member `issuer`. */
  readonly issuer?: string;
  /** `NAME!tN`: the prefix of its scopes. */
  readonly xsappname?: string;
  /** File, folder or variable that it came from. */
  readonly source: string;
  /** Reads it again where it is mounted, because it may have been rotated; undefined when it is gone. */
  readonly reread?: () => Promise<Credentials | undefined>;
}

/** Where credentials come from, for messages. */
export interface Origin {
  readonly label: string;
  readonly source: string;
  /** @default - from the credential itself */
  readonly issuer?: string;
}

/**
 * Reads the members of a service key.
 *
 * @throws {CredentialsInvalidError} ERR_CREDENTIALS_INVALID when a member is missing or wrong, or it is an x509 binding
 */
export function credentialsOf(members: JsonObject, origin: Origin): Credentials {
  refuseX509(members, origin);
  const clientId = required(members, 'clientid', origin);
  const secret = new Secret(required(members, 'clientsecret', origin));
  const issuerUrl = address(members, 'url', origin);
  const named = address(members, 'token_url', origin) ?? address(members, 'tokenurl', origin);
  const tokenEndpoint = named ?? (issuerUrl === undefined ? undefined : xsuaaIssuer(issuerUrl).issuer);
  if (tokenEndpoint === undefined) throw invalid(origin, 'has neither "url" nor "token_url"');
  const issuer = origin.issuer ?? optional(members, 'issuer');
  const xsappname = optional(members, 'xsappname');
  return {
    ...{ label: origin.label, source: origin.source, clientId, secret, tokenEndpoint },
    ...(issuerUrl === undefined ? {} : { issuerUrl }),
    ...(issuer === undefined ? {} : { issuer }),
    ...(xsappname === undefined ? {} : { xsappname }),
  };
}

/** Issuer string of the tokens it gets, as far as the credential says: what the user named, else the XSUAA form of its `url`. */
export function issuerOf(credentials: Credentials): string | undefined {
  const { issuer, issuerUrl } = credentials;
  return issuer ?? (issuerUrl === undefined ? undefined : xsuaaIssuer(issuerUrl).issuer);
}

/** The first credential of an issuer; what the user assigned by name goes before what merely fits. */
export function credentialsFor(issuer: string, all: readonly Credentials[]): Credentials | undefined {
  return all.find((one) => one.issuer === issuer) ?? all.find((one) => one.issuer === undefined && fits(one, issuer));
}

function fits(credentials: Credentials, issuer: string): boolean {
  if (issuerOf(credentials) === issuer || credentials.issuerUrl === issuer) return true;
  const own = URL.canParse(credentials.tokenEndpoint) ? new URL(credentials.tokenEndpoint).origin : undefined;
  return credentials.issuerUrl === undefined && URL.canParse(issuer) && new URL(issuer).origin === own;
}

/** True when members look like a service key of an OAuth client, complete or not. */
export function looksLikeClient(members: unknown): members is JsonObject {
  return isJsonObject(members) && typeof members['clientid'] === 'string';
}

/** Builds the error; what is wrong never quotes a value. */
export function invalid({ label, source }: Origin, problem: string, hint?: string): CredentialsInvalidError {
  return new CredentialsInvalidError(`credentials ${label === source ? source : `${label} (${source})`}: ${problem}`, hint);
}

function refuseX509(members: JsonObject, origin: Origin): void {
  const isX509 = members['credential-type'] === 'x509' || (members['clientsecret'] === undefined && members['certificate'] !== undefined);
  if (!isX509) return;
  const hint = 'Create a second binding with parameters {"credential-type": "binding-secret"} and give that one.';
  throw invalid(origin, 'is an x509 binding, which cannot be used yet', hint);
}

function required(members: JsonObject, name: string, origin: Origin): string {
  const value = members[name];
  if (value === undefined || value === '') throw invalid(origin, `has no "${name}"`);
  if (typeof value !== 'string') throw invalid(origin, `"${name}" is no text`);
  return value;
}

function optional(members: JsonObject, name: string): string | undefined {
  const value = members[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function address(members: JsonObject, name: string, origin: Origin): string | undefined {
  const text = optional(members, name);
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw invalid(origin, `"${name}" is no http(s) URL`);
  if (url.username !== '' || url.password !== '' || url.hash !== '') throw invalid(origin, `"${name}" has credentials or a fragment in it`);
  return text;
}
