import type { JsonObject } from '../../../src/model/json';
import { isOldApiRule } from '../../../src/migrate/read/read-old-api-rule';
import { apiRule, rule } from '../../support/model';
import { handlerRule, manifestFrom, oldObject, readOld } from '../../support/old-objects';

const isOld = (object: JsonObject): boolean => isOldApiRule(manifestFrom(object));
const current = (spec: JsonObject = {}, rules: JsonObject[] = [rule('/a', 'GET')]): JsonObject => apiRule(rules, spec);
const annotated = (annotations: JsonObject, object: JsonObject): JsonObject => ({
  ...object,
  metadata: { name: 'orders', namespace: 'shop', annotations },
});
const origin = 'gateway.kyma-project.io/original-version';
const oldSpec = 'gateway.kyma-project.io/v1beta1-spec';

test.each<[string, JsonObject]>([
  ['of version v1beta1', oldObject([handlerRule('/.*', 'noop')])],
  ['of version v1alpha1', { ...oldObject([handlerRule('/.*', 'noop')]), apiVersion: 'gateway.kyma-project.io/v1alpha1' }],
  ['of a version that never was', { ...current(), apiVersion: 'gateway.kyma-project.io/v3' }],
  ['of v1beta1 over the body of v2', { ...current(), apiVersion: 'gateway.kyma-project.io/v1beta1' }],
  ['of v2 with handlers', current({}, [handlerRule('/a', 'noop')])],
  ['of v2 with one rule of two not migrated', current({}, [rule('/a', 'GET'), handlerRule('/b', 'noop')])],
  ['of v2 with mutators', current({}, [{ ...rule('/a', 'GET'), mutators: [] }])],
  ['of v2 with a path that is an expression', current({}, [rule('/.*', 'GET')])],
  ['of v2 with a group in a path', current({}, [rule('/orders(.*)', 'GET')])],
  ['of v2 with the member host', current({ host: 'orders.example.com' })],
  ['of v2 with the host in the service', current({ service: { name: 'a', port: 1, host: 'orders' } })],
  ['of v2 with the long name of a gateway', current({ gateway: 'kyma-gateway.kyma-system.svc.cluster.local' })],
  ['of v2 with a short name of a gateway', current({ gateway: 'kyma-gateway' })],
  ['of v2 with maxAge as a duration', current({ corsPolicy: { maxAge: '10m' } })],
  ['live, and written as v1beta1', annotated({ [origin]: 'v1beta1', [oldSpec]: '{}' }, current())],
  ['live, without rules, with the old spec in an annotation', annotated({ [oldSpec]: '{}' }, { ...current(), spec: {} })],
])('an APIRule %s is old', (_, object) => {
  expect(isOld(object)).toBe(true);
});

test.each<[string, JsonObject]>([
  ['of v2', current()],
  ['of v2alpha1', { ...current(), apiVersion: 'gateway.kyma-project.io/v2alpha1' }],
  ['of v2 with operators in its paths', current({}, [rule('/a/{*}/b', 'GET'), rule('/{**}', 'GET'), rule('/*', 'POST')])],
  ['of v2 with dots in its path', current({}, [rule('/v1.0/a', 'GET')])],
  ['of v2 with a path that no version takes', current({}, [rule('/a b', 'GET'), rule('/orders/{id}', 'GET')])],
  ['of v2 with maxAge in seconds', current({ corsPolicy: { maxAge: 600 } })],
  ['of v2 with an external gateway', current({ gateway: null, externalGateway: 'shop/external' })],
  ['of v2 without a spec', { ...current(), spec: null }],
  ['of v2 with an empty list of rules', current({}, [])],
  ['live, and written as v2', annotated({ [origin]: 'v2' }, current())],
  ['live and migrated, with the old spec left over', annotated({ [origin]: 'v2', [oldSpec]: '{}' }, current())],
  ['of another group', { ...oldObject([]), apiVersion: 'example.com/v1beta1' }],
  ['of another kind', { ...oldObject([]), kind: 'Rule' }],
])('an APIRule %s is not old', (_, object) => {
  expect(isOld(object)).toBe(false);
});

describe('a half-migrated object', () => {
  test.each<[string, JsonObject]>([
    ['the header of v2 over an older body', { ...oldObject([handlerRule('/.*', 'noop')]), apiVersion: 'gateway.kyma-project.io/v2' }],
    ['an older header over the body of v2', { ...apiRule([rule('/{**}', 'GET')]), apiVersion: 'gateway.kyma-project.io/v1beta1' }],
    ['hosts and host that agree', oldObject([handlerRule('/.*', 'noop')], { hosts: ['orders.example.com'] })],
  ])('is read: %s', (_, object) => {
    expect(readOld(object)).toMatchObject({ problems: [], apiRule: { host: 'orders.example.com', rules: [{ methods: ['GET'] }] } });
  });

  test('keeps a rule that has the new form, and knows what its path takes', () => {
    const done = { ...rule('/a/{*}', 'GET,POST'), request: { headers: { x: 'y' } } };
    const { apiRule: read } = readOld({ ...apiRule([done, rule('/*', 'GET'), handlerRule('/b', 'allow')]) });
    expect(read?.rules.map(({ newForm }) => newForm !== undefined)).toEqual([true, true, false]);
    expect(read?.rules[0]).toMatchObject({ newForm: done, accessStrategies: [{ handler: 'no_auth' }] });
    expect(read?.rules[1]?.path).toBe('/.*');
    expect(new RegExp(`^(?:${read?.rules[0]?.path ?? ''})$`).test('/a/x')).toBe(true);
  });

  test('keeps an expression that stands under a new strategy an expression', () => {
    const { apiRule: read } = readOld(apiRule([rule('/orders(/.*)?', 'GET')]));
    expect(read?.rules[0]).toMatchObject({ path: '/orders(/.*)?', newForm: { noAuth: true } });
  });

  test.each<[string, JsonObject, string]>([
    [
      'with two hosts that differ',
      oldObject([handlerRule('/a', 'noop')], { hosts: ['b.example.com'] }),
      'spec.hosts names "orders.example.com" and "b.example.com"; an APIRule v2 has one host, so give one',
    ],
    [
      'with several new hosts',
      { ...apiRule([handlerRule('/a', 'noop')], { hosts: ['a.example.com', 'b.example.com'] }) },
      'spec.hosts names "a.example.com" and "b.example.com"; an APIRule v2 has one host, so give one',
    ],
    [
      'with both strategies in a rule',
      apiRule([{ ...handlerRule('/a', 'noop'), noAuth: true }]),
      'spec.rules[0] has both accessStrategies and a strategy of APIRule v2; keep the one that is meant',
    ],
    [
      'with two new strategies in a rule',
      { ...apiRule([{ ...rule('/a', 'GET'), jwt: {} }]), apiVersion: 'gateway.kyma-project.io/v1beta1' },
      'spec.rules[0] has several of noAuth, jwt and extAuth; give one',
    ],
    [
      'with an external gateway',
      oldObject([handlerRule('/a', 'noop')], { externalGateway: 'a/b' }),
      'spec.externalGateway is unknown to older versions; give gateway, or migrate it by hand',
    ],
  ])('is no APIRule that can be read: %s', (_, object, message) => {
    expect(readOld(object)).toMatchObject({ problems: [{ id: 'migrate-form', status: 'fail', message }] });
    expect(readOld(object).apiRule).toBeUndefined();
  });
});
