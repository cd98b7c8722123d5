/**
 * A data plane in a process of its own, so that it can have a network of its own: what `kyma-guard local` starts, once sound and once with an issuer
 * that is down, a gateway that does not check signatures, and a token endpoint whose client secret is rotated. Says where all of it is in one line.
 */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startWeakenedGateway } from '../../../examples/demo/weakened-gateway.mjs';
import { diskFiles } from '../../../src/files/files';
import { readSoundManifests } from '../../../src/files/manifest-input';
import { startLocal } from '../../../src/local/start-local';
import type { LocalSession } from '../../../src/model/local-session';
import { writeVersion } from './kubelet-volumes';

/** What the process is asked for. */
export interface PlaneOptions {
  readonly manifests: string;
  readonly folder: string;
  readonly runtimeEntry: string;
  /** Issuer string of the issuer that is down, and whose client is rotated. */
  readonly issuer: string;
}

/** Where it is. */
export interface Plane {
  readonly targets: LocalSession['targets'];
  readonly issuers: LocalSession['issuers'];
  /** Service key of an accepted client by issuer, as JSON. */
  readonly keys: Readonly<Record<string, string>>;
  /** The same with `issuer` down. */
  readonly down: Pick<Plane, 'targets' | 'issuers' | 'keys'>;
  /** Base URL of the gateway that does not check signatures. */
  readonly weakened: string;
  /** Base URL of an issuer that rotates after its first token. */
  readonly rotating: string;
}

/** What a line on standard input asks for: rotate the client of this mounted Secret. */
export interface Rotation {
  readonly volume: string;
  readonly mode: number;
  readonly fsGroup?: number;
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
}

async function main({ manifests: path, folder, runtimeEntry, issuer }: PlaneOptions): Promise<void> {
  const { manifests } = await readSoundManifests(diskFiles, [path], () => Promise.resolve(''));
  const start = (name: string, issuersDown: readonly string[]) =>
    startLocal({
      ...{ manifests, files: diskFiles, folder: join(folder, name), runtimeEntry, issuersDown },
      searchPath: process.env['PATH'] ?? '',
      log: (line) => process.stderr.write(`${line}\n`),
    });
  const [sound, down] = [await start('sound', []), await start('down', [issuer])];
  const { targets, issuers } = sound.session;
  const keys = keysOf(sound.session);
  const weakened = await startWeakenedGateway(
    (host: string) => targets[host.split(':')[0] ?? ''] ?? '',
    (named: string) => tokenOf(keys[named] ?? '{}'),
  );
  const rotating = await startRotating(issuers[issuer] ?? '', () => tokenOf(keys[issuer] ?? '{}'));
  const plane: Plane = { targets, issuers, keys, down: { ...down.session, keys: keysOf(down.session) }, weakened: weakened.url, rotating };
  process.stdout.write(`${JSON.stringify(plane)}\n`);
  process.stdin.resume().on('end', () => {
    void Promise.all([sound.stop(), down.stop(), weakened.stop()]).then(() => process.exit(0));
  });
}

function keysOf({ credentials }: LocalSession): Record<string, string> {
  return Object.fromEntries(credentials.map((one) => [one.issuer, readFileSync(one.path, 'utf8')]));
}

async function tokenOf(key: string): Promise<string | undefined> {
  const { clientid, clientsecret, url, token_url } = JSON.parse(key) as Record<string, string | undefined>;
  if (clientid === undefined || clientsecret === undefined) return undefined;
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientid, client_secret: clientsecret });
  const answer = await fetch(token_url ?? `${url ?? ''}/oauth/token`, { method: 'POST', body });
  return ((await answer.json()) as { access_token?: string }).access_token;
}

/** In front of an issuer: one client whose secret changes after the first token, and whose tokens have to be fetched again soon. */
async function startRotating(upstream: string, token: () => Promise<string | undefined>): Promise<string> {
  let rotation: Rotation | undefined;
  let current = '';
  process.stdin.setEncoding('utf8').on('data', (line: string) => {
    rotation = JSON.parse(line) as Rotation;
    current = rotation.before['clientsecret'] ?? '';
    process.stdout.write('ready\n');
  });
  const rotate = () => {
    if (!rotation) return;
    const files = Object.fromEntries(Object.entries(rotation.after).map(([name, text]) => [name, Buffer.from(text)]));
    writeVersion(rotation.volume, files, rotation.mode, { fsGroup: rotation.fsGroup });
    current = rotation.after['clientsecret'] ?? '';
    process.stdout.write('rotated\n');
    rotation = undefined;
  };
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing, { upstream, token, isCurrent: (secret) => secret === current, rotate });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
}

interface Rotating {
  readonly upstream: string;
  readonly token: () => Promise<string | undefined>;
  readonly isCurrent: (secret: string) => boolean;
  readonly rotate: () => void;
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { upstream, token, isCurrent, rotate }: Rotating,
): Promise<void> {
  if (!incoming.url?.startsWith('/oauth/token') || incoming.method !== 'POST') {
    const sent = request(`${upstream}${incoming.url ?? '/'}`, { headers: incoming.headers }, (found) => {
      outgoing.writeHead(found.statusCode ?? 502, found.headers);
      found.pipe(outgoing);
    });
    sent.on('error', () => outgoing.destroy()).end();
    return;
  }
  let text = '';
  for await (const chunk of incoming.setEncoding('utf8')) text += String(chunk);
  const json = (status: number, value: object) =>
    outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  if (!isCurrent(new URLSearchParams(text).get('client_secret') ?? '')) {
    process.stdout.write('refused\n');
    json(401, { error: 'invalid_client' });
    return;
  }
  json(200, { access_token: await token(), token_type: 'bearer', expires_in: 1 });
  process.stdout.write('token\n');
  rotate();
}

void main(JSON.parse(process.argv[2] ?? '{}') as PlaneOptions);
