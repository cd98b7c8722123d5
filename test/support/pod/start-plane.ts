import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { LineLog } from '../local-runtime';
import type { Plane, PlaneOptions, Rotation } from './data-plane';
import { isNode } from './run-pod';

/** A data plane that runs. */
export interface RunningPlane extends Plane {
  /** Process whose network holds it; nothing else can be reached from there. Undefined without a network of its own. */
  readonly network: number | undefined;
  /** What it said: `token`, `refused`, `rotated`. */
  readonly log: LineLog;
  /** Has the client of a mounted Secret rotated after its next token. */
  rotate(rotation: Rotation): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the data plane in a network of its own, as far as this machine admits. */
export async function startPlane(options: PlaneOptions): Promise<RunningPlane> {
  const program = join(options.folder, 'plane.cjs');
  buildSync({
    ...{
      entryPoints: [join(__dirname, 'data-plane.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
    },
    ...{ mainFields: ['module', 'main'], logLevel: 'error' },
  });
  const call = [process.execPath, program, JSON.stringify(options)];
  const child = isNode
    ? spawn('unshare', ['-n', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...call])
    : spawn(call[0] ?? '', call.slice(1));
  const log = followed(child);
  const plane = JSON.parse(await log.until('{')) as Plane;
  const gone = new Promise<void>((resolve) => child.on('close', () => resolve()));
  return {
    ...plane,
    network: isNode ? child.pid : undefined,
    log,
    async rotate(rotation) {
      child.stdin.write(JSON.stringify(rotation));
      await log.until('ready');
    },
    stop: () => (child.stdin.end(), gone),
  };
}

function followed(child: ChildProcessWithoutNullStreams): LineLog {
  const log = new LineLog();
  const parts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      const lines = (parts[name] + text).split('\n');
      parts[name] = lines.pop() ?? '';
      lines.forEach(log.add);
    });
  }
  child.on('close', log.end);
  return log;
}
