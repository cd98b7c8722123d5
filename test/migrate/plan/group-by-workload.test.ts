import { groupByWorkload } from '../../../src/migrate/plan/workload-group';
import type { JsonObject } from '../../../src/model/json';
import { apiRule, rule, service } from '../../support/model';
import { manifestsFrom, migration, oldApiRule, oldRule } from '../../support/migrations';

/** Groups of APIRules, `a+b`, in order; each APIRule leads to the Services named after its colon. */
function groupsOf(apiRules: readonly string[], ...objects: JsonObject[]): string[] {
  const translations = apiRules.map((text) => {
    const [ref = '', targets = ''] = text.split(': ');
    const [namespace = '', name = ''] = ref.split('/');
    const rules = targets.split(' ').map((target) => {
      const [place = '', of] = target.split('@');
      return oldRule('/.*', 'allow', { service: { name: place, port: 80, ...(of && { namespace: of }) } });
    });
    return migration(oldApiRule(name, rules, { namespace }), ['/* noAuth']);
  });
  return groupByWorkload(translations, manifestsFrom(...objects)).map((group) =>
    group.translations.map(({ old }) => `${old.namespace}/${old.name}`).join('+'),
  );
}

function selecting(name: string, selector: JsonObject, namespace = 'shop'): JsonObject {
  return { ...service(name), metadata: { name, namespace }, spec: { selector, ports: [{ port: 80 }] } };
}

const deployment: JsonObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'orders', namespace: 'shop' },
  spec: { template: { metadata: { labels: { app: 'orders', tier: 'web' } } } },
};

test.each([
  ['one Service, two namespaces', ['a/one: orders@shop', 'b/two: orders@shop'], [], ['a/one+b/two']],
  ['equal names in two namespaces are two Services', ['a/one: orders', 'b/two: orders'], [], ['a/one', 'b/two']],
  ['the order of the input does not count', ['b/two: orders@shop', 'a/one: orders@shop'], [], ['a/one+b/two']],
  [
    'two Services, one selector',
    ['shop/one: x', 'shop/two: y'],
    [selecting('x', { app: 'a' }), selecting('y', { app: 'a' })],
    ['shop/one+shop/two'],
  ],
  [
    'one selector in two namespaces',
    ['shop/one: x', 'b/two: y'],
    [selecting('x', { app: 'a' }), selecting('y', { app: 'a' }, 'b')],
    ['b/two', 'shop/one'],
  ],
  [
    'a narrower selector',
    ['shop/one: x', 'shop/two: y'],
    [selecting('x', { app: 'a' }), selecting('y', { app: 'a', v: '1' })],
    ['shop/one+shop/two'],
  ],
  ['another value', ['shop/one: x', 'shop/two: y'], [selecting('x', { app: 'a' }), selecting('y', { app: 'b' })], ['shop/one', 'shop/two']],
  [
    'two selectors of one Deployment',
    ['shop/one: x', 'shop/two: y'],
    [selecting('x', { app: 'orders' }), selecting('y', { tier: 'web' }), deployment],
    ['shop/one+shop/two'],
  ],
  ['one APIRule ties two workloads', ['shop/one: x', 'shop/two: x y', 'shop/zoo: y'], [], ['shop/one+shop/two+shop/zoo']],
  [
    'a Service without selector names no Pods',
    ['shop/one: x', 'shop/two: y'],
    [selecting('x', {}), selecting('y', {})],
    ['shop/one', 'shop/two'],
  ],
])('%s', (_, apiRules, objects, groups) => {
  expect(groupsOf(apiRules, ...objects)).toEqual(groups);
});

test('a workload is assumed only as long as its Service is not in the input', () => {
  const translation = migration(oldApiRule('orders', [oldRule('/.*', 'allow')]), ['/* noAuth']);
  const workloadsFor = (...objects: JsonObject[]) => groupByWorkload([translation], manifestsFrom(...objects))[0]?.workloads;
  expect(workloadsFor()).toEqual([expect.objectContaining({ namespace: 'shop', name: 'orders', assumed: true })]);
  expect(workloadsFor(service())).toEqual([expect.objectContaining({ selector: { app: 'orders' }, assumed: false })]);
});

test('an APIRule v2 of the input that leads to the same Pods is named', () => {
  const translation = migration(oldApiRule('old', [oldRule('/.*', 'allow')]), ['/* noAuth']);
  const [group] = groupByWorkload([translation], manifestsFrom(service(), apiRule([rule('/x', 'GET')], {}, 'new')));
  expect(group?.migrated).toEqual(['shop/new']);
});

test('many APIRules that share no Pods are grouped in time that grows with them', () => {
  const count = 3000;
  const names = Array.from({ length: count }, (_, at) => `s${at}`);
  const translations = names.map((name) =>
    migration(oldApiRule(name, [oldRule('/.*', 'allow')], { service: { name, port: 80 } }), ['/* noAuth']),
  );
  const manifests = manifestsFrom(...names.map((name) => selecting(name, { app: name, team: 'all' })));
  const started = process.cpuUsage();
  expect(groupByWorkload(translations, manifests)).toHaveLength(count);
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(5000);
});
