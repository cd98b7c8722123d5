import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import type { Io } from '../../src/cli/io';
import { captureIo } from './fake-io';
import { temporaryFolder } from './temporary-folder';

/** What a call of `migrate` did. */
export interface MigrateCall {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly folder: string;
  /** The text of a file of the folder; undefined when there is none. */
  readonly read: (path: string) => string | undefined;
}

/** Runs `migrate` in a folder of its own with the given files. */
export async function callMigrate(
  files: Readonly<Record<string, string | Uint8Array>>,
  args: readonly string[],
  io: Partial<Io> = {},
): Promise<MigrateCall> {
  return callMigrateIn(temporaryFolder(files), args, io);
}

/** Runs `migrate` in a folder that is there already. */
export async function callMigrateIn(folder: string, args: readonly string[], io: Partial<Io> = {}): Promise<MigrateCall> {
  const captured = captureIo({ cwd: folder, ...io });
  const exit = await main(['migrate', ...args], captured.io, '0.0.0');
  const read = (path: string): string | undefined =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined;
  return { exit, stdout: captured.stdout(), stderr: captured.stderr(), folder, read };
}

/** An old APIRule in namespace `shop` with one open rule for everything. */
export function oldText(
  name = 'orders',
  more: { readonly path?: string; readonly handler?: string; readonly version?: string; readonly service?: string } = {},
): string {
  const { path = '/.*', handler = 'noop', version = 'v1beta1', service = name } = more;
  return `# APIRule ${name}
apiVersion: gateway.kyma-project.io/${version}
kind: APIRule
metadata:
  name: ${name}
  namespace: shop
spec:
  gateway: kyma-gateway.kyma-system.svc.cluster.local
  host: ${name}.example.com
  service: { name: ${service}, port: 8080 }
  rules:
    - path: ${path}
      methods: [GET]
      accessStrategies:
        - handler: ${handler}
`;
}

/** A Service in namespace `shop`, so that companions can be written. */
export function serviceText(name = 'orders'): string {
  return `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\nspec: { selector: { app: ${name} }, ports: [{ port: 8080 }] }\n`;
}
