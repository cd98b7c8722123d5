import { issuerProblems, type TrustedIssuer } from './issuer';
import type { JsonObject, JsonPath } from './json';
import { listAt, objectAt, objectsAt, textOf } from './json-fields';
import type { Problem } from './problem';

/** Finds what is wrong with one `jwt` strategy: no issuer, an issuer nobody should trust, or conditions that no token or any token meets. */
export function jwtProblems(jwt: JsonObject, path: JsonPath): Problem[] {
  const issuers = objectsAt(jwt, 'authentications');
  const problems = issuers.flatMap(([issuer, index]) =>
    issuerProblems(trustedIssuer(issuer)).map((message): Problem => ({
      id: 'jwt-issuer',
      path: [...path, 'authentications', index],
      message,
    })),
  );
  if (issuers.length === 0) problems.push({ id: 'jwt-issuer', path: [...path, 'authentications'], message: 'names no issuer' });
  if (issuers.some(([issuer]) => 'fromHeaders' in issuer) && issuers.some(([issuer]) => 'fromParams' in issuer)) {
    problems.push({
      id: 'jwt-location',
      path: [...path, 'authentications'],
      message: 'mixes fromHeaders and fromParams; the controller admits one of them per rule',
    });
  }
  return [...problems, ...authorizationProblems(jwt, [...path, 'authorizations'])];
}

function trustedIssuer(entry: JsonObject): TrustedIssuer {
  const fromHeaders = objectsAt(entry, 'fromHeaders').map(([header]) => ({ name: textOf(header['name']) }));
  return {
    issuer: textOf(entry['issuer']),
    jwksUri: textOf(entry['jwksUri']),
    fromHeaders,
    fromParams: listAt(entry, 'fromParams').map(textOf),
  };
}

function authorizationProblems(jwt: JsonObject, path: JsonPath): Problem[] {
  if (jwt['authorizations'] === undefined) return [];
  const authorizations = objectsAt(jwt, 'authorizations');
  if (authorizations.length === 0)
    return [{ id: 'jwt-authorization', path, message: 'is empty; leave it out to accept every valid token of the issuers' }];
  return authorizations.flatMap(([authorization, index]) =>
    ['requiredScopes', 'audiences'].flatMap((field): Problem[] => {
      if (authorization[field] === undefined) return [];
      const values = listAt(authorization, field).map(textOf);
      const at = [...path, index, field];
      if (values.length === 0) return [{ id: 'jwt-authorization', path: at, message: 'is empty; name at least one value or leave it out' }];
      return values.flatMap((value, position) => claimValueProblems(value, [...at, position]));
    }),
  );
}

/** Istio compares exactly, except that a `*` at either end makes a value a pattern. */
function claimValueProblems(value: string, path: JsonPath): Problem[] {
  if (value === '') return [{ id: 'jwt-authorization', path, message: 'is the empty text' }];
  if (value.startsWith('*') || value.endsWith('*')) {
    return [
      {
        id: 'jwt-claim-pattern',
        path,
        message: `"${value}" is a pattern for the gateway and admits more than one value; name the exact value`,
      },
    ];
  }
  if (!/\$\(?XSAPPNAME/i.test(value)) return [];
  const message = `"${value}" is no value that a token can hold; XSUAA puts the application name with its suffix there, as in orders!t4711`;
  return [{ id: 'jwt-unresolved-scope', path, message, fix: 'take xsappname from the binding, once it exists' }];
}

/** One workload validates an issuer in one way only, so equal issuers of one APIRule must read the token at equal places. */
export function jwtsDifferProblems(spec: JsonObject): Problem[] {
  const seen = new Map<string, string>();
  return objectsAt(spec, 'rules').flatMap(([rule, r]) =>
    objectsAt(objectAt(rule, 'jwt'), 'authentications').flatMap(([issuer, a]): Problem[] => {
      const key = JSON.stringify([issuer['issuer'], issuer['jwksUri']]);
      const place = JSON.stringify([issuer['fromHeaders'] ?? [], issuer['fromParams'] ?? []]);
      const first = seen.get(key) ?? place;
      seen.set(key, first);
      const message = 'reads the token at another place than an earlier rule with the same issuer';
      return first === place ? [] : [{ id: 'jwt-location', path: ['spec', 'rules', r, 'jwt', 'authentications', a], message }];
    }),
  );
}

/**
 * Finds scopes and audiences that name an XSUAA application without the suffix (`!t4711`) that its tokens carry: no token could ever match.
 *
 * @param appNames application names as security descriptors declare them
 */
export function unsuffixedScopeProblems(body: JsonObject, appNames: readonly string[]): Problem[] {
  const named = (value: string) => appNames.find((name) => value === name || value.startsWith(`${name}.`));
  return objectsAt(objectAt(body, 'spec'), 'rules').flatMap(([rule, r]) =>
    objectsAt(objectAt(rule, 'jwt'), 'authorizations').flatMap(([authorization, a]) =>
      ['requiredScopes', 'audiences'].flatMap((field) =>
        listAt(authorization, field).flatMap((value, position): Problem[] => {
          const name = named(textOf(value));
          if (name === undefined) return [];
          const path = ['spec', 'rules', r, 'jwt', 'authorizations', a, field, position];
          const message = `"${textOf(value)}" lacks the suffix that XSUAA gives to ${name}, so no token would ever match`;
          return [
            {
              id: 'jwt-unsuffixed-scope',
              path,
              message,
              fix: `write $XSAPPNAME${textOf(value).slice(name.length)} and give the xsappname of the binding`,
            },
          ];
        }),
      ),
    ),
  );
}
