import { CredentialsInvalidError } from '../model/errors';
import type { JsonObject } from '../model/json';

/** Where credentials come from, for messages. */
export interface Origin {
  readonly label: string;
  readonly source: string;
  /** @default - from the credential itself */
  readonly issuer?: string;
}

/** Builds the error; what is wrong never quotes a value. */
export function invalid({ label, source }: Origin, problem: string, hint?: string): CredentialsInvalidError {
  return new CredentialsInvalidError(`credentials ${label === source ? source : `${label} (${source})`}: ${problem}`, hint);
}

/** A text that must be there. @throws {CredentialsInvalidError} ERR_CREDENTIALS_INVALID when it is not */
export function required(members: JsonObject, name: string, origin: Origin): string {
  const value = members[name];
  if (value === undefined || value === '') throw invalid(origin, `has no "${name}"`);
  if (typeof value !== 'string') throw invalid(origin, `"${name}" is no text`);
  return value;
}

/** A text that may be missing or empty. */
export function optional(members: JsonObject, name: string): string | undefined {
  const value = members[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An http(s) URL that may be missing. @throws {CredentialsInvalidError} ERR_CREDENTIALS_INVALID when it is something else */
export function address(members: JsonObject, name: string, origin: Origin): string | undefined {
  const text = optional(members, name);
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw invalid(origin, `"${name}" is no http(s) URL`);
  if (url.username !== '' || url.password !== '' || url.hash !== '') throw invalid(origin, `"${name}" has credentials or a fragment in it`);
  return text;
}
