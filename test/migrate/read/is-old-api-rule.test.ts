import type { JsonObject } from '../../../src/model/json';
import { isOldApiRule } from '../../../src/migrate/read/read-old-api-rule';
import { apiRule, rule } from '../../support/model';
import { handlerRule, manifestFrom, oldObject } from '../../support/old-objects';

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
