import type { ApiRule } from '../../model/api-rule';
import { UsageError } from '../../model/errors';
import { credentialsFor, type Credentials } from '../../token/credentials';
import type { TokenSource } from '../../token/token-source';
import type { Call } from '../command';
import { requireTrusted } from '../fitting-credentials';
import type { Io } from '../io';
import { browserOption, samlSource, tokenFileOption } from '../token-sources';

/**
 * The ways to good tokens that go before the credentials.
 * @throws {UsageError} ERR_USAGE when one is for an issuer that no rule trusts, or has no client
 */
export async function verifySources(
  call: Call,
  io: Io,
  credentials: readonly Credentials[],
  apiRules: readonly ApiRule[],
): Promise<TokenSource[]> {
  const { options } = call;
  const clientOf = (option: string, issuer: string): Credentials => {
    requireTrusted(option, issuer, apiRules);
    const client = credentialsFor(issuer, credentials);
    if (client) return client;
    throw new UsageError(`${option} needs a client of ${issuer}`, `Give its service key: --credentials ${issuer}=PATH.`);
  };
  const files = await Promise.all(
    options.list('token-file').map(async (argument) => {
      const source = await tokenFileOption(argument, io);
      requireTrusted(`--token-file ${argument}`, source.issuer, apiRules);
      return source;
    }),
  );
  const assertions = await Promise.all(
    options.pairs('saml-assertion', 'ISSUER=FILE').map(async ([issuer, path]) => ({
      ...(await samlSource(path, clientOf('--saml-assertion', issuer), [], io)),
      issuer,
    })),
  );
  const people = options.list('browser').map((issuer) => ({ ...browserOption(clientOf('--browser', issuer), call, io), issuer }));
  return [...files, ...assertions, ...people];
}
