import { join } from 'node:path';
import type { Environment } from '../config/environment';
import { environmentsOf, loadConfig, type LoadedConfig } from '../config/load-config';
import { isDerived, lockFileName, onlyEnvironment, printLock, withEntry, type LockEntry } from '../config/lock-file';
import type { Files } from '../files/files';
import { UsageError } from '../model/errors';
import type { VerbOutcome } from '../model/verb-outcome';
import type { Credentials } from '../token/credentials';
import type { TokenContext } from '../token/obtain';
import { compareEntries } from './compare-entries';
import { checkApplication } from './check-application';
import { learnEntry } from './learn-entry';
import { contradiction, derived, locked, unconfirmed } from './lock-results';

/** What `lock` is asked for. */
export interface LockOptions {
  readonly files: Files;
  /** Path of the configuration; the lock file stands beside it. */
  readonly config: string;
  /** @default - the only one */
  readonly env?: string;
  /** Name of the XSUAA issuer. @default - the only one */
  readonly issuer?: string;
  /** Service key of the instance. */
  readonly credentials: Credentials;
  readonly context: TokenContext;
  /** Compare instead of writing. @default false */
  readonly check?: boolean;
  /** Ask nobody and record what the service key lets derive. Not together with `check`. @default false */
  readonly offline?: boolean;
  /** Receives notices for people. */
  readonly log: (line: string) => void;
}

/**
 * Learns what is known of an XSUAA instance only after it exists, and records it in the lock file: no secret, no time.
 * @throws {ConfigInvalidError} ERR_CONFIG_INVALID when the configuration is not usable
 * Without an answer of the live issuer nothing is written, unless `offline` says that this is known.
 * @throws {UsageError} ERR_USAGE when it is not clear which environment or issuer is meant, or `check` stands beside `offline`
 * @throws {CredentialsInvalidError} ERR_CREDENTIALS_INVALID when the service key is that of another application; nothing was asked with it
 */
export async function runLock(options: LockOptions): Promise<VerbOutcome> {
  if (options.check && options.offline)
    throw new UsageError('--check asks whether the lock file is still true, which nobody can tell --offline', 'Leave one of them out.');
  const loaded = await loadConfig(options.files, options.config, { ignoreLock: true });
  const environment = chosenEnvironment(loaded, options.env);
  const issuer = chosenIssuer(environment, options.issuer);
  checkApplication(options.credentials, environment, issuer);
  const { entry, unasked, notices, contradictions } = await learnEntry(options.credentials, options.context, options.offline);
  for (const reason of unasked) options.log(`not asked live: ${reason}`);
  for (const notice of notices) options.log(notice);
  const path = join(loaded.folder, lockFileName);
  const name = environment.name ?? onlyEnvironment;
  if (contradictions.length > 0) return { results: contradictions.map((message) => contradiction(message, environment, issuer)) };
  const known = loaded.lock.environments[name]?.[issuer];
  if (options.check) return { results: compareEntries(known, entry, { file: path, path: `environments.${name}.${issuer}` }) };
  if (!options.offline && isDerived(entry)) return { results: [unconfirmed(unasked, environment, issuer)] };
  await write(path, printLock(withEntry(loaded.lock, name, issuer, keepBetter(known, entry))), options);
  if (environment.config.hold?.includes(issuer))
    options.log(`${loaded.file} still holds ${issuer}; remove the hold, so that synth writes its API rules`);
  const result = options.offline ? derived(path, issuer, environment) : locked(entry, path, issuer, environment);
  return { results: [result], data: { path, environment: name, issuer } };
}

async function write(path: string, text: string, { files }: LockOptions): Promise<void> {
  const before = (await files.kindOf(path)) === undefined ? undefined : await files.readText(path);
  if (before !== text) await files.writeAtomic(path, text);
}

/** What was once read from a token or a discovery document is not replaced by a derivation, as long as it is the same instance. */
function keepBetter(known: LockEntry | undefined, entry: LockEntry): LockEntry {
  if (!known || known.clientId !== entry.clientId) return entry;
  const keep = (field: 'issuer' | 'jwksUri'): boolean => entry.learnt[field] === 'derived' && known.learnt[field] !== 'derived';
  const issuer = keep('issuer') ? known : entry;
  const jwksUri = keep('jwksUri') ? known : entry;
  const learnt = { ...entry.learnt, issuer: issuer.learnt.issuer, jwksUri: jwksUri.learnt.jwksUri };
  return { ...entry, issuer: issuer.issuer, jwksUri: jwksUri.jwksUri, learnt };
}

function chosenEnvironment(loaded: LoadedConfig, name: string | undefined): Environment {
  const [environment, second] = environmentsOf(loaded, ...(name === undefined ? [] : [name]));
  if (!environment || second) {
    const names = loaded.environments.flatMap((candidate) => candidate.name ?? []);
    throw new UsageError(
      `${loaded.file} declares the environments ${names.join(', ')}`,
      'Say with --env which one the credentials belong to.',
    );
  }
  return environment;
}

function chosenIssuer({ config }: Environment, name: string | undefined): string {
  const names = Object.entries(config.issuers ?? {}).flatMap(([candidate, { kind }]) => (kind === 'xsuaa' ? [candidate] : []));
  if (name !== undefined && names.includes(name)) return name;
  const [only, second] = names;
  if (name === undefined && only !== undefined && second === undefined) return only;
  const known = names.length === 0 ? 'the configuration declares none' : `the configuration declares ${names.join(', ')}`;
  throw new UsageError(
    name === undefined
      ? `it is not clear which XSUAA issuer is meant: ${known}`
      : `there is no XSUAA issuer ${JSON.stringify(name)}: ${known}`,
    'Name the issuer: kyma-guard lock ISSUER.',
  );
}
