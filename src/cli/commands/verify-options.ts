import { resolve } from 'node:path';
import type { ApiRule } from '../../model/api-rule';
import { UsageError } from '../../model/errors';
import { goDurationSeconds } from '../../model/go-duration';
import type { LocalSession } from '../../model/local-session';
import type { Manifest } from '../../model/manifest';
import { readApiRules } from '../../model/read-api-rules';
import { defaultCredentials, readCredentials, splitArgument } from '../../token/credential-sources';
import type { Credentials } from '../../token/credentials';
import { issuerAddresses, nameIssuers } from '../../token/issuer-addresses';
import { parseCredentials } from '../../token/parse-credentials';
import { neutralizeForTerminal } from '../../report/neutralize';
import { readCanary } from '../../verify/canary';
import { readExpectations } from '../../verify/hints';
import { profiles } from '../../verify/probe';
import { readSigningKeys } from '../../token/signing-key-file';
import type { DeniedClient, VerifyOptions } from '../../verify/verify-input';
import type { Call } from '../command';
import { requireFitting, requireTrusted, tellRivals, trustedIssuers } from '../fitting-credentials';
import type { Io } from '../io';
import { learnSecrets } from '../learn-secrets';
import { localCredentials } from '../local-credentials';
import { readProxies } from '../open-sender';
import { scopeOf } from '../scope-option';
import { readShard } from '../shard-option';
import { verifySources } from './verify-sources';
import { localTargets, readRunningLocal, requireSameApiRules } from '../running-local';

/**
 * Reads the options of `verify` and the files that they name. What is given on the command line goes before what `local` left.
 * @throws {UsageError} ERR_USAGE when a value is not usable
 * @throws {CredentialsInvalidError} ERR_CREDENTIALS_INVALID when credentials are not usable
 */
export async function readVerifyOptions(call: Call, io: Io, manifests: readonly Manifest[]): Promise<VerifyOptions> {
  const { options } = call;
  const session = options.flag('local') ? await readRunningLocal(io) : undefined;
  if (session) requireSameApiRules(session, manifests);
  const named = options.pairs('target', 'HOST=URL');
  const at = (path: string): string => (path === '-' ? path : resolve(io.cwd, path));
  const { apiRules } = readApiRules(manifests);
  const credentials = await credentialsOf(call, io, session, apiRules);
  for (const option of ['browser', 'iss']) for (const issuer of options.list(option)) requireTrusted(`--${option}`, issuer, apiRules);
  const denied = [...(session ? await deniedBySession(session, io) : []), ...(await deniedByUser(call, io))];
  const clients = [...credentials, ...denied.map((client) => client.credentials)];
  learnSecrets(clients, io);
  const issuersGiven = nameIssuers(options.pairs('issuer', 'ISSUER=URL'), trustedIssuers(apiRules), clients);
  const keyFile = options.text('signing-key') === undefined ? session?.signingKeys : at(options.text('signing-key') ?? '');
  const [ca, expect, domain] = [options.text('ca'), options.text('expect'), options.domain()];
  const canary = options.text('canary');
  const profile = profiles.find((name) => name === options.text('profile'));
  const only = options.list('only');
  const shard = readShard(call, io);
  return {
    ...limitsOf(call),
    targets: session ? localTargets(session, named) : Object.fromEntries(named),
    samples: Object.fromEntries(options.pairs('sample', 'HOST=NAME')),
    // Beside --local nothing but this machine may be asked, whatever a scope says.
    scope: session ? [] : await scopeOf(call, io),
    issuers: issuerAddresses([...Object.entries(session?.issuers ?? {}), ...issuersGiven]),
    credentials,
    tokenSources: await verifySources(call, io, credentials, apiRules),
    selfIssued: options.list('iss'),
    denied,
    skip: options.list('skip'),
    acceptUndecided: options.list('accept-undecided'),
    plan: options.flag('plan'),
    unsafeMethods: options.flag('unsafe-methods'),
    allowDisruptive: options.list('allow-disruptive'),
    gentle: options.flag('gentle'),
    requireAllIssuers: options.flag('require-all-issuers'),
    requireProbes: options.list('require-probe'),
    insecureTls: options.flag('insecure-tls'),
    proxies: readProxies(io),
    allowSecretProbes: options.flag('allow-secret-probes'),
    ...(canary !== undefined && { canary: readCanary(canary) }),
    ...(only.length > 0 && { only }),
    ...(profile && { profile }),
    ...(shard && { shard }),
    ...(domain !== undefined && { domain }),
    ...(keyFile !== undefined && { signingKeys: await readSigningKeys(await io.files.readText(keyFile), keyFile) }),
    ...(ca !== undefined && { ca: await io.files.readText(at(ca)) }),
    ...(expect !== undefined && { expectations: readExpectations(await io.files.readText(at(expect)), expect) }),
  };
}

