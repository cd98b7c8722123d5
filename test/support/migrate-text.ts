import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { captureIo } from './fake-io';
import { temporaryFolder } from './temporary-folder';

/** What `migrate` made of a text. */
export interface MigratedText {
  readonly exit: number;
  /** The file that was written; absent when none was. */
  readonly output?: string;
  readonly companions?: string;
  readonly report: string;
}

/** Runs `migrate` over a text as the file `input.yaml`. */
export async function migrateText(text: string, args: readonly string[] = []): Promise<MigratedText> {
  const cwd = temporaryFolder({ 'input.yaml': text });
  const { io, stdout } = captureIo({ cwd });
  const exit = await main(['migrate', 'input.yaml', '--out', 'out', '--format', 'json', ...args], io, '0.0.0');
  const read = (name: string): string | undefined => {
    const file = join(cwd, 'out', name);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
  const [output, companions] = [read('input.yaml'), read('input.companions.yaml')];
  return { exit, report: stdout(), ...(output !== undefined && { output }), ...(companions !== undefined && { companions }) };
}
