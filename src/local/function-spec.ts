import { LocalStartError } from '../model/errors';
import type { JsonObject } from '../model/json';
import type { Manifest } from '../model/manifest';
import { isDnsLabel } from '../model/names';
import { objectsAt, textAt } from './json-at';

/** What `local` needs of a Function. */
export interface FunctionSpec {
  readonly namespace: string;
  readonly name: string;
  readonly runtime: string;
  /** Handler as written in the manifest, before the kubelet's expansion. */
  readonly source: string;
  /** package.json as written in the manifest. */
  readonly dependencies: string;
  /** Entries of `spec.env`, in order. */
  readonly env: readonly JsonObject[];
  readonly secretMounts: readonly { readonly secretName: string; readonly mountPath: string }[];
}

/** True for a serverless Function. */
export function isFunction({ apiVersion, kind }: Manifest): boolean {
  return kind === 'Function' && apiVersion.startsWith('serverless.kyma-project.io/');
}

/** `namespace/name` of an object; without a namespace kubectl means `default`. */
export function keyOf(manifest: Manifest): string {
  return `${manifest.namespace ?? 'default'}/${manifest.name}`;
}

/**
 * Reads a Function manifest.
 * @throws {LocalStartError} ERR_LOCAL_START when the runtime is not Node.js or the source is not inline
 */
export function functionSpecOf(manifest: Manifest): FunctionSpec {
  const key = keyOf(manifest);
  const runtime = textAt(manifest.body, 'spec', 'runtime') ?? '';
  const source = textAt(manifest.body, 'spec', 'source', 'inline', 'source');
  // Both become names of folders.
  if (![manifest.namespace ?? 'default', manifest.name].every(isDnsLabel)) throw notHere(key, 'has a name that Kubernetes refuses');
  if (!/^nodejs\d+$/.test(runtime)) throw notHere(key, `has runtime "${runtime}"; only Node.js runtimes run here`);
  if (source === undefined) throw notHere(key, 'has no inline source; a Git source is not fetched');
  return {
    namespace: manifest.namespace ?? 'default',
    name: manifest.name,
    runtime,
    source,
    dependencies: textAt(manifest.body, 'spec', 'source', 'inline', 'dependencies') ?? '',
    env: objectsAt(manifest.body, 'spec', 'env'),
    secretMounts: objectsAt(manifest.body, 'spec', 'secretMounts').map((mount) => ({
      secretName: textAt(mount, 'secretName') ?? '',
      mountPath: textAt(mount, 'mountPath') ?? '',
    })),
  };
}

function notHere(key: string, reason: string): LocalStartError {
  return new LocalStartError(`Function ${key} ${reason}`, `Run it yourself and name it with --upstream ${key}=URL.`);
}
