import { request } from 'node:http';
import { join } from 'node:path';
import type { JsonObject } from '../../src/model/json';

/** A bootstrap whose Envoy tells at which ports it listens, over a socket in the folder. */
export function withAdmin(bootstrap: JsonObject, folder: string): JsonObject {
  return { ...bootstrap, admin: { address: { pipe: { path: adminSocket(folder), mode: 0o600 } } } };
}

interface Listeners {
  readonly listener_statuses: readonly {
    readonly name: string;
    readonly local_address: { readonly socket_address?: { readonly port_value: number } };
  }[];
}

/**
 * The ports that the kernel gave the listeners of a running Envoy, by name. Nobody can take them in between, because they are never free again.
 * @see https://www.envoyproxy.io/docs/envoy/latest/operations/admin#get--listeners
 */
export async function boundPorts(folder: string): Promise<ReadonlyMap<string, number>> {
  const { listener_statuses: statuses } = JSON.parse(await ask(adminSocket(folder), '/listeners?format=json')) as Listeners;
  return new Map(statuses.flatMap(({ name, local_address: at }) => (at.socket_address ? [[name, at.socket_address.port_value]] : [])));
}

function adminSocket(folder: string): string {
  return join(folder, 'admin.sock');
}

function ask(socketPath: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = request({ socketPath, path, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve(Buffer.concat(chunks).toString()));
      answer.on('error', reject);
    });
    asking.on('error', reject);
    asking.end();
  });
}
