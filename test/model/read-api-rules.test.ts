import type { JsonObject } from '../../src/model/json';
import { readApiRules } from '../../src/model/read-api-rules';
import { readManifests } from '../../src/model/read-manifests';
import { apiRule, rule } from '../support/model';

const read = (...objects: JsonObject[]) =>
  readApiRules(readManifests(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 1), 'in.yaml').manifests);
const messages = (...objects: JsonObject[]): string[] => read(...objects).problems.map(({ message }) => message);
const withRule = (more: JsonObject): JsonObject => apiRule([{ path: '/a', methods: ['GET'], ...more }]);
const authentication = { issuer: 'https://a', jwksUri: 'https://a/keys' };

test.each(['v2', 'v2alpha1'])('version %s is read whole', (version) => {
  const full = {
    ...apiRule([{ ...rule('/a', 'GET'), timeout: 5, service: { name: 's', port: 1, namespace: 'n' }, request: { headers: { a: 'b' } } }], {
      timeout: 9,
    }),
    apiVersion: `gateway.kyma-project.io/${version}`,
  };
  expect(read(full).apiRules[0]).toMatchObject({
    namespace: 'shop',
    name: 'orders',
    hosts: ['orders.example.com'],
    gateway: 'kyma-system/kyma-gateway',
    timeoutSeconds: 9,
    rules: [
      {
        path: '/a',
        methods: ['GET'],
        access: { kind: 'noAuth' },
        timeoutSeconds: 5,
        service: { namespace: 'n' },
        request: { headers: { a: 'b' }, cookies: {} },
      },
    ],
  });
});

test.each(['v1beta1', 'v1alpha1', 'v3'])('version %s is a failure and is not read', (version) => {
  const { apiRules, problems } = read({ ...apiRule([]), apiVersion: `gateway.kyma-project.io/${version}` });
  expect([apiRules, problems.map(({ id, status }) => [id, status])]).toEqual([[], [['api-rule-dead-version', 'fail']]]);
});

test('an APIRule of another group is no APIRule', () => {
  expect(read({ ...apiRule([]), apiVersion: 'example.com/v1' })).toEqual({ apiRules: [], problems: [] });
});

test('the same APIRule twice is a failure that names both places, whatever the versions', () => {
  const [message, ...more] = messages(withRule({ noAuth: true }), {
    ...withRule({ noAuth: true }),
    apiVersion: 'gateway.kyma-project.io/v2alpha1',
  });
  expect([message, more]).toEqual([expect.stringMatching(/APIRule shop\/orders is in the input twice: in\.yaml:\d+ and in\.yaml:\d+/), []]);
});

describe('one access strategy', () => {
  test.each<[JsonObject, string | undefined]>([
    [{ noAuth: true }, undefined],
    [{ noAuth: false, jwt: { authentications: [authentication] } }, undefined],
    [{ jwt: {} }, undefined],
    [{ extAuth: { authorizers: ['a'] } }, undefined],
    [{}, 'spec.rules[0] has no access strategy; give noAuth, jwt or extAuth'],
    [{ noAuth: false }, 'spec.rules[0] has no access strategy; give noAuth, jwt or extAuth'],
    [{ noAuth: null, jwt: null }, 'spec.rules[0] has no access strategy; give noAuth, jwt or extAuth'],
    [{ noAuth: true, jwt: {} }, 'spec.rules[0] has several access strategies; give one of noAuth, jwt and extAuth'],
    [{ jwt: {}, extAuth: { authorizers: ['a'] } }, 'spec.rules[0] has several access strategies; give one of noAuth, jwt and extAuth'],
  ])('%j: %s', (more, expected) => {
    expect(messages(withRule(more))).toEqual(expected === undefined ? [] : [expected]);
  });
});

describe('wrong types are failures with their path', () => {
  test.each<[JsonObject, string]>([
    [apiRule([]), 'spec.rules is empty; give at least one rule'],
    [apiRule([rule('/a', 'GET')], { hosts: null }), 'spec.hosts is missing; give one host'],
    [apiRule([rule('/a', 'GET')], { hosts: 'a' }), 'spec.hosts is text; give a list'],
    [apiRule([rule('/a', 'GET')], { hosts: [1] }), 'spec.hosts[0] is 1; give text'],
    [apiRule([rule('/a', 'GET')], { timeout: '5' }), 'spec.timeout is text; give a whole number'],
    [apiRule([rule('/a', 'GET')], { timeout: 0.5 }), 'spec.timeout is 0.5; give a whole number'],
    [apiRule([rule('/a', 'GET')], { service: { name: 'a' } }), 'spec.service.port is missing; give a port from 1 to 65535'],
    [apiRule([rule('/a', 'GET')], { service: [] }), 'spec.service is a list; give an object'],
    [withRule({ noAuth: 'yes' }), 'spec.rules[0].noAuth is text; give true or false'],
    [withRule({ noAuth: true, path: null }), 'spec.rules[0].path is missing; give a text'],
    [withRule({ noAuth: true, methods: [] }), 'spec.rules[0].methods is empty; give at least one method'],
    [
      withRule({ jwt: { authentications: [{ issuer: 'https://a' }] } }),
      'spec.rules[0].jwt.authentications[0].jwksUri is missing; give a text',
    ],
    [
      withRule({ jwt: { authorizations: [{ requiredScopes: 'a' }] } }),
      'spec.rules[0].jwt.authorizations[0].requiredScopes is text; give a list',
    ],
    [
      withRule({ jwt: { authentications: [{ ...authentication, fromHeaders: [{}] }] } }),
      'spec.rules[0].jwt.authentications[0].fromHeaders[0].name is missing; give a text',
    ],
    [withRule({ extAuth: {} }), 'spec.rules[0].extAuth.authorizers is missing; name at least one authorizer'],
    [withRule({ noAuth: true, request: { headers: { a: 1 } } }), 'spec.rules[0].request.headers.a is 1; give text'],
  ])('%#', (object, expected) => {
    const { apiRules, problems } = read(object);
    expect([apiRules, problems.map(({ message }) => message)]).toEqual([[], expect.arrayContaining([expected])]);
  });

  test('all of them are reported, each at its line', () => {
    const { problems } = read(apiRule([{ path: 1, methods: 'GET', noAuth: true }], { timeout: 'x' }));
    expect(new Set(problems.map(({ where }) => where.line)).size).toBe(3);
  });

  test('a value that is read in two ways is reported once', () => {
    expect(messages(apiRule([], { rules: 'x' })).filter((message) => message === 'spec.rules is text; give a list')).toHaveLength(1);
  });

  test('one refused APIRule does not hide another', () => {
    expect(read(apiRule([]), apiRule([rule('/a', 'GET')], {}, 'second')).apiRules.map(({ name }) => name)).toEqual(['second']);
  });
});

test('issuers keep their order, places and demands', () => {
  const jwt = {
    authentications: [
      { ...authentication, fromHeaders: [{ name: 'x', prefix: 'P ' }] },
      { ...authentication, fromParams: ['t'] },
    ],
    authorizations: [{ requiredScopes: ['s'] }, { audiences: ['a'] }],
  };
  expect(read(withRule({ jwt })).apiRules[0]?.rules[0]?.access).toEqual({
    kind: 'jwt',
    jwt: {
      ...jwt,
      authorizations: [
        { requiredScopes: ['s'], audiences: [] },
        { requiredScopes: [], audiences: ['a'] },
      ],
    },
  });
});
