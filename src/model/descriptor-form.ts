import { closest } from './closest';
import { isJsonObject, type JsonObject, type JsonPath, type JsonValue } from './json';
import type { Problem } from './problem';

type Form = 'text' | 'mapping' | 'list of texts' | 'list of mappings';

/** Members of a security descriptor. @see https://help.sap.com/docs/btp/sap-business-technology-platform/application-security-descriptor-configuration-syntax */
const members: Readonly<Record<string, Form>> = {
  xsappname: 'text',
  'tenant-mode': 'text',
  description: 'text',
  scopes: 'list of mappings',
  attributes: 'list of mappings',
  'role-templates': 'list of mappings',
  'role-collections': 'list of mappings',
  authorities: 'list of texts',
  'foreign-scope-references': 'list of texts',
  'oauth2-configuration': 'mapping',
};

/** Known to XSUAA, of forms that differ between its versions. */
const others = ['authorities-inheritance', 'xsenableasyncservice', 'user-attributes', 'custom-properties'];

/** Finds misspelt members and members of the wrong type. A member that resembles no known one is the business of XSUAA. */
export function descriptorFormProblems(descriptor: JsonObject, path: JsonPath): Problem[] {
  return Object.entries(descriptor).flatMap(([key, value]): Problem[] => {
    const form = Object.hasOwn(members, key) ? members[key] : undefined;
    const message = form === undefined ? misspelt(key) : wrongForm(value, form);
    if (message === undefined) return [];
    // XSUAA may know a member that this list does not.
    const severity = form === undefined ? { severity: 'medium' as const } : {};
    return [{ id: 'xsuaa-form', path: [...path, key], message, ...severity }];
  });
}

function misspelt(key: string): string | undefined {
  if (others.includes(key)) return undefined;
  const near = closest(key, [...Object.keys(members), ...others]);
  return near === undefined ? undefined : `the key "${key}" is unknown; did you mean ${near}?`;
}

function wrongForm(value: JsonValue | undefined, form: Form): string | undefined {
  return value === undefined || fits(value, form) ? undefined : `is ${formOf(value)}; give a ${form}`;
}

function fits(value: JsonValue, form: Form): boolean {
  if (form === 'text') return typeof value === 'string';
  if (form === 'mapping') return isJsonObject(value);
  if (!Array.isArray(value)) return false;
  return value.every((entry) => (form === 'list of texts' ? typeof entry === 'string' : isJsonObject(entry)));
}

function formOf(value: JsonValue): string {
  if (Array.isArray(value)) return 'a list with other entries';
  if (isJsonObject(value)) return 'a mapping';
  return value === null ? 'empty' : typeof value === 'string' ? 'a text' : JSON.stringify(value);
}
