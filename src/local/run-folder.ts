import { join } from 'node:path';
import type { Files } from '../files/files';
import type { JsonObject } from '../model/json';
import type { LocalSession } from '../model/local-session';
import { privateJwk } from '../token/sign';
import { clientCredentials } from './client-credentials';
import type { DataObjects } from './container-environment';
import type { LocalIssuer } from './issuer-server';
import { writeSecretFolder } from './mounts';

/** Paths that a session names. */
export type RunFiles = Pick<LocalSession, 'credentials' | 'denyCredentials' | 'signingKeys' | 'bindings'>;

/** Writes what `verify` and people need of a run: service keys, private keys of the test issuers, binding folders. Mode 0600 in 0700. */
export async function writeRunFiles(
  files: Files,
  folder: string,
  issuers: readonly LocalIssuer[],
  secrets: DataObjects,
  mountNames: ReadonlyMap<string, string>,
): Promise<RunFiles> {
  const keys = join(folder, 'credentials');
  await files.makeFolder(keys, 0o700);
  const credentials = [];
  const denyCredentials = [];
  for (const [i, issuer] of issuers.entries()) {
    const accepted = await writeJson(files, join(keys, `accepted-${i + 1}.json`), clientCredentials(issuer, issuer.accepted));
    credentials.push({ issuer: issuer.plan.issuer, path: accepted });
    if (!issuer.refused) continue;
    const path = await writeJson(files, join(keys, `refused-${i + 1}.json`), clientCredentials(issuer, issuer.refused));
    denyCredentials.push({ label: `client-without-rights-${i + 1}`, issuer: issuer.plan.issuer, path });
  }
  const signingKeys = await writeSigningKeys(files, folder, issuers);
  return { credentials, denyCredentials, signingKeys, bindings: await writeBindings(files, join(folder, 'bindings'), secrets, mountNames) };
}

/** Writes the private keys of all issuers; call it again after a rotation. */
export async function writeSigningKeys(files: Files, folder: string, issuers: readonly LocalIssuer[]): Promise<string> {
  const sets = issuers.map(async ({ plan, keys }) => [plan.issuer, { keys: await Promise.all(keys().map(privateJwk)) }] as const);
  return writeJson(files, join(folder, 'signing-keys.json'), Object.fromEntries(await Promise.all(sets)));
}

/** One folder per Secret, named as Functions mount it; the namespace is put before a name that two Secrets share. */
async function writeBindings(files: Files, folder: string, secrets: DataObjects, mountNames: ReadonlyMap<string, string>): Promise<string> {
  await files.makeFolder(folder, 0o700);
  const named = [...secrets].map(([key, data]) => ({ key, data, name: mountNames.get(key) ?? key.split('/')[1] ?? key }));
  for (const { key, data, name } of named) {
    const shared = named.filter((other) => other.name === name).length > 1;
    if (/^[a-z0-9][a-z0-9.-]*$/.test(name)) await writeSecretFolder(files, join(folder, shared ? key.replace('/', '.') : name), data);
  }
  return folder;
}

async function writeJson(files: Files, path: string, value: JsonObject): Promise<string> {
  await files.writeAtomic(path, `${JSON.stringify(value, null, 2)}\n`, 0o600);
  return path;
}
