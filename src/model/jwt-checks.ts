import { attributeFailure } from './controller/controller-words';
import { requestUriError } from './controller/request-uri';
import { tokenLocationFaults } from './controller/token-location-faults';
import { issuerAddressProblems } from './issuer';
import { formatJsonPath, isJsonObject, type JsonObject, type JsonPath } from './json';
import { listAt, objectAt, objectsAt, textOf } from './json-fields';
import type { Problem } from './problem';

/**
 * Finds what is wrong with one `jwt` strategy, or with the `restrictions` of an external authorizer: no issuer, an issuer nobody should
 * trust, or conditions that no token or any token meets.
 *
 * @param attribute the place in the words of the controller, which leaves `restrictions` out. @default - the place itself
 */
export function jwtProblems(jwt: JsonObject, path: JsonPath, attribute = `.${formatJsonPath(path)}`): Problem[] {
  return [...authenticationProblems(jwt, path, attribute), ...authorizationProblems(jwt, path, `${attribute}.authorizations`)];
}

function authenticationProblems(jwt: JsonObject, parent: JsonPath, attribute: string): Problem[] {
  const path = [...parent, 'authentications'];
  const issuers = objectsAt(jwt, 'authentications');
  if (issuers.length === 0) {
    const says = attributeFailure(`${attribute}.authentications`, 'A JWT config must have at least one authentication');
    return [{ id: 'jwt-no-issuer', path, message: 'names no issuer', says }];
  }
  return [
    ...issuers.flatMap(([entry, index]) =>
      (['issuer', 'jwksUri'] as const).flatMap((member) =>
        addressProblems(entry, member, [...path, index, member], `${attribute}.authentications[${index}].${member}`),
      ),
    ),
    ...locationProblems(issuers, path, `${attribute}.authentications`),
  ];
}

/** What the controller refuses is told in its words; what only nobody should trust is told under another id. */
function addressProblems(entry: JsonObject, member: 'issuer' | 'jwksUri', path: JsonPath, attribute: string): Problem[] {
  const trusted = { issuer: textOf(entry['issuer']), jwksUri: textOf(entry['jwksUri']) };
  const messages = issuerAddressProblems(trusted, member);
  const text = trusted[member];
  // An issuer without a colon is any name, for the controller as for RFC 7519.
  const error = member === 'jwksUri' || text === '' || text.includes(':') ? requestUriError(text) : undefined;
  if (error === undefined) return messages.map((message): Problem => ({ id: 'jwt-issuer', path, message }));
  const says = attributeFailure(attribute, `value is empty or not a valid uri err=${error}`);
  const message = messages.length > 0 ? messages.join('; ') : `${member} ${JSON.stringify(text)} is no address that the controller takes`;
  return [{ id: 'jwt-issuer-uri', path, message, says }];
}

function locationProblems(issuers: readonly (readonly [JsonObject, number])[], path: JsonPath, attribute: string): Problem[] {
  const counts = issuers.map(([entry]) => ({
    fromHeaders: listAt(entry, 'fromHeaders').length,
    fromParams: listAt(entry, 'fromParams').length,
  }));
  return tokenLocationFaults(counts).map(({ index, field, kind }): Problem => {
    const at = issuers[index]?.[1] ?? index;
    const mixed = kind === 'mixed';
    const words = mixed ? 'mixture of multiple fromHeaders and fromParams is not supported' : `multiple ${field} are not supported`;
    return {
      id: 'jwt-location',
      path: [...path, at, field],
      message: mixed
        ? 'mixes fromHeaders and fromParams; the controller admits one of them per rule'
        : `${field} has several entries; give one`,
      says: attributeFailure(`${attribute}[${at}].${field}`, words),
    };
  });
}

function authorizationProblems(jwt: JsonObject, parent: JsonPath, attribute: string): Problem[] {
  const path = [...parent, 'authorizations'];
  if (!Array.isArray(jwt['authorizations'])) return [];
  const id = 'jwt-authorization';
  if (jwt['authorizations'].length === 0) {
    const says = attributeFailure(attribute, 'authorizations defined, but no configuration exists');
    return [{ id, path, message: 'is empty; leave it out to accept every valid token of the issuers', says }];
  }
  return jwt['authorizations'].flatMap((authorization, index): Problem[] => {
    const at = [...path, index];
    const place = `${attribute}[${index}]`;
    if (!isJsonObject(authorization))
      return [{ id, path: at, message: 'is empty', says: attributeFailure(place, 'authorization is empty') }];
    return ['requiredScopes', 'audiences'].flatMap((field) => claimProblems(authorization, field, [...at, field], `${place}.${field}`));
  });
}

function claimProblems(authorization: JsonObject, field: string, path: JsonPath, attribute: string): Problem[] {
  if (!Array.isArray(authorization[field])) return [];
  const values = authorization[field].map(textOf);
  const words = `${field === 'audiences' ? 'audience' : 'scope'} value is empty`;
  if (values.length > 0)
    return values.flatMap((value, index) => claimValueProblems(value, [...path, index], attributeFailure(attribute, words)));
  const says = attributeFailure(attribute, 'value is empty');
  return [{ id: 'jwt-authorization', path, message: 'is empty; name at least one value or leave it out', says }];
}

/** Istio compares exactly, except that a `*` at either end makes a value a pattern. */
function claimValueProblems(value: string, path: JsonPath, says: string): Problem[] {
  if (value === '') return [{ id: 'jwt-authorization', path, message: 'is the empty text', says }];
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
      const place = tokenPlace(issuer);
      const first = seen.get(key) ?? place;
      seen.set(key, first);
      if (first === place) return [];
      const path = ['spec', 'rules', r, 'jwt', 'authentications', a];
      const message = 'reads the token at another place than an earlier rule with the same issuer';
      const says = attributeFailure(`.${formatJsonPath(path)}`, 'multiple jwt configurations that differ for the same issuer');
      return [{ id: 'jwt-locations-differ', path, message, says }];
    }),
  );
}

/** Where tokens are read, in a form that is equal for equal places; nothing given is the same as an empty list. */
function tokenPlace(issuer: JsonObject): string {
  const headers = objectsAt(issuer, 'fromHeaders').map(([{ name, prefix }]) => [textOf(name), textOf(prefix)]);
  return JSON.stringify([headers, listAt(issuer, 'fromParams').map(textOf)]);
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
