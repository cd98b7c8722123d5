import type { CheckResult, Severity, Status } from '../../model/check-result';
import { groupOf } from '../../model/duplicate-objects';
import type { Manifest } from '../../model/manifest';
import { objectRef, whereOf } from '../../model/object-ref';
import { functionChanges } from './function-changes';
import { catalogBindingChanges, catalogInstanceChanges } from './service-catalog-changes';
import type { KindChange } from './kind-change';
import { migrateResult } from '../migrate-result';

/** A kind beside the APIRule that moved on, and what there is to change. */
interface MovedKind {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly group: string;
  /** Versions that are meant. @default - all of the group */
  readonly version?: string;
  readonly status: Status;
  readonly severity: Severity;
  readonly changes: (manifest: Manifest) => readonly KindChange[];
}

const current = 'services.cloud.sap.com/v1';

/** Kinds in the order in which their results are shown. @see the documentation of each kind, and of the Kyma releases that removed it */
const movedKinds: readonly MovedKind[] = [
  {
    id: 'migrate-function',
    title: 'Functions have the version and a runtime that Kyma serves',
    kind: 'Function',
    group: 'serverless.kyma-project.io',
    status: 'fail',
    severity: 'high',
    changes: functionChanges,
  },
  {
    id: 'migrate-git-repository',
    title: 'Functions name their Git repository themselves',
    kind: 'GitRepository',
    group: 'serverless.kyma-project.io',
    status: 'fail',
    severity: 'high',
    changes: () => [
      {
        path: ['kind'],
        message: 'is a kind that is gone: a Function names its repository itself',
        fix: 'Write its url and auth into spec.source.gitRepository of the Functions that use it, and remove it.',
      },
    ],
  },
  ...['ServiceInstance', 'ServiceBinding'].map((kind): MovedKind => ({
    id: 'migrate-service-operator',
    title: 'Service instances and bindings have the version of today',
    kind,
    group: 'services.cloud.sap.com',
    version: 'v1alpha1',
    status: 'warn',
    severity: 'medium',
    changes: () => [{ path: ['apiVersion'], message: `is v1alpha1; the fields of v1 are the same`, fix: `Write apiVersion: ${current}.` }],
  })),
  {
    id: 'migrate-service-catalog',
    title: 'Service instances belong to the SAP BTP service operator',
    kind: 'ServiceInstance',
    group: 'servicecatalog.k8s.io',
    status: 'fail',
    severity: 'high',
    changes: catalogInstanceChanges,
  },
  {
    id: 'migrate-service-catalog',
    title: 'Service bindings belong to the SAP BTP service operator',
    kind: 'ServiceBinding',
    group: 'servicecatalog.k8s.io',
    status: 'fail',
    severity: 'high',
    changes: catalogBindingChanges,
  },
  {
    id: 'migrate-binding-usage',
    title: 'Workloads mount the Secret of a binding themselves',
    kind: 'ServiceBindingUsage',
    group: 'servicecatalog.kyma-project.io',
    status: 'fail',
    severity: 'high',
    changes: () => [
      {
        path: ['kind'],
        message: 'is a kind that is gone: workloads mount the Secret of a binding themselves',
        fix: 'Mount the Secret in the workload (spec.secretMounts of a Function, volumes of a Deployment), and remove it.',
      },
    ],
  },
];

/** What is to be changed in objects beside APIRules that older Kyma versions knew; nothing for all others. */
export function otherKindResults(manifest: Manifest): CheckResult[] {
  const group = groupOf(manifest);
  const version = manifest.apiVersion.slice(group.length + 1);
  const moved = movedKinds.filter((one) => one.kind === manifest.kind && one.group === group && [undefined, version].includes(one.version));
  return moved.flatMap((one) => one.changes(manifest).map((change) => resultOf(one, manifest, change)));
}

function resultOf({ id, title, status, severity }: MovedKind, manifest: Manifest, { path, message, fix }: KindChange): CheckResult {
  return migrateResult({
    id,
    title,
    status,
    severity,
    message: `${path.join('.')} of ${objectRef(manifest)} ${message}`,
    fix,
    where: whereOf(manifest, path),
  });
}
