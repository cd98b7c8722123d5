import { ApiObject, App, Chart, JsonPatch, Lazy, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import { JwtApiRule } from '../../src/constructs/jwt-api-rule';
import { ProtectedFunction } from '../../src/constructs/protected-function';
import { temporaryFolder } from '../support/temporary-folder';

function resourceOf({ node }: Construct): ApiObject {
  const resource = node.findChild('Resource');
  if (!ApiObject.isApiObject(resource)) throw new Error('is no ApiObject');
  return resource;
}

const issuers = [{ issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/keys' }];

function apiRule(chart: Chart, name: string, path = '/a'): ApiObject {
  const props = { metadata: { name, namespace: 'a' }, host: name, service: { name: 's', port: 80 }, selector: { a: 'b' }, issuers };
  return resourceOf(new JwtApiRule(chart, name, { ...props, rules: [{ path, methods: ['GET'] }] }));
}

const problems = (object: ApiObject): string[] => object.node.scope?.node.validate() ?? [];

test.each([
  ['a patch', (object: ApiObject) => object.addJsonPatch(JsonPatch.replace('/spec/runtime', 'nodejs9'))],
  ['a label', (object: ApiObject) => object.metadata.addLabel('sidecar.istio.io/inject', 'true')],
])('%s after a validation is seen by the next one', (_, spoil) => {
  const metadata = { name: 'orders', namespace: 'a' };
  const source = { handler: 'exports.main = () => 1;' };
  const object = resourceOf(new ProtectedFunction(Testing.chart(), 'orders', { metadata, runtime: 'nodejs24', source }));
  const before = problems(object);
  spoil(object);
  expect([before, problems(object)]).toEqual([[], [expect.stringContaining('Function orders')]]);
});

test('what is repaired after a validation is fine', () => {
  const object = apiRule(Testing.chart(), 'orders', 'no path');
  expect(problems(object)).toHaveLength(1);
  object.addJsonPatch(JsonPatch.replace('/spec/rules/0/path', '/a'));
  expect(problems(object)).toEqual([]);
});

test('a value that is made only while writing is judged each time', () => {
  let path = '/a';
  const object = apiRule(Testing.chart(), 'orders', Lazy.any({ produce: () => path }) as string);
  const before = problems(object);
  path = 'no path';
  expect([before, problems(object)]).toEqual([[], [expect.stringContaining('spec.rules[0].path')]]);
});

test('an App of many charts is validated in little time, though cdk8s validates all of it once per chart', () => {
  const app = new App({ outdir: temporaryFolder() });
  for (let index = 0; index < 400; index += 1) apiRule(new Chart(app, `chart-${index}`), `rule-${index}`);
  const before = process.cpuUsage();
  app.synth();
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(8);
});
