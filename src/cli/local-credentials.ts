import type { LocalSession } from '../model/local-session';
import type { Credentials } from '../token/credentials';
import { parseCredentials } from '../token/parse-credentials';
import type { Io } from './io';

/** The clients whose tokens the rules accept, as a running `local` left them. */
export function localCredentials({ credentials }: LocalSession, io: Io): Promise<Credentials[]> {
  return Promise.all(credentials.map(async ({ issuer, path }) => parseCredentials(await io.files.readText(path), path, { issuer })));
}
