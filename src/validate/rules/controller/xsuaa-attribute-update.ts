import { isJsonObject, type JsonObject, type JsonValue } from '../../../model/json';
import { listAt, objectAt, objectsAt, textOf } from '../../../model/json-fields';
import type { Manifest } from '../../../model/manifest';
import { isSameJson } from '../../../model/same-json';
import type { Finding, ObjectRule, Subject } from '../../rule';
import { exampleInstance } from './example-instance';

const attribute = (more: string): string =>
  exampleInstance({ parameters: `{ xsappname: orders, attributes: [{ name: country, valueType: string, ${more} }] }` });

export const xsuaaAttributeUpdate: ObjectRule = {
  id: 'xsuaa-attribute-update',
  layer: 'controller',
  severity: 'high',
  also: { medium: 'when only default values change' },
  kinds: ['ServiceInstance.services.cloud.sap.com'],
  title: 'Attributes that exist keep what XSUAA does not change',
  why: 'XSUAA refuses to make an attribute required, or to change its default values, in an instance that exists: the update fails and the instance keeps its old descriptor.',
  fix: 'Leave the attribute as it is, and declare another one under a new name.',
  refs: ['SAP BTP: application security descriptor configuration syntax'],
  earlier: attribute('valueRequired: false'),
  bad: attribute('valueRequired: true'),
  good: attribute('valueRequired: false, description: Country of the customer'),
  check: ({ manifest, earlier }: Subject) =>
    earlier && isXsuaa(earlier) && isXsuaa(manifest) ? [...requiredFindings(manifest, earlier), ...defaultFindings(manifest, earlier)] : [],
};

function isXsuaa({ body }: Manifest): boolean {
  return objectAt(body, 'spec')['serviceOfferingName'] === 'xsuaa';
}

function descriptorOf({ body }: Manifest): JsonObject {
  return objectAt(objectAt(body, 'spec'), 'parameters');
}

function requiredFindings(manifest: Manifest, earlier: Manifest): Finding[] {
  const optional = new Set(
    objectsAt(descriptorOf(earlier), 'attributes').flatMap(([{ name, valueRequired }]) => (valueRequired === false ? [textOf(name)] : [])),
  );
  return objectsAt(descriptorOf(manifest), 'attributes').flatMap(([{ name, valueRequired }, index]): Finding[] => {
    if (valueRequired === false || !optional.has(textOf(name))) return [];
    const message = `"${textOf(name)}" becomes required, which it was not; valueRequired is true unless it says false`;
    return [{ manifest, path: ['spec', 'parameters', 'attributes', index], message }];
  });
}

function defaultFindings(manifest: Manifest, earlier: Manifest): Finding[] {
  const before = new Map(defaultsOf(earlier).map(({ key, values }) => [key, values]));
  return defaultsOf(manifest).flatMap(({ key, path, values, name }): Finding[] => {
    if (!before.has(key) || isSameJson(before.get(key), values)) return [];
    return [{ manifest, path, message: `the default values of "${name}" change`, severity: 'medium' }];
  });
}

interface Defaults {
  readonly key: string;
  readonly name: string;
  readonly path: readonly (string | number)[];
  readonly values: JsonValue | undefined;
}

/** Default values stand where a role template refers to an attribute. */
function defaultsOf(manifest: Manifest): Defaults[] {
  return objectsAt(descriptorOf(manifest), 'role-templates').flatMap(([template, index]) =>
    listAt(template, 'attribute-references').map((reference, position): Defaults => {
      const name = textOf(isJsonObject(reference) ? reference['name'] : reference);
      const path = ['spec', 'parameters', 'role-templates', index, 'attribute-references', position];
      const values = isJsonObject(reference) ? reference['default-values'] : undefined;
      return { key: JSON.stringify([template['name'], name]), name, path, values };
    }),
  );
}
