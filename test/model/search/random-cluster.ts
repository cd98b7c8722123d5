import fc from 'fast-check';
import type { JsonObject } from '../../../src/model/json';
import { apiRule, service } from '../../support/model';

const jwksUri = 'https://id.example.com/keys';
const segment = fc.constantFrom('a', 'b', 'ab', 'v1.0', '{*}', '');
const tail = fc.constantFrom('', '', '/{**}', '/');

/** Paths that cross, nest and repeat often. */
export const path = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('/', '/*', '/{**}', '/{*}', '/{**}/b', '/a+b') },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.array(segment, { minLength: 1, maxLength: 3 }), tail).map(([parts, end]) => `/${parts.join('/')}${end}`),
  },
);

const methods = fc.constantFrom(['GET'], ['POST'], ['GET', 'POST']);
const authorizations = fc.constantFrom<JsonObject>(
  {},
  { authorizations: [{ requiredScopes: ['read'] }] },
  { authorizations: [{ requiredScopes: ['admin'], audiences: ['orders'] }] },
  { authorizations: [{ audiences: ['orders'] }, { requiredScopes: ['read'] }] },
);
/** Issuers of the random rules. */
export const issuers = ['https://one.example.com', 'https://two.example.com'] as const;
const trusted = fc.subarray([...issuers], { minLength: 1 });

const access = fc.oneof(
  fc.constant<JsonObject>({ noAuth: true }),
  fc
    .tuple(trusted, authorizations)
    .map(([names, more]): JsonObject => ({ jwt: { authentications: names.map((issuer) => ({ issuer, jwksUri })), ...more } })),
  { weight: 1, arbitrary: fc.constant<JsonObject>({ extAuth: { authorizers: ['login'] } }) },
);

/** One to four rules. */
export const rules = fc.array(
  fc.tuple(path, methods, access).map(([text, names, strategy]): JsonObject => ({ path: text, methods: [...names], ...strategy })),
  { minLength: 1, maxLength: 4 },
);

/** APIRules on a full host and perhaps on a wildcard host of the same workload. */
export const objects = fc
  .tuple(rules, fc.option(rules))
  .map(([first, second]): JsonObject[] => [
    service(),
    apiRule(first),
    ...(second ? [apiRule(second, { hosts: ['*.example.com'] }, 'wild')] : []),
  ]);
