import { isJsonObject, type JsonObject } from '../model/json';
import { credentialsOf, invalid, looksLikeClient, type Credentials, type Origin } from './credentials';
import { clientIn, parseCredentials } from './parse-credentials';

/** The part of the file access that mounted bindings need. */
export interface BindingFiles {
  readText(path: string, maxBytes?: number): Promise<string>;
  list(path: string): Promise<readonly { readonly name: string; readonly path: string; readonly kind: 'file' | 'folder' | 'other' }[]>;
  kindOf(path: string): Promise<'file' | 'folder' | 'other' | undefined>;
}

/** No credential is larger; a mistaken path to a large file is not read. */
const maxBytes = 1_048_576;
/** `root/binding/file` and `root/service/instance/file` both occur. */
const maxDepth = 2;

/**
 * Reads what `--credentials [ISSUER=]PATH` names: a service key, a Secret manifest, a binding folder or a root of such folders.
 *
 * @param readStdin for the path `-`
 * @throws {CredentialsInvalidError} ERR_CREDENTIALS_INVALID when nothing usable is there
 * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when the path cannot be read
 */
export async function readCredentials(argument: string, files: BindingFiles, readStdin?: () => Promise<string>): Promise<Credentials[]> {
  const { issuer, path } = splitArgument(argument);
  const options = issuer === undefined ? {} : { issuer };
  if (path === '-' && readStdin) return [parseCredentials(await readStdin(), '<stdin>', options)];
  if ((await files.kindOf(path)) === 'folder') return credentialsFromFolder(files, path, options);
  return [parseCredentials(await files.readText(path, maxBytes), path, options)];
}

/** `https://issuer.example/oauth/token=key.json` and `name=key.json`; a path that starts with `.` or `/` is a path as a whole. */
export function splitArgument(argument: string): { issuer?: string; path: string } {
  const parts = /^(?![./-])([^=]+)=(.+)$/.exec(argument);
  const [, issuer, path] = parts ?? [];
  return issuer === undefined || path === undefined ? { path: argument } : { issuer, path };
}

/**
 * Reads mounted bindings: the folder itself, or every binding below it, two levels deep. They are read again when a token is refused.
 *
 * @throws {CredentialsInvalidError} ERR_CREDENTIALS_INVALID when no binding is there or one is not usable
 * @see https://servicebinding.io/spec/core/1.0.0/#workload-projection
 */
export async function credentialsFromFolder(files: BindingFiles, path: string, options: { issuer?: string } = {}): Promise<Credentials[]> {
  const found = await bindingsBelow(files, path, maxDepth, options);
  if (found.length === 0) throw invalid({ label: path, source: path }, 'no binding with a "clientid" is in this folder');
  return found;
}

/**
 * Reads the XSUAA clients of `VCAP_SERVICES`, and others that name their `token_url`.
 *
 * @throws {CredentialsInvalidError} ERR_CREDENTIALS_INVALID when the text is no such object or a client is not usable
 */
export function credentialsFromVcap(text: string): Credentials[] {
  const source = 'VCAP_SERVICES';
  const services = parse(text);
  if (!services) throw invalid({ label: source, source }, 'is no JSON object');
  const entries = Object.entries(services).flatMap(([label, list]) => (Array.isArray(list) ? list : []).map((entry) => ({ label, entry })));
  return entries.flatMap(({ label, entry }, i) => {
    const client = isJsonObject(entry) ? entry['credentials'] : undefined;
    if (!isJsonObject(entry) || !looksLikeClient(client) || (label !== 'xsuaa' && client['token_url'] === undefined)) return [];
    return [credentialsOf(client, { label: typeof entry['name'] === 'string' ? entry['name'] : `${label}-${i}`, source })];
  });
}

const variables = {
  clientid: 'KYMA_GUARD_CLIENT_ID',
  clientsecret: 'KYMA_GUARD_CLIENT_SECRET',
  url: 'KYMA_GUARD_URL',
  token_url: 'KYMA_GUARD_TOKEN_URL',
  issuer: 'KYMA_GUARD_ISSUER',
} as const;

/**
 * Reads `KYMA_GUARD_CLIENT_ID`, `KYMA_GUARD_CLIENT_SECRET`, `KYMA_GUARD_URL` or `KYMA_GUARD_TOKEN_URL`, and `KYMA_GUARD_ISSUER`.
 *
 * @returns undefined when none of them is set
 * @throws {CredentialsInvalidError} ERR_CREDENTIALS_INVALID when some are missing
 */
export function credentialsFromVariables(env: Readonly<Record<string, string | undefined>>): Credentials | undefined {
  const members = Object.fromEntries(Object.entries(variables).flatMap(([member, name]) => (env[name] ? [[member, env[name]]] : [])));
  if (Object.keys(members).length === 0) return undefined;
  const origin = { label: 'KYMA_GUARD_*', source: 'KYMA_GUARD_*' };
  for (const name of ['clientid', 'clientsecret'] as const)
    if (members[name] === undefined) throw invalid(origin, `${variables[name]} is not set`);
  if (members['url'] === undefined && members['token_url'] === undefined)
    throw invalid(origin, `neither ${variables.url} nor ${variables.token_url} is set`);
  return credentialsOf(members, origin);
}

/** The default order when no `--credentials` is given: `SERVICE_BINDING_ROOT`, `VCAP_SERVICES`, `KYMA_GUARD_*`. The first that is set counts. */
export async function defaultCredentials(env: Readonly<Record<string, string | undefined>>, files: BindingFiles): Promise<Credentials[]> {
  const { SERVICE_BINDING_ROOT: root, VCAP_SERVICES: vcap } = env;
  if (root) return credentialsFromFolder(files, root);
  const fromVcap = vcap ? credentialsFromVcap(vcap) : [];
  if (fromVcap.length > 0) return fromVcap;
  const one = credentialsFromVariables(env);
  return one ? [one] : [];
}

async function bindingsBelow(files: BindingFiles, path: string, depth: number, options: { issuer?: string }): Promise<Credentials[]> {
  const own = await readBinding(files, path, options);
  if (own) return [own];
  if (depth === 0) return [];
  const folders = (await files.list(path)).filter(({ name, kind }) => kind === 'folder' && !name.startsWith('.'));
  const below = await Promise.all(folders.map((folder) => bindingsBelow(files, folder.path, depth - 1, options)));
  return below.flat();
}

async function readBinding(files: BindingFiles, path: string, options: { issuer?: string }): Promise<Credentials | undefined> {
  const origin: Origin = { label: path.split(/[/\\]/).at(-1) ?? path, source: path, ...options };
  const entries = (await files.list(path)).filter(({ name, kind }) => kind === 'file' && !name.startsWith('.'));
  const texts = await Promise.all(
    entries.map(async (file) => [file.name, withoutLineEnd(await files.readText(file.path, maxBytes))] as const),
  );
  const members = Object.fromEntries(texts);
  if (!looksLikeClient(members) && !texts.some(([, text]) => looksLikeClient(parse(text)))) return undefined;
  const reread = (): Promise<Credentials | undefined> => readBinding(files, path, options).catch(() => undefined);
  return { ...credentialsOf(clientIn(members, origin), origin), reread };
}

/** An editor or `echo` adds one; no secret ends with it. */
function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
