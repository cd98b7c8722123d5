import { TokenRequestError, UsageError } from '../model/errors';
import { isJsonObject } from '../model/json';
import type { AccessToken } from './access-token';
import { splitArgument, type BindingFiles } from './credential-sources';
import { decodeToken } from './decode';
import { Secret } from './secret';
import type { TokenSource } from './token-source';

const maxBytes = 1_048_576;

/**
 * Reads what `--token-file [ISSUER=]FILE` names, `-` for standard input: the token itself, with or without `Bearer`, or the JSON answer of a
 * token endpoint. The file is read once, and again when its token has ended: whoever keeps it fresh may be another program.
 *
 * @throws {UsageError} ERR_USAGE when no token is in it; nothing of it is quoted
 * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when it cannot be read
 */
export async function tokenFileSource(
  argument: string,
  files: Pick<BindingFiles, 'readText'>,
  readStdin: () => Promise<string>,
): Promise<TokenSource> {
  const { issuer: named, path } = splitArgument(argument);
  const label = path === '-' ? 'standard input' : path;
  let first: string | undefined = tokenIn(path === '-' ? await readStdin() : await files.readText(path, maxBytes), label);
  const issuer = named ?? issuerIn(first);
  return {
    label,
    ...(issuer === undefined ? {} : { issuer }),
    async get({ now }) {
      const text = first ?? (path === '-' ? undefined : tokenIn(await files.readText(path, maxBytes), label));
      first = undefined;
      if (text === undefined)
        throw ended(label, 'Standard input is read once; give a file, which is read again, or a token that lasts longer.');
      const token = accessToken(text, label);
      if (token.expiresAt !== undefined && token.expiresAt <= now())
        throw ended(label, `Put a new token into ${label}, or give credentials instead.`);
      return token;
    },
  };
}

function accessToken(text: string, endpoint: string): AccessToken {
  const decoded = decodeToken(text);
  const exp = decoded?.claims['exp'];
  return {
    secret: new Secret(text),
    isJwt: decoded !== undefined,
    endpoint,
    ...(typeof exp === 'number' ? { expiresAt: exp * 1000 } : {}),
  };
}

function issuerIn(token: string): string | undefined {
  const issuer = decodeToken(token)?.claims['iss'];
  return typeof issuer === 'string' ? issuer : undefined;
}

function tokenIn(content: string, label: string): string {
  const text = content.trim();
  const token = text.startsWith('{') ? memberOf(text) : text.replace(/^(?:authorization:\s*)?bearer\s+/i, '');
  if (token !== undefined && /^[A-Za-z0-9._~+/-]{8,}=*$/.test(token)) return token;
  throw new UsageError(`there is no token in ${label}`, 'Give the token alone, after "Bearer ", or the JSON answer of a token endpoint.');
}

function memberOf(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const token = isJsonObject(value) ? value['access_token'] : undefined;
    return typeof token === 'string' ? token : undefined;
  } catch {
    return undefined;
  }
}

function ended(label: string, hint: string): TokenRequestError {
  return new TokenRequestError(`the token in ${label} has ended`, hint);
}
