import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below a folder with its text, sorted; empty when the folder does not exist. */
export function filesBelow(folder: string): [path: string, text: string][] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name): [string, string] => [name.replaceAll('\\', '/'), readFileSync(join(folder, name), 'utf8')])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
