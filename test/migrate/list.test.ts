import { callMigrate, oldText, serviceText } from '../support/migrate-call';

const v2 = `apiVersion: gateway.kyma-project.io/v2
kind: APIRule
metadata: { name: new, namespace: shop }
spec:
  gateway: kyma-system/kyma-gateway
  hosts: [new.example.com]
  service: { name: orders, port: 8080 }
  rules: [{ path: /*, methods: [GET], noAuth: true }]
`;
const half = oldText('half').replace('v1beta1', 'v2');
const leftover =
  'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: allow-migration-orders, namespace: shop }\nspec: {}\n';

test('the inventory tells by workload what is old, half-migrated, done and unreadable, and what is missing', async () => {
  const files = {
    'k/a.yaml': oldText('old', { service: 'orders', handler: 'magic' }),
    'k/b.yaml': v2,
    'k/c.yaml': half,
    'k/d.yaml': oldText('waiting').replace('waiting.example.com', '${HOST}'),
    'k/e.yaml': `${leftover}---\n${serviceText()}`,
  };
  const { exit, stdout, read } = await callMigrate(files, ['k', '--list']);
  expect([exit, stdout]).toEqual([
    1,
    `Workload shop/orders
  old            shop/old      v1beta1; magic  (k/a.yaml:2)
                 by hand: ${/by hand: (.*)/.exec(stdout)?.[1] ?? ''}
  done           shop/new      v2; noAuth  (k/b.yaml:1)

Workload shop/half
  half-migrated  shop/half     v2; noop  (k/c.yaml:2)

Workload shop/waiting
  cannot be read shop/waiting  v1beta1  (k/d.yaml:2)

To be deleted when everything is migrated:
  AuthorizationPolicy shop/allow-migration-orders at k/e.yaml:1

4 APIRules: 1 done, 1 old, 1 half-migrated, 1 cannot be read
`,
  ]);
  expect(stdout).toMatch(/by hand: .*magic/);
  expect(Object.keys(files).filter((path) => read(path) !== files[path as keyof typeof files])).toEqual([]);
});

test('an inventory of what is done ends well', async () => {
  const { exit, stdout } = await callMigrate({ 'a.yaml': v2 }, ['a.yaml', '--list']);
  expect([exit, stdout]).toEqual([0, expect.stringContaining('1 APIRule: 1 done')]);
});

test('as JSON it is a list for programs', async () => {
  const { stdout } = await callMigrate({ 'a.yaml': oldText() }, ['a.yaml', '--list', '--format', 'json']);
  const { data, results } = JSON.parse(stdout) as { data: { inventory: unknown[] }; results: { id: string; status: string }[] };
  expect([data.inventory, results.map(({ id, status }) => `${id} ${status}`)]).toEqual([
    [
      {
        apiRule: 'shop/orders',
        file: 'a.yaml',
        line: 2,
        version: 'v1beta1',
        services: ['shop/orders'],
        where: 'tree',
        state: 'old',
        handlers: ['noop'],
        issuers: [],
        missing: [],
      },
    ],
    ['migrate-state fail'],
  ]);
});

describe('what holds old APIRules and is none itself is listed, and not done', () => {
  test.each([
    [
      'a template of a chart',
      { 'k/Chart.yaml': 'apiVersion: v2\nname: k\nversion: 0.1.0\n', 'k/templates/rule.yaml': oldText('{{ .Release.Name }}') },
      /k\/templates\/rule\.yaml:\d+ {2}a template of an APIRule/,
    ],
    [
      'a patch of Kustomize',
      {
        'k/kustomization.yaml': 'patches: [{ path: p.yaml }]\n',
        'k/p.yaml':
          'apiVersion: gateway.kyma-project.io/v1beta1\nkind: APIRule\nmetadata: { name: a, namespace: shop }\nspec: { host: b }\n',
      },
      /k\/p\.yaml:1 {2}a patch of APIRule a/,
    ],
  ])('%s', async (_, files, line) => {
    const { exit, stdout } = await callMigrate(files, ['k', '--list']);
    expect([exit, stdout]).toEqual([1, expect.stringMatching(line)]);
    expect(stdout).not.toContain('No APIRule');
  });
});

describe('a rule whose authorizer an earlier run left to be named is not finished', () => {
  const waiting = v2.replace('noAuth: true', 'extAuth: { authorizers: [fill-in-the-name-of-an-authorizer] }');

  test.each([
    [
      waiting,
      1,
      /rule\.yaml:8:\d+ .*spec\.rules\[0\]\.extAuth\.authorizers\[0\]\n {2}FAIL {2}migrate-ext-auth/,
      /unfinished .*v2; extAuth.*\n +by hand: .*authorizers\[0\] is still to be named/,
    ],
    [waiting.replace(/fill[\w-]+/, 'oauth2-proxy'), 0, /./, /done .*v2; extAuth/],
  ])('%#', async (text, exit, said, listed) => {
    const run = await callMigrate({ 'rule.yaml': text }, ['rule.yaml']);
    const list = await callMigrate({ 'rule.yaml': text }, ['rule.yaml', '--list']);
    expect([run.exit, list.exit]).toEqual([exit, exit]);
    expect(run.stderr + run.stdout).toMatch(said);
    expect(list.stdout).toMatch(listed);
  });
});

test('in Markdown what is to be done stands apart from what is, and a report without a file is told its form', async () => {
  const files = { 'a.yaml': oldText('orders', { handler: 'cookie_session' }) };
  const { read } = await callMigrate(files, ['a.yaml', '--report', 'markdown=m.md']);
  expect(read('m.md')).toMatch(/stays in force; \*to do\*: Run an authorizer/);
  const { exit, stderr } = await callMigrate(files, ['a.yaml', '--report', 'html']);
  expect([exit, stderr]).toEqual([2, expect.stringContaining('--report is "html"; give FORMAT=FILE, such as html=report.html')]);
});
