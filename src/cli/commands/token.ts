import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { createSender } from '../../http/sender';
import { UsageError } from '../../model/errors';
import type { JsonObject } from '../../model/json';
import { neutralizeForTerminal } from '../../report/neutralize';
import { defaultCredentials, readCredentials } from '../../token/credential-sources';
import { chooseCredentials } from '../../token/choose-credentials';
import type { Credentials } from '../../token/credentials';
import { decodeToken } from '../../token/decode';
import { issuerAddresses } from '../../token/issuer-addresses';
import { createTokenContext, obtainToken } from '../../token/obtain';
import type { Call, CommandOutput, CommandSpec } from '../command';
import type { Io } from '../io';
import { localCredentials } from '../local-credentials';
import { readRunningLocal } from '../running-local';

export const tokenCommand: CommandSpec = {
  name: 'token',
  summary: 'Fetch a token for a person or a script, or show what one says',
  arguments: '[issuer]',
  options: [
    {
      flags: '--credentials <[ISSUER=]PATH>',
      help: 'Service key, Secret manifest, binding folder or - for standard input. Default: SERVICE_BINDING_ROOT, VCAP_SERVICES, KYMA_GUARD_*.',
      repeatable: true,
    },
    { flags: '--local', help: 'A token of an issuer that kyma-guard local runs in this folder.' },
    { flags: '--issuer <ISSUER=URL>', help: 'Where the issuer is really reachable; the secret goes there.', repeatable: true },
    { flags: '--to <FILE>', help: 'Write the token to this file (mode 0600) instead of printing it. Needed when CI is set.' },
    { flags: '--decode', help: 'Show header and claims instead of the token; with - as argument those of a token on standard input.' },
    { flags: '--ca <FILE>', help: 'Certificate authorities to trust, PEM. Default: those of Node.js.' },
  ],
  examples: [
    ['kyma-guard token --credentials key.json', 'the token of the client in this service key'],
    ['kyma-guard token --local', 'a token that the rules of a running kyma-guard local accept'],
    ['kyma-guard token geo.authentication.eu10.hana.ondemand.com --decode', 'what the token of an issuer says'],
    ['kyma-guard token xsuaa --credentials xsuaa=key.json --to token.txt', 'into a file, in CI too'],
    ['pbpaste | kyma-guard token - --decode', 'what a token says that somebody gave you'],
  ],
  async run(call, io) {
    const [argument] = call.args;
    refuseTokenArgument(argument);
    if (argument === '-') return shown(await tokenFromStdin(call, io), io);
    if (!call.options.flag('decode') && call.options.text('to') === undefined && io.env['CI']) {
      throw new UsageError('the token would end up in the log of a CI system', 'Give --to FILE, or --decode for its claims only.');
    }
    return deliver(await fetched(argument, call, io), call, io);
  },
};

/** A token as argument stays in the history of the shell and shows in the list of processes. */
function refuseTokenArgument(argument: string | undefined): void {
  if (argument === undefined || !/^[\w-]{8,}\.[\w-]+\.[\w-]*$/.test(argument) || !decodeToken(argument)) return;
  throw new UsageError(
    'a token is given on the command line, where others can see it',
    'Give it on standard input: kyma-guard token - --decode.',
  );
}

async function tokenFromStdin({ options }: Call, io: Io): Promise<string> {
  if (!options.flag('decode')) throw new UsageError('- reads a token from standard input, which only --decode does something with');
  return (await io.readStdin()).trim().replace(/^(?:authorization:\s*)?bearer\s+/i, '');
}

async function fetched(name: string | undefined, { options }: Call, io: Io): Promise<string> {
  const session = options.flag('local') ? await readRunningLocal(io) : undefined;
  const own = session ? await localCredentials(session, io) : [];
  const credentials = chooseCredentials(name, await candidates(options.list('credentials'), own, io));
  const addresses = issuerAddresses([...Object.entries(session?.issuers ?? {}), ...options.pairs('issuer', 'ISSUER=URL')]);
  const ca = options.text('ca');
  const trust = ca === undefined ? {} : { ca: await io.files.readText(resolve(io.cwd, ca)) };
  const sender = createSender({ userAgent: 'kyma-guard', runId: randomUUID(), signal: io.signal, ...trust });
  try {
    const { secret } = await obtainToken(createTokenContext(sender, { addresses }), credentials);
    io.redactor.learn(secret.reveal());
    return secret.reveal();
  } finally {
    sender.close();
  }
}

/** @param own what `local` left; beside it the environment, which is about another place, does not count */
async function candidates(paths: readonly string[], own: readonly Credentials[], io: Io): Promise<Credentials[]> {
  const found = paths.length + own.length === 0 ? await defaultCredentials(io.env, io.files) : [];
  for (const path of paths) found.push(...(await readCredentials(path, io.files, io.readStdin)));
  found.push(...own);
  for (const { secret } of found) io.redactor.learn(secret.reveal());
  return found;
}

async function deliver(token: string, { options }: Call, io: Io): Promise<CommandOutput> {
  const to = options.text('to');
  if (to !== undefined) {
    await io.files.writeAtomic(resolve(io.cwd, to), `${token}\n`, 0o600);
    io.log(`Wrote the token to ${to} (readable by you only).`);
  }
  if (options.flag('decode')) return shown(token, io);
  return to === undefined ? { results: [], token } : { results: [], stdout: '' };
}

function shown(token: string, io: Io): CommandOutput {
  const decoded = decodeToken(token);
  if (!decoded)
    throw new UsageError('this is no JWT, so there is nothing to show', 'An opaque token can only be shown by its issuer (introspection).');
  const { header, claims } = decoded;
  const times = timeLines(claims, io.now());
  if (times.length > 0) io.log(times.join('\n'));
  const data: JsonObject = { header, claims };
  return { results: [], data, stdout: `${neutralizeForTerminal(JSON.stringify(data, null, 2))}\n` };
}

function timeLines({ exp, nbf }: JsonObject, now: Date): string[] {
  const seconds = Math.floor(now.getTime() / 1000);
  const lines =
    typeof exp === 'number' ? [exp > seconds ? `Expires in ${exp - seconds} seconds.` : `Expired ${seconds - exp} seconds ago.`] : [];
  return typeof nbf === 'number' && nbf > seconds ? [...lines, `Valid only in ${nbf - seconds} seconds.`] : lines;
}
