import { closest } from './closest';
import { lengthProblems, nameProblems } from './descriptor-limits';
import type { JsonObject, JsonPath } from './json';
import { listAt, objectsAt, textOf } from './json-fields';
import type { Problem } from './problem';

/** XSUAA replaces it with the application name and its suffix when the instance is created. */
export const ownScope = '$XSAPPNAME.';

const grants = ['granted-apps', 'grant-as-authority-to-apps'];

/** Finds scopes of a security descriptor that XSUAA refuses. */
export function scopeProblems(descriptor: JsonObject, path: JsonPath): Problem[] {
  const id = 'xsuaa-scope';
  return [
    ...lengthProblems(id, descriptor, path, 'scopes', 500),
    ...nameProblems(id, descriptor, path, { list: 'scopes', describe: scopeNameProblem }),
    ...objectsAt(descriptor, 'scopes').flatMap(([scope, index]) =>
      grants.flatMap((list) => lengthProblems(id, scope, [...path, 'scopes', index], list, 250)),
    ),
  ];
}

function scopeNameProblem(name: string): string | undefined {
  if (name.startsWith('uaa.')) return undefined;
  if (!name.startsWith(ownScope)) return `"${name}" does not start with $XSAPPNAME, so XSUAA would not make it a scope of this application`;
  const local = name.slice(ownScope.length);
  return /^[A-Za-z0-9\-_/\\:][A-Za-z0-9\-_/\\:.]*$/.test(local) && name.length <= 193
    ? undefined
    : `"${name}" has characters or a length that XSUAA refuses`;
}

/** Words that stand for whatever other applications grant. */
const accepts: Readonly<Record<string, string>> = {
  authorities: '$ACCEPT_GRANTED_AUTHORITIES',
  'foreign-scope-references': '$ACCEPT_GRANTED_SCOPES',
};

/** Finds entries of `authorities` and `foreign-scope-references` that name no scope of any application. */
export function authorityProblems(descriptor: JsonObject, path: JsonPath): Problem[] {
  const declared = new Set(objectsAt(descriptor, 'scopes').map(([scope]) => textOf(scope['name'])));
  return Object.entries(accepts).flatMap(([list, word]) =>
    listAt(descriptor, list).flatMap((entry, index): Problem[] => {
      const message = authorityProblem(textOf(entry), word) ?? undeclaredProblem(textOf(entry), declared);
      return message === undefined ? [] : [{ id: 'xsuaa-authority', path: [...path, list, index], message }];
    }),
  );
}

function authorityProblem(entry: string, word: string): string | undefined {
  if (entry === word) return undefined;
  if (entry.trim() === '') return 'is empty; give the name of a scope';
  const meant = entry.startsWith('$ACCEPT') || closest(entry, [word]) !== undefined;
  return meant ? `"${entry}" is no word that XSUAA knows here; did you mean ${word}?` : undefined;
}

/** A scope of this application can only be one that it declares. */
function undeclaredProblem(entry: string, declared: ReadonlySet<string>): string | undefined {
  if (!entry.startsWith(ownScope) || declared.has(entry)) return undefined;
  const near = closest(entry, declared);
  return `"${entry}" is no scope of this descriptor, so no token would have it${near === undefined ? '' : `; did you mean "${near}"?`}`;
}
