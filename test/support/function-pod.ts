import type { JsonObject } from '../../src/model/json';
import { objectAt, objectsAt, textOf } from '../../src/model/json-fields';

/** The parts of a Pod that a Function decides about. */
export interface FunctionPod {
  readonly labels: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly mountPaths: readonly string[];
  /** Name and value in the order in which the container gets them; a later one wins. */
  readonly env: readonly (readonly [string, string])[];
}

/** The Pod that the controller of Functions makes, as far as its source shows it. A reference for "what would have happened". */
export function functionPod(body: JsonObject): FunctionPod {
  const spec = objectAt(body, 'spec');
  const name = textOf(objectAt(body, 'metadata')['name']);
  const inline = objectAt(objectAt(spec, 'source'), 'inline');
  const mounts = objectsAt(spec, 'secretMounts').map(([mount]) => mount);
  return {
    labels: { ...(objectAt(spec, 'labels') as Record<string, string>), 'serverless.kyma-project.io/function-name': name },
    volumes: ['sources', 'package-registry-config', 'tmp', ...mounts.map((mount) => textOf(mount['secretName']))],
    mountPaths: ['/usr/src/app/function', '/tmp', ...mounts.map((mount) => textOf(mount['mountPath']))],
    env: [
      ...objectsAt(spec, 'env').map(([entry]) => [textOf(entry['name']), textOf(entry['value'])] as const),
      ['FUNC_HANDLER_SOURCE', textOf(inline['source'])],
      ['FUNC_HANDLER_DEPENDENCIES', textOf(inline['dependencies'])],
      ['HANDLER_PATH', './function/handler.js'],
    ],
  };
}

/** What the API server says of that Pod: names of volumes are unique DNS labels, mount paths are unique. */
export function podRefusals({ volumes, mountPaths }: FunctionPod): string[] {
  return [
    ...volumes
      .filter((name) => name.length > 63 || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name))
      .map((name) => `volume name ${name} is invalid`),
    ...repeated(volumes).map((name) => `volume name ${name} is used twice`),
    ...repeated(mountPaths).map((path) => `mount path ${path} is used twice`),
  ];
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}
