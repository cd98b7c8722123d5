import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../../src/model/json';
import { listAt, objectAt, objectsAt, textOf } from '../../../src/model/json-fields';
import { layVolume, type DataObjects } from './kubelet-volumes';

/** What is needed to be a node: root, and namespaces of the kernel. Elsewhere the process runs as this user, in folders of its own. */
export const isNode = process.getuid?.() === 0 && spawnSync('unshare', ['-m', '-n', 'ip', 'link', 'set', 'lo', 'up']).status === 0;

/** How a container ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly terminationMessage: string;
  /** Largest resident size, in MiB. */
  readonly peakMiB: number;
  /** Time on processors, in seconds. */
  readonly cpuSeconds: number;
}

/** A container that is about to start. */
export interface Pod {
  /** Folder of each volume by its name. */
  readonly volumes: Readonly<Record<string, string>>;
  /** @param network process whose network it shares. @default - that of the machine */
  run(network?: number): Promise<Ended>;
}

/** The container of a Pod template that has one. */
export function onlyContainer(template: JsonObject): JsonObject {
  const [first, second] = objectsAt(objectAt(template, 'spec'), 'containers').map(([container]) => container);
  if (!first || second) throw new Error('there is not exactly one container');
  return first;
}

/** Prepares the only container of a Pod from its template, with the files that the kubelet would give it. */
export function createPod(folder: string, template: JsonObject, objects: DataObjects, env: Readonly<Record<string, string>> = {}): Pod {
  const spec = objectAt(template, 'spec');
  const container = onlyContainer(template);
  const { fsGroup } = objectAt(spec, 'securityContext');
  const volumes: Record<string, string> = {};
  for (const [volume] of objectsAt(spec, 'volumes')) {
    const at = join(folder, 'volumes', textOf(volume['name']));
    layVolume(at, volume, objects, { fsGroup: isNode ? (fsGroup as number | undefined) : undefined });
    volumes[textOf(volume['name'])] = at;
  }
  const log = join(folder, 'termination-log');
  writeFileSync(log, '');
  chmodSync(log, 0o666);
  const start = isNode ? isolated : plain;
  const job: Started = { folder, spec, container, volumes, log, env };
  return { volumes, run: async (network) => ended(start(job, network), log) };
}

interface Started {
  readonly folder: string;
  readonly spec: JsonObject;
  readonly container: JsonObject;
  readonly volumes: Readonly<Record<string, string>>;
  readonly log: string;
  readonly env: Readonly<Record<string, string>>;
}

const commandOf = ({ container }: Started): string[] =>
  [...listAt(container, 'command'), ...listAt(container, 'args')].map((word) => textOf(word));

/** Stands in for an image: system libraries and Node.js, nothing else. */
const imageParts = ['/usr', '/lib', '/lib64', '/bin'].filter(existsSync);

/**
 * In namespaces of its own: the root is read-only and holds the image and the volumes at their places, the user is that of the Pod and has no
 * capability, the environment is that of the container and the PATH of the image, and no address but loopback can be reached.
 */
function isolated(job: Started, network: number | undefined): readonly string[] {
  const root = join(job.folder, 'root');
  mkdirSync(root, { recursive: true });
  const bind = (from: string, to: string, mode = 'ro') => [
    `mkdir -p ${root}$(dirname ${to})`,
    `if [ -d ${from} ]; then mkdir -p ${root}${to}; else touch ${root}${to}; fi`,
    `mount --bind ${from} ${root}${to}`,
    ...(mode === 'ro' ? [`mount -o remount,bind,ro ${root}${to}`] : []),
  ];
  const mounts = objectsAt(job.container, 'volumeMounts').flatMap(([mount]) => {
    const at = job.volumes[textOf(mount['name'])];
    if (at === undefined) throw new Error(`no volume ${textOf(mount['name'])}`);
    return bind(at, textOf(mount['mountPath']), mount['readOnly'] === true ? 'ro' : 'rw');
  });
  const lines = [
    'set -e',
    'mount --make-rprivate /',
    `mount -t tmpfs none ${root}`,
    `chmod 755 ${root}`,
    ...imageParts.flatMap((part) => bind(part, part)),
    ...bind(process.execPath, '/image/bin/node'),
    ...['/dev/null', '/dev/urandom', '/dev/random'].flatMap((device) => bind(device, device, 'rw')),
    ...bind('/proc', '/proc', 'rw'),
    ...bind(job.log, '/dev/termination-log', 'rw'),
    ...mounts,
    `mount -o remount,ro ${root}`,
    `exec chroot ${root} /usr/bin/setpriv ${privileges(job.spec)} /usr/bin/env -i "$@"`,
  ];
  const env = { PATH: '/image/bin', HOSTNAME: 'verify', ...job.env };
  const words = [...Object.entries(env).map(([name, value]) => `${name}=${value}`), ...commandOf(job)];
  const inNetwork = network === undefined ? [] : ['nsenter', '-t', String(network), '-n'];
  return [...inNetwork, 'unshare', '-m', 'sh', '-c', lines.join('\n'), 'sh', ...words];
}

function privileges(spec: JsonObject): string {
  const { runAsUser, runAsGroup, fsGroup } = objectAt(spec, 'securityContext');
  const groups = fsGroup === undefined ? '--clear-groups' : `--groups ${Number(fsGroup)}`;
  return `--reuid ${Number(runAsUser)} --regid ${Number(runAsGroup)} ${groups} --no-new-privs --bounding-set=-all --inh-caps=-all`;
}

/** The same command over the same files, without what only root can take away from it. */
function plain(job: Started): readonly string[] {
  const places = objectsAt(job.container, 'volumeMounts').map(
    ([mount]) => [textOf(mount['mountPath']), job.volumes[textOf(mount['name'])] ?? ''] as const,
  );
  const moved = (word: string): string => {
    const place = places.find(([at]) => word === at || word.startsWith(`${at}/`) || word.endsWith(`=${at}`));
    return word === '/dev/termination-log' ? job.log : place ? word.replace(place[0], () => place[1]) : word;
  };
  const [, ...args] = commandOf(job);
  const env = Object.entries({ HOSTNAME: 'verify', ...job.env }).map(([name, value]) => `${name}=${value}`);
  return ['env', '-i', ...env, process.execPath, ...args.map(moved)];
}

function ended([program = '', ...args]: readonly string[], log: string): Promise<Ended> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  let used = { peakMiB: 0, cpuSeconds: 0 };
  // Each program replaces the one before it, so all of them have this number.
  const watch = setInterval(() => (used = usedBy(child.pid ?? 0) ?? used), 20);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watch);
      resolve({ code, stdout, stderr, ...used, terminationMessage: readFileSync(log, 'utf8') });
    });
  });
}

function usedBy(pid: number): { peakMiB: number; cpuSeconds: number } | undefined {
  try {
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    const ticks = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ');
    if (peak === undefined) return undefined;
    return { peakMiB: Number(peak) / 1024, cpuSeconds: (Number(ticks?.[11]) + Number(ticks?.[12])) / 100 };
  } catch {
    return undefined;
  }
}
