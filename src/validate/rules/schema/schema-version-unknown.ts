import type { Severity } from '../../../model/check-result';
import { kindOf } from '../../known-kinds';
import type { ObjectRule, RuleFacts } from '../../rule';
import { versionOf, type SchemaCheck } from '../../schema/check-schema';
import type { KindDefinition } from '../../schema/kind-definition';
import { exampleFunction } from './example-objects';

const facts: RuleFacts = {
  id: 'schema-version-unknown',
  layer: 'schema',
  severity: 'high',
  also: { medium: 'for an old version that Kyma still serves' },
  title: 'Objects have a version that the definition of their kind serves',
  why: 'The API server does not know the version and refuses the object; here, nothing of it could be checked against a schema.',
  fix: 'Write a version that is served, or give the definitions of your cluster with --crd.',
  refs: ['Kubernetes: Versions in CustomResourceDefinitions'],
  bad: exampleFunction('', 'v1alpha1'),
  good: exampleFunction(''),
};

/** Versions that upstream still serves although nothing new should use them. */
const aging: ReadonlySet<string> = new Set([
  'ServiceInstance.services.cloud.sap.com/v1alpha1',
  'ServiceBinding.services.cloud.sap.com/v1alpha1',
]);

/** Objects of a version that cannot be checked, because the definition does not know it or does not serve it. */
export function schemaVersionUnknown({ schemas }: SchemaCheck): ObjectRule {
  return {
    ...facts,
    kinds: ['*'],
    check: ({ manifest }) => {
      const definition = schemas.definitionOf(kindOf(manifest));
      const name = versionOf(manifest.apiVersion);
      const version = definition?.versions.get(name);
      if (!definition || version?.served === true) return [];
      return [{ manifest, path: ['apiVersion'], ...wordsFor(definition, name, version !== undefined) }];
    },
  };
}

interface Words {
  readonly message: string;
  readonly fix?: string;
  readonly reason?: string;
  readonly severity?: Severity;
}

function wordsFor(definition: KindDefinition, name: string, listed: boolean): Words {
  const { kind, group, bundled } = definition;
  const served = [...definition.versions.values()].filter((version) => version.served).map((version) => version.name);
  const [best] = served;
  const write = best === undefined ? undefined : `Write ${group}/${best} and compare the fields.`;
  if (bundled && aging.has(`${kind}.${group}/${name}`)) {
    const message = `is ${group}/${name}, an old version that is not checked here; write ${group}/${String(best)}`;
    return { message, severity: 'medium', ...(write !== undefined && { fix: write }) };
  }
  const what = listed ? 'which the definition lists but does not serve' : `which ${kind} does not have`;
  return {
    message: `is ${group}/${name}, ${what}; ${served.length === 0 ? 'no version is served' : `served: ${served.join(', ')}`}`,
    reason: `The API server says: no matches for kind "${kind}" in version "${group}/${name}"`,
    ...(write !== undefined && { fix: bundled ? `${write} If your cluster serves ${name}, give its definition with --crd.` : write }),
  };
}
