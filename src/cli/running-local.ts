import { dirname, join } from 'node:path';
import type { Files } from '../files/files';
import { isLoopbackHost } from '../http/loopback';
import { apiRulesDigest } from '../model/api-rules-digest';
import { UsageError } from '../model/errors';
import { isJsonObject } from '../model/json';
import { localSessionFile, type LocalSession } from '../model/local-session';
import type { Manifest } from '../model/manifest';
import { readApiRules } from '../model/read-api-rules';
import type { Io } from './io';
import { isAlive } from './is-alive';

const startHint = 'Start kyma-guard local in this folder first, and leave it running.';

/**
 * What the `local` of this folder says about itself.
 * @throws {UsageError} ERR_USAGE when none runs here, or none any more
 */
export async function readRunningLocal(io: Io): Promise<LocalSession> {
  const path = join(io.cwd, localSessionFile);
  if ((await io.files.kindOf(path)) !== 'file') throw new UsageError('no kyma-guard local runs in this folder', startHint);
  const value = parse(await io.files.readText(path));
  if (!isSession(value)) throw new UsageError(`${localSessionFile} is no session of this version`, startHint);
  if (isAlive(value.pid)) {
    await requireOwn(value, path, io);
    return value;
  }
  throw new UsageError(
    `local is not running any more: ${localSessionFile} names process ${value.pid}, which has ended`,
    'Start kyma-guard local again in this folder; it removes what the ended one left.',
  );
}

/**
 * A session says where secrets are and where they go, so it is believed only if this user's `local` can have written it: it could have come
 * with a checkout.
 * @throws {UsageError} ERR_USAGE when file or run folder are not private, or something in it leads elsewhere
 */
async function requireOwn(session: LocalSession, path: string, { files }: Io): Promise<void> {
  const runFolder = dirname(session.signingKeys);
  const inside = [...session.credentials, ...session.denyCredentials].every((one) => dirname(dirname(one.path)) === runFolder);
  const addresses = [...Object.values(session.targets), ...Object.values(session.issuers)];
  const isLocal = addresses.every((url) => URL.canParse(url) && isLoopbackHost(new URL(url).hostname));
  if (inside && isLocal && (await isPrivateHere(files, path)) && (await isPrivateHere(files, runFolder))) return;
  throw new UsageError(`${localSessionFile} is not what kyma-guard local of this user writes; it is not believed`, startHint);
}

async function isPrivateHere(files: Files, path: string): Promise<boolean> {
  return (await files.kindOf(path)) !== undefined && files.isPrivate(path);
}

/**
 * Lets only manifests pass that are those `local` runs: a verdict over others would be about nothing.
 * @throws {UsageError} ERR_USAGE when hosts or APIRules differ
 */
export function requireSameApiRules(session: LocalSession, manifests: readonly Manifest[]): void {
  const served = Object.keys(session.targets);
  const named = [...new Set(readApiRules(manifests).apiRules.flatMap(({ hosts }) => hosts))].sort();
  const isServed = (host: string): boolean => served.some((one) => one === host || (!host.includes('.') && one.startsWith(`${host}.`)));
  const hint = 'Give verify the path that local runs, or stop local and start it with these manifests.';
  if (!named.every(isServed)) {
    throw new UsageError(`local runs other manifests: it serves ${served.join(', ')}, the manifests name ${named.join(', ')}`, hint);
  }
  if (apiRulesDigest(manifests) === session.inputDigest) return;
  throw new UsageError(
    'local runs other APIRules than these: hosts are the same, rules are not, or some are left out',
    `Restart local, so that it runs these rules. ${hint}`,
  );
}

/**
 * Where requests go beside `--local`: what the user names must be this machine as well.
 * @throws {UsageError} ERR_USAGE when a target is another machine
 */
export function localTargets(session: LocalSession, named: readonly (readonly [host: string, url: string])[]): Record<string, string> {
  for (const [host, url] of named) {
    if (URL.canParse(url) && isLoopbackHost(new URL(url).hostname)) continue;
    throw new UsageError(
      `--target ${host}=${url} stands beside --local, which asks this machine only; give a target on 127.0.0.1`,
      'Leave out --local to verify a deployment elsewhere.',
    );
  }
  return { ...session.targets, ...Object.fromEntries(named) };
}

/** The file is written by this program, mode 0600; still it must have the form that is read here. */
function isSession(value: unknown): value is LocalSession {
  if (!isJsonObject(value) || value['schemaVersion'] !== 1) return false;
  const { pid, inputDigest, signingKeys } = value;
  const maps = [value['targets'], value['issuers']].every(isJsonObject);
  const lists = Array.isArray(value['credentials']) && Array.isArray(value['denyCredentials']);
  return maps && lists && typeof pid === 'number' && typeof inputDigest === 'string' && typeof signingKeys === 'string';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
