import { descriptorFormProblems } from './descriptor-form';
import type { JsonObject, JsonPath, JsonValue } from './json';
import { listAt, objectAt, objectsAt, textOf } from './json-fields';
import { isDnsLabel, isDnsSubdomain } from './names';
import type { Problem } from './problem';

/** Finds what is wrong with a ServiceInstance of the XSUAA service, its security descriptor included. */
export function serviceInstanceProblems(body: JsonObject): Problem[] {
  const { name, namespace } = objectAt(body, 'metadata');
  const problems: Problem[] = [];
  if (!isDnsSubdomain(textOf(name)))
    problems.push({ id: 'instance-name', path: ['metadata', 'name'], message: `"${textOf(name)}" is no name of an object` });
  if (namespace !== undefined && !isDnsLabel(textOf(namespace))) {
    problems.push({ id: 'instance-name', path: ['metadata', 'namespace'], message: `"${textOf(namespace)}" is no namespace name` });
  }
  return [...problems, ...descriptorProblems(objectAt(objectAt(body, 'spec'), 'parameters'), ['spec', 'parameters'])];
}

/** Finds what XSUAA refuses in a security descriptor (`xs-security.json`), or what could never take effect. */
export function descriptorProblems(descriptor: JsonObject, path: JsonPath): Problem[] {
  const forms = descriptorFormProblems(descriptor, path);
  const isJudged = ({ path: at }: Problem): boolean => forms.some((form) => form.path[path.length] === at[path.length]);
  const problems = [
    ...appNameProblems(descriptor['xsappname'], [...path, 'xsappname']),
    ...tenantModeProblems(descriptor['tenant-mode'], [...path, 'tenant-mode']),
    ...scopeProblems(descriptor, path),
    ...roleProblems(descriptor, path),
    ...tokenProblems(objectAt(descriptor, 'oauth2-configuration'), [...path, 'oauth2-configuration']),
  ];
  // What is of the wrong form is told once.
  return [...forms, ...problems.filter((problem) => !isJudged(problem))];
}

function appNameProblems(name: JsonValue | undefined, path: JsonPath): Problem[] {
  if (name === undefined || (typeof name === 'string' && /^[A-Za-z0-9\-_/\\]{1,100}$/.test(name))) return [];
  return [
    {
      id: 'xsuaa-app-name',
      path,
      message: `"${textOf(name)}" is no application name; give A-Z, a-z, 0-9, "-", "_", "/" and "\\", at most 100 characters`,
    },
  ];
}

function tenantModeProblems(mode: JsonValue | undefined, path: JsonPath): Problem[] {
  if (mode === undefined || mode === 'dedicated' || mode === 'shared' || mode === 'external') return [];
  return [{ id: 'xsuaa-tenant-mode', path, message: `"${textOf(mode)}" is unknown; give dedicated, shared or external` }];
}

/** XSUAA replaces it with the application name and its suffix when the instance is created. */
const ownScope = '$XSAPPNAME.';

function scopeProblems(descriptor: JsonObject, path: JsonPath): Problem[] {
  const seen = new Set<string>();
  return objectsAt(descriptor, 'scopes').flatMap(([scope, index]): Problem[] => {
    const name = textOf(scope['name']);
    const message = scopeNameProblem(name) ?? (seen.has(name) ? `"${name}" is declared twice` : undefined);
    seen.add(name);
    return message === undefined ? [] : [{ id: 'xsuaa-scope', path: [...path, 'scopes', index, 'name'], message }];
  });
}

function scopeNameProblem(name: string): string | undefined {
  if (name.startsWith('uaa.')) return undefined;
  if (!name.startsWith(ownScope)) return `"${name}" does not start with $XSAPPNAME, so XSUAA would not make it a scope of this application`;
  const local = name.slice(ownScope.length);
  return /^[A-Za-z0-9\-_/\\:][A-Za-z0-9\-_/\\:.]*$/.test(local) && name.length <= 193
    ? undefined
    : `"${name}" has characters or a length that XSUAA refuses`;
}

function roleProblems(descriptor: JsonObject, path: JsonPath): Problem[] {
  const scopes = new Set(objectsAt(descriptor, 'scopes').map(([scope]) => textOf(scope['name'])));
  const templates = new Set(objectsAt(descriptor, 'role-templates').map(([template]) => `$XSAPPNAME.${textOf(template['name'])}`));
  return [
    ...referenceProblems(descriptor, path, { list: 'role-templates', member: 'scope-references', known: scopes, what: 'scope' }),
    ...referenceProblems(descriptor, path, {
      list: 'role-collections',
      member: 'role-template-references',
      known: templates,
      what: 'role template',
    }),
  ];
}

interface References {
  readonly list: string;
  readonly member: string;
  readonly known: ReadonlySet<string>;
  readonly what: string;
}

function referenceProblems(descriptor: JsonObject, path: JsonPath, { list, member, known, what }: References): Problem[] {
  return objectsAt(descriptor, list).flatMap(([entry, index]) =>
    listAt(entry, member).flatMap((reference, position): Problem[] => {
      const name = textOf(reference);
      if (!name.startsWith(ownScope) || known.has(name)) return [];
      return [
        { id: 'xsuaa-reference', path: [...path, list, index, member, position], message: `"${name}" is no ${what} of this descriptor` },
      ];
    }),
  );
}

function tokenProblems(configuration: JsonObject, path: JsonPath): Problem[] {
  return [
    ...validityProblems(configuration, [...path, 'token-validity'], 60, 86_400),
    ...validityProblems(configuration, [...path, 'refresh-token-validity'], 60, 31_536_000),
    ...listAt(configuration, 'credential-types').flatMap((type, index): Problem[] => {
      const message = `"${textOf(type)}" is no type for new bindings; give binding-secret or x509`;
      return type === 'binding-secret' || type === 'x509'
        ? []
        : [{ id: 'xsuaa-credential-type', path: [...path, 'credential-types', index], message }];
    }),
  ];
}

function validityProblems(configuration: JsonObject, path: JsonPath, least: number, most: number): Problem[] {
  const value = configuration[String(path.at(-1))];
  if (value === undefined || (typeof value === 'number' && value >= least && value <= most)) return [];
  return [{ id: 'xsuaa-validity', path, message: `is ${textOf(value)}; give seconds from ${least} to ${most}` }];
}
