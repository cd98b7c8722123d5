import type { JsonObject } from '../../../src/model/json';
import { apiRule, rule } from '../../support/model';
import { handlerRule, noted, realm, realmKeys, rulesOf, translateOld } from '../../support/old-objects';

const jwt = { authentications: [{ issuer: realm, jwksUri: realmKeys }], authorizations: [{ audiences: ['shop'] }] };
/** The header of v2 over rules of which the last one is old. */
const mixed = (...rules: JsonObject[]): JsonObject => apiRule([...rules, handlerRule('/old', 'no_auth')]);

test.each<[string, JsonObject]>([
  ['noAuth', { ...rule('/done/{*}', 'GET'), timeout: 5, request: { headers: { a: 'b' } }, service: { name: 's', port: 1 } }],
  ['jwt', { path: '/done', methods: ['POST'], jwt }],
  ['extAuth', { path: '/done', methods: ['GET'], extAuth: { authorizers: ['sso'], restrictions: jwt } }],
  ['noAuth: false beside jwt', { path: '/done', methods: ['POST'], noAuth: false, jwt }],
])('a rule with %s stays as it is', (_, done) => {
  const translation = translateOld(mixed(done));
  expect(rulesOf(translation)).toEqual([done, { path: '/old', methods: ['GET'], noAuth: true }]);
  expect(translation.origins).toEqual([0, 1]);
});

test('an expression under a new strategy becomes paths', () => {
  const done = { ...rule('/done(/.*)?', 'GET'), timeout: 5 };
  expect(rulesOf(translateOld(mixed(done)))).toMatchObject([
    { path: '/done', methods: ['GET'], noAuth: true, timeout: 5 },
    { path: '/done/{**}', methods: ['GET'], noAuth: true, timeout: 5 },
    { path: '/old' },
  ]);
});

test('a new rule for tokens of Dex is work, until the map says what takes its place', () => {
  const dex = { issuer: 'https://dex.example.com', jwksUri: 'https://dex.example.com/keys' };
  const done = { path: '/done', methods: ['POST'], jwt: { authentications: [dex] } };
  expect(noted(translateOld(mixed(done)))).toContain('migrate-issuer manual');
  const issuers = [{ from: [dex.issuer, dex.jwksUri], issuer: realm, jwksUri: realmKeys }];
  expect(rulesOf(translateOld(mixed(done), { issuers }))[0]).toEqual({
    ...{ path: '/done', methods: ['POST'] },
    jwt: { authentications: [{ issuer: realm, jwksUri: realmKeys }] },
  });
});

test('an older header over the body of v2 changes nothing else', () => {
  const object = { ...apiRule([rule('/a', 'GET'), { path: '/*', methods: ['GET'], jwt }]), apiVersion: 'gateway.kyma-project.io/v1beta1' };
  expect(rulesOf(translateOld(object))).toEqual([rule('/a', 'GET'), { path: '/*', methods: ['GET'], jwt }]);
});
