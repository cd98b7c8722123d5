import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { JsonObject } from '../../../src/model/json';
import { schemaRules } from '../../../src/validate/rules/schema/schema-rules';
import { metadataFindings } from '../../../src/validate/schema/metadata-findings';
import { findingsOf } from '../../support/rule-findings';
import { object, schemaFindings, schemaResults, soundApiRule, soundFunction, withValue } from '../../support/schema-findings';
import { validateText } from '../../support/validate';
import { runs } from '../../support/runs';

test.each(schemaRules().map((rule) => [rule.id, rule] as const))('%s reports its bad example and not its good one', (_, rule) => {
  expect(findingsOf(rule, rule.bad)).not.toEqual([]);
  expect(findingsOf(rule, rule.good)).toEqual([]);
});

const written = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));

test.each(written)('dist/%s has no finding', async (file) => {
  expect(await schemaFindings(readFileSync(join('dist', file), 'utf8'))).toEqual([]);
});

const v1beta1 = {
  apiVersion: 'gateway.kyma-project.io/v1beta1',
  kind: 'APIRule',
  metadata: { name: 'Orders', namespace: 'shop' },
  spec: { host: '${HOST}', rules: [{ path: '/.*', methods: 'GET', accessStrategies: [{ handler: 'noop' }] }], service: null },
};

test.each(['v1alpha1', 'v1beta1'])('an APIRule %s is one result and nothing else, in all layers', async (version) => {
  const results = await validateText(JSON.stringify(withValue(v1beta1, 'apiVersion', `gateway.kyma-project.io/${version}`)));
  const own = results.filter(({ where }) => where.object === 'APIRule shop/Orders');
  expect(own[0]).toMatchObject({ id: 'api-rule-dead-version', status: 'fail', fix: 'Rewrite it for gateway.kyma-project.io/v2.' });
  expect(new Set(own.map(({ id }) => id)).size).toBe(1);
});

test('an APIRule that was never migrated is one result that names where its rules are', async () => {
  const annotations = { 'gateway.kyma-project.io/original-version': 'v1beta1', 'gateway.kyma-project.io/v1beta1-spec': '{}' };
  const body = withValue(withValue(soundApiRule(), 'metadata.annotations', annotations), 'spec', {});
  const [result, ...more] = await schemaResults(body);
  expect(more).toEqual([]);
  expect(result).toMatchObject({ id: 'api-rule-dead-version', status: 'fail' });
  expect(result?.message).toContain('gateway.kyma-project.io/v1beta1-spec');
  expect(await schemaFindings(withValue(soundApiRule(), 'metadata.annotations', annotations))).toEqual([]);
});

test.each([
  ['Function v1alpha1', object('serverless.kyma-project.io/v1alpha1', 'Function', {}), 'high', /served: v1alpha2$/],
  ['APIRule v3', object('gateway.kyma-project.io/v3', 'APIRule', {}), 'high', /served: v2, v2alpha1$/],
  [
    'ServiceBinding v1alpha1',
    object('services.cloud.sap.com/v1alpha1', 'ServiceBinding', {}),
    'medium',
    /write services\.cloud\.sap\.com\/v1$/,
  ],
  ['ServiceInstance v1alpha1', object('services.cloud.sap.com/v1alpha1', 'ServiceInstance', {}), 'medium', /write services/],
] as const)('%s is a version that is not checked', async (_, body, severity, words) => {
  const results = await schemaResults(body);
  expect(results).toMatchObject([{ id: 'schema-version-unknown', status: 'fail', severity }]);
  expect(results[0]?.message).toMatch(words);
});

test.each([
  ['${HOST}', '${HOST}'],
  ['orders.${CLUSTER_DOMAIN:-local}', '${CLUSTER_DOMAIN:-local}'],
  ['orders.{DOMAIN}', '{DOMAIN}'],
  ['{{ .Values.host }}', '{{ .Values.host }}'],
  ['{{ include "x" . }}.example.com', '{{ include "x" . }}'],
])('the host %j is one finding that names the placeholder', async (host, named) => {
  const results = await schemaResults(withValue(soundApiRule(), 'spec.hosts', [host]));
  expect(results).toMatchObject([{ id: 'manifest-placeholder', severity: 'medium', where: { path: 'spec.hosts[0]' } }]);
  expect(results[0]?.message).toContain(JSON.stringify(named));
});