type Limits = Pick<VerifyOptions, 'concurrency' | 'rate' | 'maxRequests' | 'requestsPerRoute' | 'timeoutMs' | 'waitMs' | 'watchMs'>;

/** Milliseconds of a duration option. @throws {UsageError} ERR_USAGE when it is none */
function durationMs({ options }: Call, name: string): number | undefined {
  const text = options.text(name);
  const seconds = text === undefined ? undefined : goDurationSeconds(text);
  if (text !== undefined && seconds === undefined) throw new UsageError(`--${name} is "${text}"; give a duration such as 30s or 2m`);
  return seconds === undefined ? undefined : seconds * 1000;
}

function limitsOf(call: Call): Limits {
  const { options } = call;
  const [waitMs, watchMs] = [durationMs(call, 'wait'), durationMs(call, 'watch')];
  const [concurrency, rate, maxRequests, requestsPerRoute] = [
    options.number('concurrency', 1),
    options.number('rate', 0.01),
    options.number('max-requests', 1),
    options.number('requests-per-route', 15),
  ];
  const timeout = options.number('timeout', 0.001);
  return {
    ...(concurrency !== undefined && { concurrency }),
    ...(rate !== undefined && { rate }),
    ...(maxRequests !== undefined && { maxRequests }),
    ...(requestsPerRoute !== undefined && { requestsPerRoute }),
    ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
    ...(waitMs !== undefined && { waitMs }),
    ...(watchMs !== undefined && { watchMs }),
  };
}

async function credentialsOf(
  { options }: Call,
  io: Io,
  session: LocalSession | undefined,
  apiRules: readonly ApiRule[],
): Promise<Credentials[]> {
  const read = options.list('credentials').map(async (argument) => {
    const clients = await namedCredentials(argument, io);
    requireFitting(argument, clients, apiRules);
    return clients;
  });
  const named = (await Promise.all(read)).flat();
  for (const line of tellRivals(named, apiRules)) io.log(neutralizeForTerminal(line));
  if (!session) return named.length > 0 ? named : defaultCredentials(io.env, io.files);
  return [...named, ...(await localCredentials(session, io))];
}

/** Paths are those of the user's working directory. */
function namedCredentials(argument: string, io: Io): Promise<Credentials[]> {
  const { issuer, path } = splitArgument(argument);
  const place = path === '-' ? path : resolve(io.cwd, path);
  return readCredentials(issuer === undefined ? place : `${issuer}=${place}`, io.files, io.readStdin);
}

async function deniedByUser({ options }: Call, io: Io): Promise<DeniedClient[]> {
  const read = options.pairs('deny-credentials', 'LABEL=PATH').map(async ([label, path]) => {
    const clients = await readCredentials(resolve(io.cwd, path), io.files, io.readStdin);
    return clients.map((credentials) => ({ label, credentials }));
  });
  return (await Promise.all(read)).flat();
}

function deniedBySession({ denyCredentials }: LocalSession, io: Io): Promise<DeniedClient[]> {
  return Promise.all(
    denyCredentials.map(async ({ label, issuer, path }) => {
      const credentials = parseCredentials(await io.files.readText(path), path, { issuer });
      return { label, credentials, onlyWhereRefused: true };
    }),
  );
}
