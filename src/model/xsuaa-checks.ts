import { descriptorFormProblems } from './descriptor-form';
import type { JsonObject, JsonPath, JsonValue } from './json';
import { listAt, objectAt, textOf } from './json-fields';
import type { Problem } from './problem';
import { authorityProblems, scopeProblems } from './xsuaa-scope-checks';
import { attributeProblems, roleProblems } from './xsuaa-role-checks';

/** Finds what XSUAA refuses in a security descriptor (`xs-security.json`), or what could never take effect. */
export function descriptorProblems(descriptor: JsonObject, path: JsonPath): Problem[] {
  const forms = descriptorFormProblems(descriptor, path);
  const isJudged = ({ path: at }: Problem): boolean => forms.some((form) => form.path[path.length] === at[path.length]);
  const problems = [
    ...appNameProblems(descriptor['xsappname'], [...path, 'xsappname']),
    ...tenantModeProblems(descriptor['tenant-mode'], [...path, 'tenant-mode']),
    ...scopeProblems(descriptor, path),
    ...authorityProblems(descriptor, path),
    ...attributeProblems(descriptor, path),
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
    ...systemAttributeProblems(configuration, [...path, 'system-attributes']),
  ];
}

function validityProblems(configuration: JsonObject, path: JsonPath, least: number, most: number): Problem[] {
  const value = configuration[String(path.at(-1))];
  if (value === undefined || (typeof value === 'number' && value >= least && value <= most)) return [];
  return [{ id: 'xsuaa-validity', path, message: `is ${textOf(value)}; give seconds from ${least} to ${most}` }];
}

const systemAttributes = ['groups', 'rolecollections', 'ias-corporate-idp-token', 'ias-token'];

function systemAttributeProblems(configuration: JsonObject, path: JsonPath): Problem[] {
  return listAt(configuration, 'system-attributes').flatMap((attribute, index): Problem[] => {
    const message = `"${textOf(attribute)}" is unknown; give ${systemAttributes.join(', ')}`;
    return systemAttributes.includes(textOf(attribute)) ? [] : [{ id: 'xsuaa-system-attribute', path: [...path, index], message }];
  });
}
