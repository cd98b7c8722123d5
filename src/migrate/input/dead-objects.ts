import type { CheckResult } from '../../model/check-result';
import { functionRuntimes } from '../../model/function-checks';
import type { JsonObject, JsonPath } from '../../model/json';
import { objectAt, textOf } from '../../model/json-fields';
import type { Manifest } from '../../model/manifest';
import { objectRef, whereOf } from '../../model/object-ref';
import { manualWork } from './manual-work';

/** What is wrong with an object of another kind, and what to write instead. */
interface Finding {
  readonly path: JsonPath;
  readonly message: string;
  readonly fix: string;
}

/** Objects beside APIRules that Kyma or SAP BTP no longer serve, with what to change. They are not rewritten. */
export function deadObjectResults(manifests: readonly Manifest[]): CheckResult[] {
  return manifests.flatMap((manifest) =>
    findingsIn(manifest).map(({ path, message, fix }) =>
      manualWork('migrate-other-kind', whereOf(manifest, path), `${objectRef(manifest)} ${message}; it is left as it is`, fix),
    ),
  );
}

function findingsIn({ apiVersion, kind, body }: Manifest): readonly Finding[] {
  const spec = objectAt(body, 'spec');
  switch (`${apiVersion.split('/')[0] ?? ''} ${kind}`) {
    case 'serverless.kyma-project.io Function':
      return [...functionVersion(apiVersion, spec), ...functionRuntime(spec)];
    case 'serverless.kyma-project.io GitRepository':
      return [{ path: ['kind'], message: 'is a kind that Kyma does not have any more', fix: 'Write its url and auth into spec.source.gitRepository of the Functions that name it.' }];
    case 'services.cloud.sap.com ServiceInstance':
    case 'services.cloud.sap.com ServiceBinding':
      return apiVersion.endsWith('/v1alpha1') ? [{ path: ['apiVersion'], message: `has the old version ${apiVersion}`, fix: 'Write services.cloud.sap.com/v1 and compare the fields.' }] : [];
    case 'servicecatalog.k8s.io ServiceInstance':
      return [catalog('ServiceInstance', 'clusterServiceClassExternalName is now serviceOfferingName, clusterServicePlanExternalName is servicePlanName')];
    case 'servicecatalog.k8s.io ServiceBinding':
      return [catalog('ServiceBinding', 'instanceRef.name is now serviceInstanceName')];
    case 'servicecatalog.kyma-project.io ServiceBindingUsage':
      return [{ path: ['kind'], message: 'is a kind that Kyma does not have any more', fix: 'Mount the Secret of the binding: spec.secretMounts of a Function, volumes of a Deployment.' }];
    case 'oathkeeper.ory.sh Rule':
      return [{ path: ['kind'], message: 'is a rule of Ory Oathkeeper, which Kyma does not have any more', fix: 'Delete it when the APIRule that it was made of is migrated.' }];
    default:
      return [];
  }
}

function catalog(kind: string, fields: string): Finding {
  return { path: ['apiVersion'], message: 'is of the service catalog, which Kyma does not have any more', fix: `Write a ${kind} of services.cloud.sap.com/v1: ${fields}.` };
}

/** Where members of the first version of a Function stand now. */
const moved: Readonly<Record<string, string>> = {
  source: 'spec.source.inline.source, or spec.source.gitRepository',
  deps: 'spec.source.inline.dependencies',
  type: 'spec.source.gitRepository instead of type: git',
  reference: 'spec.source.gitRepository.reference',
  baseDir: 'spec.source.gitRepository.baseDir',
  resources: 'spec.resourceConfiguration.function',
  buildResources: 'nothing: what builds a Function needs no resources of its own',
  minReplicas: 'spec.replicas, or an autoscaler',
  maxReplicas: 'an autoscaler',
};

function functionVersion(apiVersion: string, spec: JsonObject): Finding[] {
  if (!apiVersion.endsWith('/v1alpha1')) return [];
  const fields = Object.keys(spec).flatMap((key) => {
    if (key === 'source' && typeof spec['source'] !== 'string') return [];
    return Object.hasOwn(moved, key) ? [`spec.${key} is now ${moved[key] ?? ''}`] : [];
  });
  const fix = ['Write serverless.kyma-project.io/v1alpha2', ...fields].join('; ');
  return [{ path: ['apiVersion'], message: `has version ${apiVersion}, which Kyma does not serve any more`, fix: `${fix}.` }];
}

function functionRuntime({ runtime }: JsonObject): Finding[] {
  const name = textOf(runtime);
  if (name === '' || functionRuntimes.some((known) => known === name)) return [];
  const now = name.startsWith('python') ? 'python312' : 'nodejs24';
  return [{ path: ['spec', 'runtime'], message: `has the runtime ${name}, which Kyma does not serve any more`, fix: `Write ${now}, and try its code and dependencies with it.` }];
}
