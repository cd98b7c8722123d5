import { isJsonObject, type JsonObject } from '../model/json';
import { readManifests } from '../model/read-manifests';
import { credentialsOf, invalid, looksLikeClient, type Credentials, type Origin } from './credentials';

/**
 * Reads a service key (JSON, also inside `credentials` or `uaa`) or a Secret manifest (flat, `secretKey` or `secretRootKey`).
 *
 * @param label what the user calls it, usually the path
 * @throws {CredentialsInvalidError} ERR_CREDENTIALS_INVALID when nothing, several or something unusable is in it
 */
export function parseCredentials(text: string, label: string, options: { issuer?: string; source?: string } = {}): Credentials {
  const origin: Origin = { label, source: options.source ?? label, ...(options.issuer === undefined ? {} : { issuer: options.issuer }) };
  const members = parseJson(text);
  if (members && members['kind'] === undefined) return credentialsOf(clientIn(members, origin), origin);
  const secrets = readManifests(text, origin.source).manifests.filter(({ kind }) => kind === 'Secret');
  if (secrets.length > 1) throw invalid(origin, `holds ${secrets.length} Secrets; give a file with one`);
  const [secret] = secrets;
  if (!secret) throw invalid(origin, members ? 'is a manifest, but no Secret' : 'is neither JSON nor a Secret manifest');
  return credentialsOf(clientIn(secretData(secret.body, origin), origin), origin);
}

/**
 * Finds the client in what a Secret, a mounted folder or a service key holds: the members themselves, or the one member that is such an
 * object or its JSON text.
 */
export function clientIn(members: JsonObject, origin: Origin): JsonObject {
  if (looksLikeClient(members)) return members;
  const found = Object.values(members).map(objectOf).filter(looksLikeClient);
  if (found.length > 1) throw invalid(origin, `holds ${found.length} clients; give one`);
  const [client] = found;
  if (!client) throw invalid(origin, 'has no "clientid"');
  return client;
}

function secretData(body: JsonObject, origin: Origin): JsonObject {
  const { data, stringData } = body;
  const decoded: JsonObject = {};
  for (const [name, value] of Object.entries(isJsonObject(data) ? data : {})) {
    if (typeof value !== 'string' || !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value)) throw invalid(origin, `data.${name} is not base64`);
    decoded[name] = Buffer.from(value, 'base64').toString('utf8');
  }
  return { ...decoded, ...(isJsonObject(stringData) ? stringData : {}) };
}

function objectOf(value: unknown): JsonObject | undefined {
  if (isJsonObject(value)) return value;
  return typeof value === 'string' ? parseJson(value) : undefined;
}

function parseJson(text: string): JsonObject | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
