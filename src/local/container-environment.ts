import { LocalStartError } from '../model/errors';
import { maxEnvBytes } from '../model/env-expansion';
import type { JsonObject } from '../model/json';
import { expandReferences } from './expand-references';
import type { FunctionSpec } from './function-spec';
import { textAt, valueAt } from './json-at';

/** Contents of Secrets and ConfigMaps by `namespace/name`: key to text. */
export type DataObjects = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** Where values of `valueFrom` come from, and how paths of the container map to this machine. */
export interface EnvironmentSources {
  readonly secrets: DataObjects;
  readonly configMaps: DataObjects;
  /** Puts a path of the container, such as the value of `SERVICE_BINDING_ROOT`, to its place on this machine. */
  readonly toLocalPath: (value: string) => string;
}

/** What the container of a Function is started with. */
export interface ContainerEnvironment {
  /** Every variable a handler can see, and nothing of this machine. */
  readonly variables: ReadonlyMap<string, string>;
  /** Handler source as the pod gets it. */
  readonly handler: string;
  /** package.json as the pod gets it. */
  readonly packageJson: string;
  /** What could not be provided, for people. */
  readonly notes: readonly string[];
}

/**
 * Builds the environment in the order of the Deployment that Kyma makes: platform, `spec.env`, source. The order matters, because
 * `$(NAME)` only sees variables that stand before it.
 * @throws {LocalStartError} ERR_LOCAL_START when the source is longer than a process can be given
 */
export function containerEnvironment(spec: FunctionSpec, sources: EnvironmentSources): ContainerEnvironment {
  const variables = new Map([
    ['FUNC_NAME', spec.name],
    ['FUNC_RUNTIME', spec.runtime],
    ['SERVICE_NAMESPACE', spec.namespace],
  ]);
  const notes: string[] = [];
  for (const entry of spec.env) {
    const name = textAt(entry, 'name') ?? '';
    const value = textAt(entry, 'value');
    const text = value === undefined ? referenced(spec, entry, sources) : sources.toLocalPath(expandReferences(value, variables));
    if (text === undefined) notes.push(`env ${name} is left out: its source is not in the input`);
    else variables.set(name, text);
  }
  const handler = source(spec, 'FUNC_HANDLER_SOURCE', expandReferences(spec.source, variables));
  const packageJson = source(spec, 'FUNC_HANDLER_DEPENDENCIES', expandReferences(spec.dependencies, variables).trim() || '{}');
  variables.set('HANDLER_PATH', './function/handler.js');
  return { variables, handler, packageJson, notes };
}

function source({ namespace, name }: FunctionSpec, variable: string, text: string): string {
  const bytes = Buffer.byteLength(text);
  const limit = maxEnvBytes(variable);
  if (bytes <= limit) return text;
  throw new LocalStartError(
    `Function ${namespace}/${name}: ${variable} has ${bytes} bytes, a container can be given ${limit}`,
    'Make the source smaller: leave data files out or use a Git source.',
  );
}

function referenced({ namespace, name }: FunctionSpec, entry: JsonObject, { secrets, configMaps }: EnvironmentSources): string | undefined {
  const from = (kind: string, objects: DataObjects): string | undefined =>
    objects.get(`${namespace}/${textAt(entry, 'valueFrom', kind, 'name') ?? ''}`)?.[textAt(entry, 'valueFrom', kind, 'key') ?? ''];
  if (valueAt(entry, ['valueFrom']) === undefined) return '';
  const field = textAt(entry, 'valueFrom', 'fieldRef', 'fieldPath') ?? '';
  const fields = new Map([
    ['metadata.name', `${name}-local`],
    ['metadata.namespace', namespace],
    ['status.podIP', '127.0.0.1'],
  ]);
  return from('secretKeyRef', secrets) ?? from('configMapKeyRef', configMaps) ?? fields.get(field);
}
