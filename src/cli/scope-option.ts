import { resolve } from 'node:path';
import type { Call } from './command';
import type { Io } from './io';

/**
 * What `--scope` and `--scope-file` open: patterns of hosts.
 * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when there is no such file
 */
export async function scopeOf({ options }: Call, io: Pick<Io, 'files' | 'cwd'>): Promise<string[]> {
  const file = options.text('scope-file');
  const lines = file === undefined ? [] : (await io.files.readText(resolve(io.cwd, file))).split(/\r?\n/);
  const patterns = lines.map((line) => line.replace(/#.*$/, '').trim()).filter((line) => line !== '');
  return [...options.list('scope'), ...patterns];
}
