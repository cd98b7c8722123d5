import type { FieldReader } from './field-reader';
import type { PolicyCondition, PolicyOperation, PolicyRule, PolicySource } from './istio';

const sourceMembers = ['principals', 'notPrincipals', 'requestPrincipals', 'notRequestPrincipals', 'namespaces', 'notNamespaces'] as const;
const operationMembers = ['hosts', 'notHosts', 'methods', 'notMethods', 'paths', 'notPaths', 'ports'] as const;

/** Reads `spec.rules` of an AuthorizationPolicy. Members that the model does not know are kept by name, so that no decision skips them. */
export function readPolicyRules(rules: FieldReader): PolicyRule[] {
  return rules.list().map((rule) => ({
    from: rule
      .at('from')
      .list()
      .map((entry) => readSource(entry.at('source'))),
    to: rule
      .at('to')
      .list()
      .map((entry) => readOperation(entry.at('operation'))),
    when: rule.at('when').list().map(readCondition),
  }));
}

function readSource(source: FieldReader): PolicySource {
  return { ...readLists(source, sourceMembers), ...unknownMembers(source, sourceMembers) };
}

function readOperation(operation: FieldReader): PolicyOperation {
  return { ...readLists(operation, operationMembers), ...unknownMembers(operation, operationMembers) };
}

function readCondition(condition: FieldReader): PolicyCondition {
  return { key: condition.at('key').requiredText(), ...readLists(condition, ['values', 'notValues'] as const) };
}

function readLists<K extends string>(reader: FieldReader, members: readonly K[]): { readonly [P in K]?: readonly string[] } {
  const lists: { [P in K]?: readonly string[] } = {};
  for (const member of members) {
    const values = reader.at(member).texts();
    if (values.length > 0) lists[member] = values;
  }
  return lists;
}

function unknownMembers(reader: FieldReader, known: readonly string[]): { readonly unsupported?: readonly string[] } {
  const unsupported = Object.keys(reader.object() ?? {}).filter((key) => !known.includes(key));
  return unsupported.length > 0 ? { unsupported } : {};
}
