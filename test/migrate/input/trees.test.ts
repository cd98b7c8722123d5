import { callMigrate, oldText, serviceText } from '../../support/migrate-call';

const kustomization = (...lines: string[]) => `${lines.join('\n')}\n`;
const base = { 'base/apirule.yaml': oldText(), 'base/kustomization.yaml': kustomization('resources: [apirule.yaml]') };

describe('kustomize', () => {
  const patch = (spec: string) =>
    `apiVersion: gateway.kyma-project.io/v1beta1\nkind: APIRule\nmetadata: { name: orders, namespace: shop }\nspec: ${spec}\n`;

  test.each<[string, Record<string, string>, string, boolean]>([
    [
      'a patch of the host',
      { 'over/kustomization.yaml': kustomization('patches: [{ path: p.yaml }]'), 'over/p.yaml': patch('{host: a.b}') },
      'over/p.yaml:1',
      true,
    ],
    [
      'a patch of the rules',
      { 'over/kustomization.yaml': kustomization('patches: [{ path: p.yaml }]'), 'over/p.yaml': patch('{rules: []}') },
      'over/p.yaml:1',
      false,
    ],
    [
      'an old list of patches',
      { 'over/kustomization.yml': kustomization('patchesStrategicMerge: [p.yaml]'), 'over/p.yaml': patch('{rules: []}') },
      'over/p.yaml:1',
      false,
    ],
    [
      'a file without an ending',
      { 'over/Kustomization': kustomization('patchesStrategicMerge: [p.yaml]'), 'over/p.yaml': patch('{rules: []}') },
      'over/p.yaml:1',
      false,
    ],
    [
      'a component',
      { 'over/kustomization.yaml': kustomization('kind: Component', 'patches: [{ path: p.yaml }]'), 'over/p.yaml': patch('{rules: []}') },
      'over/p.yaml:1',
      false,
    ],
    [
      'operations in the file itself, for a name that is an expression',
      {
        'over/kustomization.yaml': kustomization(
          'patches:',
          '- target: { kind: APIRule, name: ord.* }',
          '  patch: |-',
          '    - { op: add, path: /spec/rules/0/methods/-, value: PUT }',
        ),
      },
      'over/kustomization.yaml:4',
      false,
    ],
    [
      'operations of JSON in a file of their own',
      {
        'over/kustomization.yaml': kustomization('patchesJson6902:', '- { path: p.json, target: { kind: APIRule, name: orders } }'),
        'over/p.json': '[{"op": "replace", "path": "/spec", "value": {}}]',
      },
      'over/p.json:1',
      false,
    ],
  ])('%s is named and left, and the base is migrated only where the patch cannot change its rules', async (_, files, place, isMigrated) => {
    const { exit, stdout, read } = await callMigrate({ ...base, ...files }, ['base', 'over', '--write']);
    const patched = Object.keys(files).filter((path) => read(path) === files[path]);
    expect([exit, patched]).toEqual([1, Object.keys(files)]);
    expect(stdout).toMatch(new RegExp(`^${place.replace('.', '\\.')}.*\\n  FAIL  migrate-patch `, 'm'));
    expect(read('base/apirule.yaml')?.includes('noAuth: true')).toBe(isMigrated);
  });

  test('patches of other kinds and of other names are nobody’s business', async () => {
    const files = {
      'over/kustomization.yaml': kustomization(
        'patches:',
        '- target: { kind: Deployment }',
        '  patch: |-',
        '    - { op: add, path: /spec/replicas, value: 2 }',
        '- path: p.yaml',
      ),
      'over/p.yaml': patch('{rules: []}').replace('name: orders', 'name: other'),
    };
    const { read, stdout } = await callMigrate({ ...base, ...files }, ['base', 'over', '--write']);
    expect(read('base/apirule.yaml')).toContain('noAuth: true');
    expect(stdout.match(/migrate-patch /g)).toHaveLength(1);
  });
});

