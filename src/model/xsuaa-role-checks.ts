import { lengthProblems, nameProblems, textLengthProblems } from './descriptor-limits';
import { isJsonObject, type JsonObject, type JsonPath } from './json';
import { listAt, objectsAt, textOf } from './json-fields';
import type { Problem } from './problem';
import { ownScope } from './xsuaa-scope-checks';

const valueTypes = ['string', 's', 'int', 'date'];

/** Finds attributes of a security descriptor that XSUAA refuses. */
export function attributeProblems(descriptor: JsonObject, path: JsonPath): Problem[] {
  const id = 'xsuaa-attribute';
  const describe = (name: string): string | undefined =>
    /^[A-Za-z0-9_]{1,64}$/.test(name) ? undefined : `"${name}" is no attribute name; give A-Z, a-z, 0-9 and "_", at most 64 characters`;
  const types = objectsAt(descriptor, 'attributes').flatMap(([{ valueType }, index]): Problem[] => {
    if (valueType === undefined || valueTypes.includes(textOf(valueType))) return [];
    const message = `"${textOf(valueType)}" is unknown; give string, int or date`;
    return [{ id, path: [...path, 'attributes', index, 'valueType'], message }];
  });
  return [
    ...lengthProblems(id, descriptor, path, 'attributes', 50),
    ...nameProblems(id, descriptor, path, { list: 'attributes', describe }),
    ...types,
  ];
}

/** Finds role templates and role collections that XSUAA refuses, or that refer to what the descriptor does not declare. */
export function roleProblems(descriptor: JsonObject, path: JsonPath): Problem[] {
  return [...templateProblems(descriptor, path), ...collectionProblems(descriptor, path), ...referencesProblems(descriptor, path)];
}

function templateProblems(descriptor: JsonObject, path: JsonPath): Problem[] {
  const id = 'xsuaa-role-template';
  const list = 'role-templates';
  const describe = (name: string): string | undefined =>
    /^[A-Za-z0-9._-]{1,64}$/.test(name)
      ? undefined
      : `"${name}" is no name of a role template; give A-Z, a-z, 0-9, ".", "-" and "_", at most 64 characters`;
  return [
    ...lengthProblems(id, descriptor, path, list, 500),
    ...nameProblems(id, descriptor, path, { list, describe }),
    ...objectsAt(descriptor, list).flatMap(([template, index]) =>
      textLengthProblems(id, template, [...path, list, index], 'default-role-name', 255),
    ),
  ];
}

function collectionProblems(descriptor: JsonObject, path: JsonPath): Problem[] {
  const id = 'xsuaa-role-collection';
  const list = 'role-collections';
  const describe = (name: string): string | undefined =>
    name !== '' && name.length <= 64 ? undefined : `has ${name.length} characters; give 1 to 64`;
  return [
    ...lengthProblems(id, descriptor, path, list, 250),
    ...nameProblems(id, descriptor, path, { list, describe }),
    ...objectsAt(descriptor, list).flatMap(([collection, index]) => {
      const place = [...path, list, index];
      const empty = listAt(collection, 'role-template-references').length === 0;
      const message = 'has no role-template-references, which XSUAA requires';
      return [...textLengthProblems(id, collection, place, 'description', 1000), ...(empty ? [{ id, path: place, message }] : [])];
    }),
  ];
}

function referencesProblems(descriptor: JsonObject, path: JsonPath): Problem[] {
  const named = (list: string): string[] => objectsAt(descriptor, list).map(([entry]) => textOf(entry['name']));
  const scopes = new Set(named('scopes'));
  const templates = new Set(named('role-templates').map((name) => `${ownScope}${name}`));
  const attributes = new Set(named('attributes'));
  const own = (name: string): boolean => name.startsWith(ownScope);
  return [
    { list: 'role-templates', member: 'scope-references', known: scopes, what: 'scope', isJudged: own },
    {
      list: 'role-templates',
      member: 'attribute-references',
      known: attributes,
      what: 'attribute',
      isJudged: (name: string) => !name.includes('$'),
    },
    { list: 'role-collections', member: 'role-template-references', known: templates, what: 'role template', isJudged: own },
  ].flatMap((references) => referenceProblems(descriptor, path, references));
}

interface References {
  readonly list: string;
  readonly member: string;
  readonly known: ReadonlySet<string>;
  readonly what: string;
  /** False for a name of another application. */
  readonly isJudged: (name: string) => boolean;
}

function referenceProblems(descriptor: JsonObject, path: JsonPath, { list, member, known, what, isJudged }: References): Problem[] {
  return objectsAt(descriptor, list).flatMap(([entry, index]) =>
    listAt(entry, member).flatMap((reference, position): Problem[] => {
      const name = textOf(isJsonObject(reference) ? reference['name'] : reference);
      if (!isJudged(name) || known.has(name)) return [];
      return [
        { id: 'xsuaa-reference', path: [...path, list, index, member, position], message: `"${name}" is no ${what} of this descriptor` },
      ];
    }),
  );
}
