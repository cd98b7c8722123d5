import { functionRuntimes } from '../../model/function-checks';
import type { JsonObject } from '../../model/json';
import { objectAt, textOf } from '../../model/json-fields';
import type { Manifest } from '../../model/manifest';
import { movedFieldChanges, type KindChange, type MovedField } from './kind-change';

const current = 'serverless.kyma-project.io/v1alpha2';

/** Fields of v1alpha1 that v1alpha2 has elsewhere. @see Kyma Function custom resource */
const movedFields: readonly MovedField[] = [
  { field: 'deps', fix: 'Write it as spec.source.inline.dependencies.' },
  { field: 'type', fix: 'Leave it out; spec.source.gitRepository says that the code is in Git.' },
  { field: 'reference', fix: 'Write it as spec.source.gitRepository.reference.' },
  { field: 'baseDir', fix: 'Write it as spec.source.gitRepository.baseDir.' },
  { field: 'minReplicas', fix: 'Write spec.replicas, or let an autoscaler set them.' },
  { field: 'maxReplicas', fix: 'Write spec.replicas, or let an autoscaler set them.' },
  { field: 'resources', fix: 'Write it as spec.resourceConfiguration.function.resources.' },
  { field: 'buildResources', fix: 'Leave it out: nothing is built any more.' },
];

/** What to change in a Function: its version with the fields that moved, and its runtime. */
export function functionChanges({ apiVersion, body }: Manifest): KindChange[] {
  const spec = objectAt(body, 'spec');
  if (apiVersion === current) return runtimeChanges(spec);
  const versionChange: KindChange = {
    path: ['apiVersion'],
    message: `is ${JSON.stringify(apiVersion)}, which Kyma no longer serves`,
    fix: `Write apiVersion: ${current}, and move the fields named beside this.`,
  };
  return [versionChange, ...sourceChanges(spec), ...movedFieldChanges(spec, movedFields, 'v1alpha2'), ...runtimeChanges(spec)];
}

function sourceChanges({ source, type }: JsonObject): KindChange[] {
  if (typeof source !== 'string') return [];
  const fix =
    type === 'git'
      ? 'Write url and auth of the GitRepository of this name into spec.source.gitRepository.'
      : 'Write it as spec.source.inline.source.';
  return [{ path: ['spec', 'source'], message: 'is a text; v1alpha2 takes an object', fix }];
}

function runtimeChanges({ runtime }: JsonObject): KindChange[] {
  const name = textOf(runtime);
  if (functionRuntimes.some((known) => known === name)) return [];
  const newest = functionRuntimes.filter((known) => known.startsWith(name.startsWith('python') ? 'python' : 'nodejs')).at(-1) ?? '';
  const is = runtime === undefined ? 'is missing, and what stood for it is a runtime' : `is ${JSON.stringify(name)},`;
  const message = `${is} which Kyma no longer serves; known are ${functionRuntimes.join(', ')}`;
  return [{ path: ['spec', 'runtime'], message, fix: `Write ${newest}, and try the code and its dependencies with it.` }];
}
