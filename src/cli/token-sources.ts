import { resolve } from 'node:path';
import { UsageError } from '../model/errors';
import { splitArgument } from '../token/credential-sources';
import type { Credentials } from '../token/credentials';
import type { Grant } from '../token/grant';
import { Secret } from '../token/secret';
import { browserSource } from '../token/sign-in';
import { tokenFileSource } from '../token/token-file';
import { clientSource, type TokenSource } from '../token/token-source';
import type { Call } from './command';
import type { Io } from './io';
import { openBrowser } from './open-browser';

/** Options of good tokens that `token` and `verify` share. */
export const browserTimeoutSeconds = 120;

/** The source of one `--token-file`. */
export async function tokenFileOption(argument: string, io: Io): Promise<TokenSource> {
  return tokenFileSource(resolved(argument, io), io.files, io.readStdin);
}

/** The source of `--saml-assertion FILE` for a client. */
export async function samlSource(path: string, credentials: Credentials, scopes: readonly string[], io: Io): Promise<TokenSource> {
  const text = path === '-' ? await io.readStdin() : await io.files.readText(resolve(io.cwd, path));
  const assertion = text.trim();
  if (!assertion.startsWith('<') && !/^[A-Za-z0-9+/_\s-]{20,}={0,2}$/.test(assertion))
    throw new UsageError(`there is no SAML assertion in ${path === '-' ? 'standard input' : path}`, 'Give the assertion as XML or base64.');
  io.redactor.learn(assertion);
  const grant: Grant = { kind: 'saml2-bearer', assertion: new Secret(assertion), ...(scopes.length > 0 && { scopes }) };
  return clientSource(credentials, grant);
}

/**
 * The source of `--browser` for a client.
 * @throws {UsageError} ERR_USAGE where nobody sits before a browser
 */
export function browserOption(
  credentials: Credentials,
  { options }: Call,
  io: Io,
  more: { scopes?: readonly string[]; seconds?: number } = {},
): TokenSource {
  if (io.env['CI']) throw new UsageError('--browser needs a person, and CI is set', 'Give credentials, --token-file or --saml-assertion.');
  const redirect = options.text('redirect');
  return browserSource(credentials, {
    open: (url) => openBrowser(url, { env: io.env, platform: process.platform }),
    tell: io.log,
    signal: io.signal,
    timeoutMs: (more.seconds ?? browserTimeoutSeconds) * 1000,
    ...(redirect !== undefined && { redirect }),
    ...(more.scopes && more.scopes.length > 0 && { scopes: more.scopes }),
  });
}

/** `[ISSUER=]FILE` with the file as seen from the working directory. */
function resolved(argument: string, io: Io): string {
  const { issuer, path } = splitArgument(argument);
  const place = path === '-' ? path : resolve(io.cwd, path);
  return issuer === undefined ? place : `${issuer}=${place}`;
}
