import { isJsonObject, type JsonObject } from '../../../model/json';
import { objectAt, objectsAt, textOf } from '../../../model/json-fields';
import type { Manifest } from '../../../model/manifest';
import { namespaceOf, objectRef } from '../../../model/object-ref';
import { kindOf } from '../../known-kinds';
import { secretKeys, secretOf, secretText } from '../../mounted-secrets';
import type { Finding, SetInput, SetRule } from '../../rule';
import { exampleInstance, exampleSecret } from './example-instance';

const example = exampleInstance({ members: ['parametersFrom: [{ secretKeyRef: { name: orders-parameters, key: parameters } }]'] });

export const instanceParametersConflict: SetRule = {
  id: 'instance-parameters-conflict',
  layer: 'controller',
  severity: 'high',
  title: 'Every parameter of an instance or a binding comes from one place',
  why: 'The operator merges spec.parameters with the Secrets under spec.parametersFrom at the top level and refuses a name that comes twice, and text that is no JSON object.',
  fix: 'Give each parameter once, either in spec.parameters or in one Secret.',
  refs: ['SAP BTP service operator, README: passing parameters'],
  bad: `${example}---\n${exampleSecret('orders-parameters', 'parameters', '{"xsappname":"orders"}')}`,
  good: `${example}---\n${exampleSecret('orders-parameters', 'parameters', '{"description":"Orders"}')}`,
  checkSet: (input) => input.manifests.flatMap((manifest) => findings(input, manifest)),
};

const kinds = new Set(['ServiceInstance.services.cloud.sap.com', 'ServiceBinding.services.cloud.sap.com']);

function findings(input: SetInput, manifest: Manifest): Finding[] {
  if (!kinds.has(kindOf(manifest))) return [];
  const spec = objectAt(manifest.body, 'spec');
  const taken = new Map(Object.keys(objectAt(spec, 'parameters')).map((name) => [name, 'spec.parameters']));
  const sources = new Set<string>();
  return objectsAt(spec, 'parametersFrom').flatMap(([entry, index]): Finding[] => {
    const { name, key } = objectAt(entry, 'secretKeyRef');
    const source = `${textOf(key)} of Secret ${textOf(name)}`;
    const place = { manifest, path: ['spec', 'parametersFrom', index] };
    if (sources.has(source)) return [{ ...place, message: `names ${source} a second time, so every parameter in it comes twice` }];
    sources.add(source);
    const secret = secretOf(input, namespaceOf(manifest), textOf(name));
    if (secret === undefined || secretKeys(secret).length === 0) return [];
    const parameters = parametersIn(secret, textOf(key));
    if (typeof parameters === 'string') return [{ ...place, message: `${objectRef(secret)} ${parameters}` }];
    return Object.keys(parameters).flatMap((parameter): Finding[] => {
      const other = taken.get(parameter);
      taken.set(parameter, source);
      const reason = `conflict: duplicate entry for parameter ${parameter}`;
      return other === undefined ? [] : [{ ...place, message: `${source} gives ${parameter}, which ${other} gives, too`, reason }];
    });
  });
}

/** The parameters, or what is wrong with the Secret. */
function parametersIn(secret: Manifest, key: string): JsonObject | string {
  const text = secretText(secret, key);
  if (text === undefined) return `has no key ${key}`;
  try {
    const parsed: unknown = JSON.parse(text);
    return isJsonObject(parsed) ? parsed : `holds no JSON object under ${key}`;
  } catch {
    return `holds no JSON object under ${key}`;
  }
}
