import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { readSoundManifests } from '../../files/manifest-input';
import { startLocal, type RunningLocal } from '../../local/start-local';
import { LocalStartError, UsageError } from '../../model/errors';
import { isJsonObject } from '../../model/json';
import { localSessionFile } from '../../model/local-session';
import type { Manifest } from '../../model/manifest';
import { neutralizeForTerminal } from '../../report/neutralize';
import type { Call, CommandSpec } from '../command';
import type { Io } from '../io';
import { isAlive } from '../is-alive';
import { shellWord } from '../../model/shell-word';
import { tryLine } from '../try-line';

export const localCommand: CommandSpec = {
  name: 'local',
  endsBySignal: true,
  summary: 'Run manifests on this machine: issuers, gateway and functions',
  arguments: '<path...>',
  options: [
    {
      flags: '--gateway <embedded|envoy>',
      help: 'What enforces the API rules. Default: embedded. envoy needs an Envoy on the PATH or in KYMA_GUARD_ENVOY.',
    },
    { flags: '--port <N>', help: 'Port of the gateway. Default: a free one.' },
    {
      flags: '--upstream <NAMESPACE/NAME=URL>',
      help: 'Where the workload of a Service runs. Default: an echo server for Services without Function.',
      repeatable: true,
    },
    {
      flags: '--issuer-down <NAME>',
      help: 'Issuer, its host or the start of that; it does not answer, to see what callers then get.',
      repeatable: true,
    },
    { flags: '--domain <DOMAIN>', help: 'Completes hosts of one label. Default: localhost.' },
  ],
  examples: [
    ['kyma-guard local dist/dev', 'the cluster of one environment, until Ctrl-C'],
    ['kyma-guard local dist/dev --upstream shop/orders=http://127.0.0.1:8080', 'with a workload of your own behind the gateway'],
    ['kyma-guard local dist/dev --issuer-down id.example.com', 'with one issuer out of order'],
  ],
  async run(call, io) {
    const sessionPath = join(io.cwd, localSessionFile);
    await clearStaleSession(io, sessionPath);
    const options = await optionsOf(call, io);
    const running = await startLocal(options);
    try {
      for (const { accepted, refused } of running.issuers)
        for (const client of [accepted, refused]) io.redactor.learn(client?.secret ?? '');
      await io.files.writeAtomic(sessionPath, `${JSON.stringify(running.session, null, 2)}\n`, 0o600);
      const text = call.options.text('format') === 'json' ? io.log : io.print;
      text(`${summary(running, call.args, options.manifests)}\n`);
      io.log('Running; press Ctrl-C to stop.');
      await aborted(io.signal);
    } finally {
      await io.files.remove(sessionPath);
      await running.stop();
    }
    return { results: [], stdout: '' };
  },
};

async function optionsOf({ args, options }: Call, io: Io): Promise<Parameters<typeof startLocal>[0]> {
  const [port, domain] = [options.number('port'), options.domain()];
  const upstreams = options.pairs('upstream', 'NAMESPACE/NAME=URL').map(([name, url]) => [name, upstreamUrl(name, url)]);
  return {
    manifests: (await readSoundManifests(io.files, args, io.readStdin)).manifests,
    files: io.files,
    folder: join(tmpdir(), `kyma-guard-${randomUUID()}`),
    upstreams: Object.fromEntries(upstreams) as Record<string, string>,
    issuersDown: options.list('issuer-down'),
    gateway: gatewayKind(options.text('gateway')),
    ...(io.env['KYMA_GUARD_ENVOY'] !== undefined && { envoyProgram: io.env['KYMA_GUARD_ENVOY'] }),
    ...(port !== undefined && { port: validPort(port) }),
    ...(domain !== undefined && { domain }),
    searchPath: io.env['PATH'] ?? '',
    npmEnvironment: npmEnvironment(io.env),
    log: (line) => {
      io.log(neutralizeForTerminal(line));
    },
    signal: io.signal,
  };
}

function gatewayKind(text = 'embedded'): 'embedded' | 'envoy' {
  if (text === 'embedded' || text === 'envoy') return text;
  throw new UsageError(`--gateway is "${text}"; give embedded or envoy`);
}

function upstreamUrl(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isBase = url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search + url.hash + url.username === '';
  if (!isBase || !/^[^/]+\/[^/]+$/.test(name)) {
    throw new UsageError(`--upstream is "${name}=${text}"; give NAMESPACE/NAME=URL, such as shop/orders=http://127.0.0.1:8080`);
  }
  return url.origin;
}

function validPort(port: number): number {
  if (!Number.isInteger(port) || port > 65_535) throw new UsageError(`--port is ${port}; give a whole number up to 65535`);
  return port;
}

/** What npm alone gets of this machine: its configuration and the way to the registry. */
function npmEnvironment(env: Io['env']): Record<string, string> {
  const names = /^(?:HOME|(?:https?|no)_proxy|npm_config_(?:registry|cache|userconfig|cafile)|NODE_EXTRA_CA_CERTS)$/i;
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => names.test(entry[0]) && entry[1] !== undefined),
  );
}

/**
 * Removes what a killed run left: its session and its folder.
 * @throws {LocalStartError} ERR_LOCAL_START when that run still lives
 */
async function clearStaleSession(io: Io, path: string): Promise<void> {
  if ((await io.files.kindOf(path)) !== 'file') return;
  const { pid, signingKeys } = parseSession(await io.files.readText(path));
  if (pid !== undefined && isAlive(pid)) {
    throw new LocalStartError(`kyma-guard local already runs here (process ${pid})`, 'Stop it first, or work in another folder.');
  }
  const folder = dirname(signingKeys ?? '');
  // Only a folder that this program names this way is removed, whatever the file says.
  if (dirname(folder) === tmpdir() && /^kyma-guard-[0-9a-f-]{36}$/.test(basename(folder))) await io.files.remove(folder);
  await io.files.remove(path);
}

function parseSession(text: string): { pid?: number; signingKeys?: string } {
  try {
    const value: unknown = JSON.parse(text);
    const { pid, signingKeys } = isJsonObject(value) ? value : {};
    return { ...(typeof pid === 'number' && { pid }), ...(typeof signingKeys === 'string' && { signingKeys }) };
  } catch {
    return {};
  }
}

/** One line per host and issuer, and the next commands. */
function summary({ session, issuers }: RunningLocal, paths: readonly string[], manifests: readonly Manifest[]): string {
  const hosts = Object.entries(session.targets).map(([host, url]) => ['host', host, url]);
  const trusted = issuers.map(({ plan, base, isDown }) => ['issuer', plan.issuer, isDown() ? 'down' : base]);
  const width = Math.max(...[...hosts, ...trusted].map(([, name = '']) => name.length));
  const lines = [...hosts, ...trusted].map(([kind = '', name = '', at = '']) => `${kind.padEnd(8)}${name.padEnd(width + 2)}${at}`);
  const call = tryLine(session, manifests);
  const example = call === undefined ? [] : [`try     ${call}`];
  return neutralizeForTerminal([...lines, ...example, `verify  kyma-guard verify ${paths.map(shellWord).join(' ')} --local`].join('\n'));
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
