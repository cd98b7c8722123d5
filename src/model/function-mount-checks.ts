import type { JsonObject } from './json';
import { objectAt, objectsAt, textOf } from './json-fields';
import { isDnsLabel } from './names';
import type { Problem } from './problem';

/** A volume that the controller mounts into every Pod of a kind of Function. */
interface BuiltInVolume {
  readonly name: string;
  readonly mountPath?: string;
}

/** Finds Secret mounts that the Deployment of a Function could not take: the Function would stay without Pods. */
export function functionMountProblems(spec: JsonObject): Problem[] {
  const builtIn = builtInVolumes(spec);
  const names = new Set<string>();
  const paths = new Set<string>();
  return objectsAt(spec, 'secretMounts').flatMap(([mount, index]) => {
    const name = textOf(mount['secretName']);
    const mountPath = withoutEndSlash(textOf(mount['mountPath']));
    const isTwice = names.has(name);
    const nameProblem =
      volumeNameProblem(name, builtIn) ?? (isTwice ? `"${name}" is mounted twice; the controller admits one mount per Secret` : undefined);
    const pathProblem = mountPathProblem(mountPath, builtIn) ?? (paths.has(mountPath) ? `${mountPath} is used by two mounts` : undefined);
    names.add(name);
    paths.add(mountPath);
    const path = ['spec', 'secretMounts', index];
    const twice = isTwice ? { says: 'secretNames should be unique' } : {};
    return [
      ...problem('function-volume-name', [...path, 'secretName'], nameProblem).map((found) => ({ ...found, ...twice })),
      ...problem('function-mount-path', [...path, 'mountPath'], pathProblem),
    ];
  });
}

function problem(id: string, path: (string | number)[], message: string | undefined): Problem[] {
  return message === undefined ? [] : [{ id, path, message }];
}

function builtInVolumes(spec: JsonObject): readonly BuiltInVolume[] {
  const python = textOf(spec['runtime']).startsWith('python');
  return [
    { name: 'sources', mountPath: python ? '/kubeless' : '/usr/src/app/function' },
    { name: 'package-registry-config' },
    { name: 'tmp', mountPath: '/tmp' },
    ...(python ? [{ name: 'local', mountPath: '/.local' }] : []),
    ...(objectAt(spec, 'source')['gitRepository'] === undefined ? [] : [{ name: 'git-repository', mountPath: '/git-repository' }]),
  ];
}

/** The volume is named after the Secret, and a volume name is stricter than a Secret name: one label, no dots. */
function volumeNameProblem(name: string, builtIn: readonly BuiltInVolume[]): string | undefined {
  if (!isDnsLabel(name))
    return `"${name}" cannot name a volume, which the controller calls like the Secret; give a-z, 0-9 and "-", at most 63 characters`;
  return builtIn.some((volume) => volume.name === name)
    ? `"${name}" is the name of a volume that every such Function has; name the Secret differently`
    : undefined;
}

function mountPathProblem(mountPath: string, builtIn: readonly BuiltInVolume[]): string | undefined {
  if (!mountPath.startsWith('/') || mountPath.includes(':')) return `"${mountPath}" is no absolute path without ":"`;
  const hidden = builtIn.find(
    (volume) => volume.mountPath !== undefined && `${volume.mountPath}/`.startsWith(mountPath === '/' ? '/' : `${mountPath}/`),
  );
  return hidden === undefined
    ? undefined
    : `${mountPath} would ${hidden.mountPath === mountPath ? 'collide with' : 'hide'} ${hidden.mountPath ?? ''}, which the runtime needs`;
}

function withoutEndSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
