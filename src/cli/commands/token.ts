import { resolve } from 'node:path';
import { UsageError } from '../../model/errors';
import type { JsonObject } from '../../model/json';
import { neutralizeForTerminal } from '../../report/neutralize';
import { decodeToken } from '../../token/decode';
import { issuerAddresses, nameIssuers } from '../../token/issuer-addresses';
import { createTokenContext } from '../../token/obtain';
import { obtainFrom, type TokenSource } from '../../token/token-source';
import type { Call, CommandOutput, CommandSpec } from '../command';
import type { Io } from '../io';
import { localCredentials } from '../local-credentials';
import { openIssuerSender } from '../open-sender';
import { readRunningLocal } from '../running-local';
import { tokenExamples, tokenOptions } from './token-options';
import { checkWays, jwksText, sourceOf } from './token-source';

export const tokenCommand: CommandSpec = {
  name: 'token',
  summary: 'Fetch a token for a person or a script, or show what one says',
  arguments: '[issuer]',
  options: tokenOptions,
  examples: tokenExamples,
  async run(call, io) {
    const [argument] = call.args;
    refuseTokenArgument(argument);
    if (argument === '-') return shown(await tokenFromStdin(call, io), io);
    checkWays(call);
    if (call.options.flag('jwks')) return { results: [], stdout: await jwksText(call, io) };
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

/** The token of this call; what is odd about it is told, because a gateway will refuse it without saying why. */
async function fetched(name: string | undefined, call: Call, io: Io): Promise<string> {
  const { options } = call;
  const session = options.flag('local') ? await readRunningLocal(io) : undefined;
  const own = session ? await localCredentials(session, io) : [];
  const { source, clients } = await sourceOf(name, call, io, own);
  const local = Object.entries(session?.issuers ?? {});
  const issuers = [...local.map(([issuer]) => issuer), ...(source.issuer === undefined ? [] : [source.issuer])];
  const addresses = issuerAddresses([...local, ...nameIssuers(options.pairs('issuer', 'ISSUER=URL'), issuers, clients)]);
  const sender = await openIssuerSender(call, io);
  try {
    const learn = (secret: string): void => io.redactor.learn(secret);
    const { secret } = await obtainFrom(createTokenContext(sender, { addresses, learn }), source);
    for (const line of oddities(secret.reveal(), source)) io.log(neutralizeForTerminal(line));
    return secret.reveal();
  } finally {
    sender.close();
  }
}

function oddities(token: string, { label, issuer }: TokenSource): string[] {
  const decoded = decodeToken(token);
  if (!decoded) return [`Note: ${label} gave an opaque token, which no gateway can check; ask the issuer for JWT access tokens.`];
  const { iss } = decoded.claims;
  if (issuer === undefined || !URL.canParse(issuer) || iss === issuer) return [];
  const said = typeof iss === 'string' ? JSON.stringify(iss.slice(0, 200)) : 'nothing';
  return [`Note: iss of the token says ${said}, expected is ${JSON.stringify(issuer)}; gateways compare character by character.`];
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