describe('Helm', () => {
  test('templates of a chart are left, located, and named with what to do', async () => {
    const template = `{{- if .Values.on }}\n${oldText('orders').replace('shop', '{{ .Release.Namespace }}')}{{- end }}\n`;
    const files = {
      'chart/Chart.yaml': 'name: c\n',
      'chart/values.yaml': 'on: true\n',
      'chart/templates/a.yaml': template,
      'k/s.yaml': serviceText(),
    };
    const { exit, stdout, read } = await callMigrate(files, ['chart', 'k', '--write']);
    expect([exit, read('chart/templates/a.yaml')]).toEqual([1, template]);
    expect(stdout).toMatch(
      /^chart\/templates\/a\.yaml:3\n {2}FAIL {2}migrate-template .*v1beta1.*\n.*helm template chart \| kyma-guard migrate -/m,
    );
  });

  test('what was rendered is migrated, and the template is named', async () => {
    const rendered = `---\n# Source: shop/templates/api-rule.yaml\n${oldText()}---\n# Source: shop/templates/service.yaml\n${serviceText()}`;
    const { exit, stdout, stderr } = await callMigrate({}, ['-'], { readStdin: async () => rendered });
    expect([
      exit,
      stdout.startsWith('---\n# Source: shop/templates/api-rule.yaml\n# APIRule orders\napiVersion: gateway.kyma-project.io/v2\n'),
    ]).toEqual([0, true]);
    expect(stderr).toContain('it was rendered from shop/templates/api-rule.yaml');
  });

  test.each([
    [
      'a template that is no YAML',
      '{{- if .x }}\nkind: APIRule\napiVersion: gateway.kyma-project.io/v1alpha1\n{{- end }}\n',
      'migrate-template',
    ],
    ['a variable in a text', oldText().replace('orders.example.com', 'orders.${DOMAIN}'), 'migrate-placeholder'],
    ['a variable of kustomize', oldText().replace('orders.example.com', 'orders.$(DOMAIN)'), 'migrate-placeholder'],
    ['a variable where a number stood', oldText().replace('8080', '"${PORT}"'), 'migrate-placeholder'],
  ])('%s outside of charts is left, too', async (_, text, id) => {
    const { exit, stdout, read } = await callMigrate({ 'k/a.yaml': text, 'k/b.yaml': oldText('other') }, ['k', '--write']);
    expect([exit, read('k/a.yaml')]).toEqual([1, text]);
    expect(stdout).toMatch(new RegExp(`^k/a\\.yaml:\\d+.*\\n  FAIL  ${id} `, 'm'));
    expect(read('k/b.yaml')).toContain('noAuth: true');
  });

  test('templates of Oathkeeper in mutators are no placeholders', async () => {
    const text = `${oldText()}      mutators:\n        - handler: header\n          config: { headers: { X-User: "{{ print .Subject }}" } }\n`;
    const { stdout } = await callMigrate({ 'a.yaml': text }, ['a.yaml', '--write']);
    expect(stdout).not.toContain('migrate-placeholder');
  });
});

describe('several places', () => {
  test('the same APIRule in two trees is one, and both files are written', async () => {
    const files = { 'a/rule.yaml': oldText(), 'b/rule.yaml': oldText() };
    const { exit, stdout, read } = await callMigrate(files, ['a', 'b', '--write']);
    expect([exit, read('a/rule.yaml')]).toEqual([0, read('b/rule.yaml')]);
    expect(read('a/rule.yaml')).toContain('noAuth: true');
    expect(stdout.match(/^APIRule shop\/orders/gm)).toHaveLength(1);
  });

  test('an APIRule that only the cluster holds has no place in the trees, so that its workload waits', async () => {
    const files = { 'k/rule.yaml': oldText('a', { service: 'one' }), 'dump.yaml': oldText('b', { service: 'one' }) };
    const { exit, stdout, read } = await callMigrate(files, ['k', '--live', 'dump.yaml', '--write']);
    expect([exit, read('k/rule.yaml')]).toEqual([1, files['k/rule.yaml']]);
    expect(stdout).toContain('only the cluster holds it');
  });

  test('names of a dump lead out of no folder', async () => {
    const text = oldText().replaceAll('namespace: shop', 'namespace: ../../..').replace('name: orders\n', 'name: ../evil\n');
    const { folder, stdout } = await callMigrate({ 'k/s.yaml': serviceText(), 'dump.yaml': text }, [
      'k',
      '--live',
      'dump.yaml',
      '--out',
      'out',
    ]);
    const written = [...stdout.matchAll(/^wrote (.*)$/gm)].map(([, path]) => path);
    expect([
      folder !== '',
      written.filter((path) => !/^out\/live\/name-[0-9a-f]{8}\/name-[0-9a-f]{8}(\.companions)?\.yaml$/.test(path ?? '')),
    ]).toEqual([true, []]);
  });
});
