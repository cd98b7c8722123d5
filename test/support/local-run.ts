import { join } from 'node:path';
import { diskFiles } from '../../src/files/files';
import { walkManifests } from '../../src/files/walk';
import type { LocalIssuer } from '../../src/local/issuer-server';
import { startLocal, type LocalOptions, type RunningLocal } from '../../src/local/start-local';
import type { Client } from '../../src/local/token-endpoint';
import type { Manifest } from '../../src/model/manifest';
import { readManifests } from '../../src/model/read-manifests';

/** Manifests of a folder of this repository. */
export async function manifestsIn(path: string): Promise<Manifest[]> {
  const found: Manifest[] = [];
  for await (const file of walkManifests(diskFiles, join(__dirname, '../..', path))) {
    found.push(...readManifests(await diskFiles.readText(file), file).manifests);
  }
  return found;
}

/** Starts `local` with its files below `folder`. */
export function run(
  folder: string,
  runtimeEntry: string,
  options: Partial<LocalOptions> & Pick<LocalOptions, 'manifests'>,
): Promise<RunningLocal> {
  const fixed = { files: diskFiles, folder: join(folder, 'run'), searchPath: process.env['PATH'] ?? '', runtimeEntry };
  return startLocal({ log: () => undefined, ...fixed, ...options });
}

/** An answer, reduced to what tests look at. */
export interface Seen {
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
}

/** Sends a request for a host to its gateway, as curl with a Host header does. */
export async function call(
  running: RunningLocal,
  host: string,
  path: string,
  init: { method?: string; token?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Seen> {
  const { token, headers, ...rest } = init;
  const { request } = await import('node:http');
  const url = new URL(running.session.targets[host] ?? 'http://127.0.0.1:1');
  const all = { host, ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname: url.hostname, port: url.port, path, method: rest.method ?? 'GET', headers: all }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => (body += text));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          body,
          headers: new Headers(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(rest.body);
  });
}

/** Fetches a token from a local issuer, secret in the body. */
export async function tokenOf(issuer: LocalIssuer | undefined, client?: Client): Promise<string> {
  if (!issuer) throw new Error('no such issuer');
  const { plan, secret } = client ?? issuer.accepted;
  const url = `${issuer.base}${new URL(issuer.plan.tokenEndpoint).pathname}`;
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: plan.clientId, client_secret: secret });
  const answer = (await (await fetch(url, { method: 'POST', body })).json()) as { access_token: string };
  return answer.access_token;
}
