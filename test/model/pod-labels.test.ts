import type { JsonObject } from '../../src/model/json';
import { clusterFrom, nothing, apiRule, policy, request, rule, service, status } from '../support/model';
import { translate } from '../../src/model/translate';

function pod(name: string, labels: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop', labels: { app: 'orders', ...labels } }, spec: {} };
}

const refuse = (key: string, value: string): JsonObject =>
  policy({ action: 'DENY', selector: { matchLabels: { [key]: value } }, rules: [{}] });

test.each<[string, JsonObject[], JsonObject, number | string]>([
  ['a label that no Pod in the input tells of', [], refuse('tier', 'back'), 'unknown'],
  ['a label that every Pod carries', [pod('a', { tier: 'back' }), pod('b', { tier: 'back' })], refuse('tier', 'back'), 403],
  ['a label with another value', [pod('a', { tier: 'front' })], refuse('tier', 'back'), 200],
  ['a label that no Pod carries', [pod('a', {})], refuse('tier', 'back'), 200],
  ['a label that one Pod of two carries', [pod('a', { tier: 'back' }), pod('b', {})], refuse('tier', 'back'), 'unknown'],
])('a policy that selects %s', (_, pods, manual, expected) => {
  const objects = translate(clusterFrom(service(), ...pods, apiRule([rule('/a', 'GET')]), manual));
  expect(status(objects, request('GET /a'), nothing)).toBe(expected);
});
