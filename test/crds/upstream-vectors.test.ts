import { apiRuleProblems } from '../../src/model/api-rule-checks';
import type { JsonObject } from '../../src/model/json';
import { cpuTime, endless } from '../support/cpu-time';
import { schemaRefusals } from '../support/crd-schemas';

function withPath(path: string): JsonObject {
  const rule = { path, methods: ['GET'], noAuth: true };
  const service = { name: 'a', port: 80 };
  const metadata = { name: 'a', namespace: 'a' };
  return { apiVersion: 'gateway.kyma-project.io/v2', kind: 'APIRule', metadata, spec: { hosts: ['a'], gateway: 'a/b', service, rules: [rule] } };
}

const accepted = ['/', '/*', '/{*}', '/{**}', '/a', '/a/', '/a//b', '//', '/a/{*}', '/v1.0', '/a%20b', '/~u', '/a:b@c', "/it's", '/{*}/x/{**}'];
const refused = ['', 'a', '/**', '/a{*}', '/{*}a', '/a/*', '/a*', '/.*', '/foo(.*)', '/a%2', '/a b', '/a?b=c', '/a#b', '/{id}', '/{}', '/{***}', '/ä'];
/** The API server takes these; the controller, or the gateway, does not. */
const refusedLater = ['/{**}/{**}', '/{**}/x/{*}', '/{**}/a/{**}', '/a+b', '/a$b', '/a(b', '/a(b)', '/((a+)+)+b'];

test.each(accepted)('the path "%s" is taken by the API server and by us', (path) => {
  expect([schemaRefusals(withPath(path)).length, apiRuleProblems(withPath(path)).length]).toEqual([0, 0]);
});

test.each(refused)('the path "%s" is refused by the API server and by us', (path) => {
  expect([schemaRefusals(withPath(path)).length, apiRuleProblems(withPath(path)).length]).toEqual([1, 1]);
});

test.each(refusedLater)('the path "%s" is taken by the API server and refused by us', (path) => {
  expect([schemaRefusals(withPath(path)).length, apiRuleProblems(withPath(path)).length]).toEqual([0, 1]);
});

test('a very long hostile path is judged at once', () => {
  const spent = cpuTime();
  apiRuleProblems(withPath(`/${'('.repeat(50_000)}${'a+)'.repeat(50_000)}`));
  apiRuleProblems(withPath(`${'/{**}'.repeat(50_000)}!|`));
  expect(spent()).toBeLessThan(endless);
});
