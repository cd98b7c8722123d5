import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { main } from '../../src/cli/main';
import { captureIo } from './fake-io';
import { filesBelow } from './file-tree';
import { temporaryFolder } from './temporary-folder';

/** Folder of the golden cases of `migrate`. */
export const goldenFolder = 'test/migrate/golden';

/** How a case is run. */
interface GoldenOptions {
  /** Paths of the call. @default ['input.yaml'], or ['input'] where that is a folder */
  readonly paths?: readonly string[];
  /** Options of the call; paths in them are relative to the case. @default none */
  readonly args?: readonly string[];
  /** File of the case that is read from standard input. @default nothing */
  readonly stdin?: string;
}

/** What a README line asks of a file of the case. */
export interface Claim {
  readonly text: string;
  readonly file: string;
  readonly lacks: boolean;
  readonly wanted: string;
}

/** What running a case gave: files by their name in the case, and the exit code. */
export interface GoldenRun {
  readonly files: ReadonlyMap<string, string>;
  readonly exit: number;
  readonly stderr: string;
}

/** Names of the cases. */
export function goldenNames(): string[] {
  return readdirSync(goldenFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Runs the command over the input of a case, in a folder of its own. */
export async function runGolden(name: string): Promise<GoldenRun> {
  return runIn(copyOf(name), optionsOf(name));
}

/** Runs the command over what a case writes, as if it were the input; companions and all. */
export async function runAgain(name: string): Promise<GoldenRun> {
  const folder = copyOf(name);
  for (const input of ['input', 'input.yaml']) rmSync(join(folder, input), { recursive: true, force: true });
  mkdirSync(join(folder, 'input'));
  for (const [path, text] of writtenBy(name)) {
    mkdirSync(dirname(join(folder, 'input', path)), { recursive: true });
    writeFileSync(join(folder, 'input', path), text);
  }
  const { stdin: _, ...options } = optionsOf(name);
  return runIn(folder, { ...options, paths: ['input'] });
}

/** A folder with what a case gives, without what it expects. */
function copyOf(name: string): string {
  const folder = temporaryFolder();
  const expected = ['output.yaml', 'companions.yaml', 'report.json', 'output', 'README.md'].map((file) => join(goldenFolder, name, file));
  cpSync(join(goldenFolder, name), folder, { recursive: true, filter: (path) => !expected.includes(path) });
  return folder;
}

async function runIn(folder: string, { paths, args = [], stdin }: GoldenOptions): Promise<GoldenRun> {
  const given = paths ?? [existsSync(join(folder, 'input')) ? 'input' : 'input.yaml'];
  const { io, stderr } = captureIo({
    cwd: folder,
    readStdin: async () => (stdin === undefined ? '' : readFileSync(join(folder, stdin), 'utf8')),
  });
  const out = join(folder, 'out');
  const call = ['migrate', ...given, ...args, '--out', 'out', '--report', 'json=report.out'];
  const exit = await main(call, io, '0.0.0');
  const written = existsSync(out) ? filesBelow(out).map(([path, text]): [string, string] => [nameInCase(path), text]) : [];
  const report = existsSync(join(folder, 'report.out')) ? readFileSync(join(folder, 'report.out'), 'utf8') : undefined;
  return { files: new Map([...written, ...(report === undefined ? [] : [['report.json', report] as const])]), exit, stderr: stderr() };
}

/** `input.yaml` is written as `output.yaml`, its companions as `companions.yaml`, anything else below `output/`. */
function nameInCase(path: string): string {
  if (path === 'input.yaml') return 'output.yaml';
  return path === 'input.companions.yaml' ? 'companions.yaml' : `output/${path}`;
}

/** The files that a case expects, by name. */
export function expectedOf(name: string): Map<string, string> {
  return new Map(
    filesBelow(join(goldenFolder, name)).filter(([path]) => /^(?:output\.yaml|companions\.yaml|report\.json|output\/.*)$/.test(path)),
  );
}

/** What a case expects to be written, without the report. */
export function writtenBy(name: string): [path: string, text: string][] {
  return [...expectedOf(name)].filter(([path]) => path !== 'report.json');
}

/** Replaces what a case expects. */
export function acceptGolden(name: string, { files }: GoldenRun): void {
  for (const path of expectedOf(name).keys()) rmSync(join(goldenFolder, name, path));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(goldenFolder, name, path)), { recursive: true });
    writeFileSync(join(goldenFolder, name, path), text);
  }
}

/** A text without indentation and quotes, which claims do not speak of. */
export function squeezed(text: string): string {
  return text
    .replace(/['"]/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/\n /g, '\n');
}

/** The exit code that the README of a case names. */
export function exitOf(name: string): number {
  const [, code] = /^- exit (\d)$/m.exec(readmeOf(name)) ?? [];
  if (code === undefined) throw new Error(`${name}/README.md names no exit code; write "- exit 0"`);
  return Number(code);
}

/** What the README of a case says of its files, a line each: ``- output has `TEXT` `` or ``- report lacks `TEXT` ``. */
export function claimsOf(name: string): Claim[] {
  const lines = readmeOf(name).match(/^- .*$/gm) ?? [];
  return lines.filter((line) => !/^- exit \d$/.test(line)).map((line) => claimOf(name, line));
}

function claimOf(name: string, line: string): Claim {
  const [, file, verb, wanted] = /^- (\S+) (has|lacks) `(.+)`$/.exec(line) ?? [];
  if (file === undefined || wanted === undefined) throw new Error(`${name}/README.md: "${line}" is no claim`);
  const known = new Map([
    ['output', 'output.yaml'],
    ['companions', 'companions.yaml'],
    ['report', 'report.json'],
  ]);
  return { text: line.slice(2), file: known.get(file) ?? file, lacks: verb === 'lacks', wanted: squeezed(wanted.replaceAll('\\n', '\n')) };
}

function readmeOf(name: string): string {
  return readFileSync(join(goldenFolder, name, 'README.md'), 'utf8');
}

function optionsOf(name: string): GoldenOptions {
  const file = join(goldenFolder, name, 'options.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as GoldenOptions) : {};
}

/** The input of a case: its files by path. */
export function inputOf(name: string): [path: string, text: string][] {
  const { paths, stdin } = optionsOf(name);
  const wanted = [...(paths ?? ['input.yaml', 'input']), ...(stdin === undefined ? [] : [stdin])];
  return filesBelow(join(goldenFolder, name)).filter(([path]) => wanted.some((start) => path === start || path.startsWith(`${start}/`)));
}

/** The value of an option of the call of a case. */
export function optionOf(name: string, option: string): string | undefined {
  const { args = [] } = optionsOf(name);
  const at = args.indexOf(option);
  return at < 0 ? undefined : args[at + 1];
}
