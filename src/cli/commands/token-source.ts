import { resolve } from 'node:path';
import { UsageError } from '../../model/errors';
import { goDurationSeconds } from '../../model/go-duration';
import { defaultCredentials, readCredentials } from '../../token/credential-sources';
import { chooseCredentials } from '../../token/choose-credentials';
import type { Credentials } from '../../token/credentials';
import { selfIssuedSource } from '../../token/self-issued';
import { allKeys, readSigningKeys } from '../../token/signing-key-file';
import { publicJwks, type SigningKey } from '../../token/sign';
import { clientSource, type TokenSource } from '../../token/token-source';
import type { Call } from '../command';
import type { Io } from '../io';
import { learnSecrets } from '../learn-secrets';
import { browserOption, browserTimeoutSeconds, samlSource, tokenFileOption } from '../token-sources';

const ways = ['browser', 'saml-assertion', 'token-file', 'signing-key'] as const;

/**
 * Refuses options that say different things about where the token comes from, or speak of a way that was not chosen.
 * @throws {UsageError} ERR_USAGE
 */
export function checkWays({ args, options }: Call): void {
  const isGiven = (name: string): boolean => options.flag(name) || options.list(name).length > 0;
  const given = ways.filter(isGiven);
  if (given.length > 1) throw new UsageError(`--${given[0] ?? ''} and --${given[1] ?? ''} are two ways to a token; give one`);
  const [way] = given;
  const own = ['local', 'credentials'].find(isGiven);
  if ((way === 'token-file' || way === 'signing-key') && (own !== undefined || args[0] !== undefined))
    throw new UsageError(`--${way} gives the token; ${own === undefined ? 'ISSUER' : `--${own}`} has nothing to do with it`);
  const belongs: Readonly<Record<string, readonly string[]>> = {
    'signing-key': ['iss', 'sub', 'aud', 'ttl', 'jwks'],
    browser: ['redirect', 'timeout'],
  };
  for (const [owner, names] of Object.entries(belongs)) {
    const stray = names.find((name) => way !== owner && isGiven(name));
    if (stray !== undefined) throw new UsageError(`--${stray} goes with --${owner}`);
  }
  if (way === 'token-file' && isGiven('scope')) throw new UsageError('--scope has no effect on a token that is there already');
  if (way === 'signing-key' && !options.flag('jwks') && options.text('iss') === undefined)
    throw new UsageError('--signing-key needs --iss, the issuer string of the rules', 'Give --iss ISSUER, or --jwks for the key set.');
}

/** Where the token of a call comes from, and the clients among which it was chosen. */
interface Chosen {
  readonly source: TokenSource;
  readonly clients: readonly Credentials[];
}

/** Where the token of this call comes from. @param own what `local` left */
export async function sourceOf(name: string | undefined, call: Call, io: Io, own: readonly Credentials[]): Promise<Chosen> {
  const { options } = call;
  const tokenFile = options.text('token-file');
  if (tokenFile !== undefined) return { source: await tokenFileOption(tokenFile, io), clients: [] };
  if (options.text('signing-key') !== undefined) return { source: await selfIssued(call, io), clients: [] };
  const clients = await candidates(options.list('credentials'), own, io);
  return { source: await sourceOfClient(chooseCredentials(name, clients), call, io), clients };
}

async function sourceOfClient(credentials: Credentials, call: Call, io: Io): Promise<TokenSource> {
  const { options } = call;
  const [saml, scopes] = [options.text('saml-assertion'), options.list('scope')];
  if (saml !== undefined) return samlSource(saml, credentials, scopes, io);
  if (options.flag('browser'))
    return browserOption(credentials, call, io, { scopes, seconds: options.number('timeout', 0.001) ?? browserTimeoutSeconds });
  return clientSource(credentials, { kind: 'client_credentials', ...(scopes.length > 0 && { scopes }) });
}

/** The key set that the issuer of `--signing-key` publishes. */
export async function jwksText(call: Call, io: Io): Promise<string> {
  return `${JSON.stringify(publicJwks(await keysOf(call, io)), null, 2)}\n`;
}

async function selfIssued(call: Call, io: Io): Promise<TokenSource> {
  const { options } = call;
  const [key] = await keysOf(call, io);
  if (!key) throw new UsageError('--signing-key holds no key');
  const ttl = options.text('ttl');
  const seconds = ttl === undefined ? undefined : goDurationSeconds(ttl);
  if (ttl !== undefined && (seconds === undefined || seconds < 1))
    throw new UsageError(`--ttl is "${ttl}"; give a duration such as 90s or 1h`);
  const subject = options.text('sub');
  return selfIssuedSource(key, {
    issuer: options.text('iss') ?? '',
    audiences: options.list('aud'),
    scopes: options.list('scope').flatMap((list) => list.split(' ')),
    ...(subject !== undefined && { subject }),
    ...(seconds !== undefined && { ttlSeconds: Math.floor(seconds) }),
  });
}

async function keysOf({ options }: Call, io: Io): Promise<readonly SigningKey[]> {
  const file = options.text('signing-key') ?? '-';
  const text = file === '-' ? await io.readStdin() : await io.files.readText(resolve(io.cwd, file));
  io.redactor.learn(text.trim());
  return allKeys(await readSigningKeys(text, file === '-' ? 'standard input' : file), options.text('iss'));
}

/** @param own what `local` left; beside it the environment, which is about another place, does not count */
async function candidates(paths: readonly string[], own: readonly Credentials[], io: Io): Promise<Credentials[]> {
  const found = paths.length + own.length === 0 ? await defaultCredentials(io.env, io.files) : [];
  for (const path of paths) found.push(...(await readCredentials(path, io.files, io.readStdin)));
  found.push(...own);
  learnSecrets(found, io);
  return found;
}
