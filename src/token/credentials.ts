import { xsuaaIssuer } from '../model/issuer';
import { isJsonObject, type JsonObject } from '../model/json';
import { readAuthentication, secretsIn, type ClientAuthentication } from './client-authentication';
import { address, invalid, optional, required, type Origin } from './credential-members';

export type { ClientAuthentication } from './client-authentication';
export { invalid, type Origin } from './credential-members';

/** A client of an issuer, allowed to ask for tokens. */
export interface Credentials {
  /** What the user calls it; stands in messages. */
  readonly label: string;
  readonly clientId: string;
  readonly authentication: ClientAuthentication;
  /** The only place, besides one the user names, that secrets may go to. */
  readonly tokenEndpoint: string;
  /** Where people sign in, as the credential names it. @default - that of XSUAA, or what the issuer's discovery document says */
  readonly authorizationEndpoint?: string;
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

/**
 * Reads the members of a service key.
 *
 * @throws {CredentialsInvalidError} ERR_CREDENTIALS_INVALID when a member is missing or wrong
 */
export function credentialsOf(members: JsonObject, origin: Origin): Credentials {
  const clientId = required(members, 'clientid', origin);
  const authentication = readAuthentication(members, origin);
  const issuerUrl = address(members, 'url', origin);
  const tokenEndpoint = tokenEndpointOf(members, authentication, origin);
  const authorizationEndpoint = address(members, 'authorize_url', origin);
  const issuer = origin.issuer ?? optional(members, 'issuer');
  const xsappname = optional(members, 'xsappname');
  return {
    ...{ label: origin.label, source: origin.source, clientId, authentication, tokenEndpoint },
    ...(authorizationEndpoint === undefined ? {} : { authorizationEndpoint }),
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
  return rivalsFor(issuer, all)[0];
}

/** All credentials of an issuer, the one that is used first. */
export function rivalsFor(issuer: string, all: readonly Credentials[]): readonly Credentials[] {
  return [...all.filter((one) => one.issuer === issuer), ...all.filter((one) => one.issuer === undefined && fits(one, issuer))];
}

/** Every text in credentials that must not be seen, for the redactor. */
export function secretsOf({ authentication }: Credentials): string[] {
  return secretsIn(authentication);
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

/** XSUAA takes certificates at a host of their own (`certurl`). */
function tokenEndpointOf(members: JsonObject, { kind }: ClientAuthentication, origin: Origin): string {
  const named = address(members, 'token_url', origin) ?? address(members, 'tokenurl', origin);
  if (named !== undefined) return named;
  const base = address(members, kind === 'certificate' ? 'certurl' : 'url', origin);
  if (base !== undefined) return xsuaaIssuer(base).issuer;
  throw invalid(origin, kind === 'certificate' ? 'has neither "certurl" nor "token_url"' : 'has neither "url" nor "token_url"');
}
