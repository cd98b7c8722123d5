import { readFileSync } from 'node:fs';
import { explainCommand } from '../../src/cli/commands/explain';
import { listAt, objectsAt } from '../../src/model/json-fields';
import { readManifests } from '../../src/model/read-manifests';

const file = 'examples/cluster/read-only-clusterrole.yaml';
const text = readFileSync(file, 'utf8');
const [role] = readManifests(text, file).manifests;
const rules = objectsAt(role?.body ?? {}, 'rules').map(([rule]) => rule);

test('the ClusterRole only reads', () => {
  expect([role?.kind, new Set(rules.flatMap((rule) => listAt(rule, 'verbs')))]).toEqual(['ClusterRole', new Set(['get', 'list'])]);
});

test('the ClusterRole names what the kubectl line asks for, and no Secrets', () => {
  const resources = rules.flatMap((rule) => listAt(rule, 'resources')).sort();
  const asked = /kubectl get (\S+)/.exec(text)?.[1] ?? '';
  const short: Readonly<Record<string, string>> = { svc: 'services', ns: 'namespaces' };
  const names = asked.split(',').map((name) => short[name] ?? name.split('.')[0]);
  expect(names.sort()).toEqual(resources);
  expect(resources.filter((name) => name === 'secrets' || name === '*')).toEqual([]);
});

test('the help and the page show the same kubectl line', () => {
  const line = /kubectl get .*/.exec(text)?.[0];
  expect(explainCommand.examples.map(([command]) => command)).toContain(line);
  expect(readFileSync('docs/explain.md', 'utf8')).toContain(line);
});