test.each([
  ['source code', withValue(soundFunction(), 'spec.source.inline.source', 'module.exports = { main: () => `${NAME} {{ x }}` }')],
  ['a variable', withValue(soundFunction(), 'spec.env', [{ name: 'A', value: '${HOME}/{{x}}' }])],
  ['an annotation', withValue(soundFunction(), 'metadata.annotations', { a: '{{ x }} ${Y} {NAME}' })],
  [
    'parameters',
    object('services.cloud.sap.com/v1', 'ServiceInstance', { serviceOfferingName: 'a', servicePlanName: 'b', parameters: { a: '{{x}}' } }),
  ],
  ['a Secret template', object('services.cloud.sap.com/v1', 'ServiceBinding', { serviceInstanceName: 'a', secretTemplate: '{{ .x }}' })],
  ['an origin', withValue(soundApiRule(), 'spec.corsPolicy', { allowOrigins: [{ regex: 'https://\\p{L}{2,3}' }] })],
  ['a wildcard', withValue(soundApiRule(), 'spec.rules.0.path', '/a/{**}')],
])('braces in %s are no placeholder', async (_, body) => {
  expect(await schemaFindings(body)).toEqual([]);
});

test('a name of another kind is looked at, its texts are not', async () => {
  const map = (name: string): JsonObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { a: '{{ x }} ${Y}' } });
  expect(await schemaFindings(map('a'))).toEqual([]);
  expect(await schemaFindings(map('${NAME}'))).toEqual(['manifest-placeholder metadata.name']);
});

test('a name may be left to the API server', () => {
  expect(metadataFindings({ generateName: 'orders-' })).toEqual([]);
  expect(metadataFindings({}).map(({ rule, path }) => [rule, path.join('.')])).toEqual([['schema-required', 'metadata.name']]);
});

const places: readonly (readonly [JsonObject, string])[] = [
  [soundApiRule(), 'spec'],
  [soundApiRule(), 'spec.service'],
  [soundApiRule(), 'spec.rules.0'],
  [withValue(soundApiRule(), 'spec.rules.0', { path: '/*', methods: ['GET'], jwt: {} }), 'spec.rules.0.jwt'],
  [soundFunction(), 'spec'],
  [soundFunction(), 'spec.source.inline'],
  [soundFunction(), ''],
  [soundFunction(), 'metadata'],
];

test('no field that is put anywhere stays unmentioned', async () => {
  const key = fc.oneof(
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.constantFrom('__proto__', 'constructor', 'toString', 'pathh', 'scopes'),
  );
  const known = await Promise.all(places.map(async ([body, place]) => [body, place, await schemaFindings(body)] as const));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...known), key, fc.jsonValue({ maxDepth: 2 }), async ([body, place, none], name, value) => {
      fc.pre(none.length === 0 && !knownNames.has(name));
      const text = inserted(body, place, name, value);
      const found = await validateText(text, { select: ['schema'] });
      expect(found.filter(({ status }) => status === 'fail').length).toBeGreaterThan(0);
    }),
    { numRuns: runs(300) },
  );
});

const knownNames = new Set(['path', 'methods', 'jwt', 'noAuth', 'spec', 'status', 'kind', 'name', 'port', 'uid', '__ proto__']);

/** Written as text, so that no key of JavaScript is special. */
function inserted(body: JsonObject, place: string, name: string, value: unknown): string {
  const mark = '\u0001here';
  const marked = withValue(body, place === '' ? mark : `${place}.${mark}`, mark);
  return JSON.stringify(marked).replace(
    `${JSON.stringify(mark)}:${JSON.stringify(mark)}`,
    () => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
  );
}
