import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { buildSync, type BuildOptions } from 'esbuild';

/** A folder of its own for one test file, removed by `remove`. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'kyma-guard-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Compiles the function runtime into one file that runs without this repository. */
export function buildRuntime(folder: string): string {
  const outfile = join(folder, 'runtime.cjs');
  const entryPoints = [join(__dirname, '../../src/local/runtime/main.ts')];
  buildSync({ entryPoints, outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'error' });
  return outfile;
}

/** Resolves when a process is gone; a zombie that nobody has collected yet counts as gone. */
export async function untilGone(pid: number): Promise<void> {
  while (runs(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/**
 * Collects log lines; `until` resolves with the first line that holds a text, also one that came earlier, and
 * rejects with all there is once `end` tells that nothing more comes.
 */
export class LineLog {
  readonly lines: string[] = [];
  private ended = false;
  private readonly waiting = new Set<() => void>();

  readonly add = (line: string): void => {
    this.lines.push(line);
    for (const wake of [...this.waiting]) wake();
  };

  readonly end = (): void => {
    this.ended = true;
    for (const wake of [...this.waiting]) wake();
  };

  until(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.lines.find((line) => line.includes(text));
        if (found === undefined && !this.ended) return;
        this.waiting.delete(look);
        if (found === undefined) reject(new Error(`never said "${text}", but: ${this.lines.join('\n')}`));
        else resolve(found);
      };
      this.waiting.add(look);
      look();
    });
  }
}

function otherVerbs(folder: string, own: string): string[] {
  const verbs = readdirSync(folder).map((file) => basename(file, '.ts'));
  return verbs.filter((verb) => verb !== own).map((verb) => `*/commands/${verb}.js`);
}

/** Compiles the command line for one verb with the function runtime beside it, laid out like the package; gives the file to run. */
export function buildCommand(folder: string, verb = 'local'): string {
  const outdir = join(folder, 'lib/src/cli');
  const source = join(__dirname, '../../src');
  writeFileSync(join(folder, 'package.json'), '{ "version": "0.0.0" }');
  const common: BuildOptions = {
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
    // jsonc-parser's other form finds its own files at run time, which a bundle does not have.
    mainFields: ['module', 'main'],
    // Loaded on first use only; what the other verbs need has no place here.
    external: otherVerbs(join(source, 'cli/commands'), verb),
  };
  buildSync({ ...common, entryPoints: [join(source, 'cli/bin.ts')], outfile: join(outdir, 'bin.js') });
  buildSync({ ...common, entryPoints: [join(source, 'local/runtime/main.ts')], outfile: join(outdir, 'runtime/main.js') });
  return join(outdir, 'bin.js');
}
