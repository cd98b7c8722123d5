import { isOldVersion, rewriteAll, spec } from '../../support/rewrite';

const version = 'gateway.kyma-project.io/v2';

describe('what surrounds the spec stays byte for byte', () => {
  test.each([
    [
      'comments, quotes and order of the rest',
      `# head\n---\n# about\nkind: "APIRule"   # k\napiVersion: gateway.kyma-project.io/v1beta1 # v\nmetadata:   {name: a,   labels: {x: 'y'}}\nspec:\n  host: a.b\n  rules: []\n\n# after\n`,
    ],
    [
      'documents before and behind',
      `a: 1\n---\nkind: APIRule\napiVersion: gateway.kyma-project.io/v1beta1\nmetadata: {name: a}\nspec:\n  host: a\n...\n---\n# note\nkind: Service\napiVersion:   v1\nmetadata: { name:   s }\n`,
    ],
    ['quotes of the version', `kind: APIRule\napiVersion: "gateway.kyma-project.io/v1beta1"\nmetadata: {name: a}\nspec:\n  host: a`],
    [
      'the line ends of Windows',
      `kind: APIRule\r\napiVersion: gateway.kyma-project.io/v1beta1\r\nmetadata:\r\n  name: a\r\nspec:\r\n  host: a\r\n# end\r\n`,
    ],
    ['no line end at the end', `kind: APIRule\napiVersion: gateway.kyma-project.io/v1beta1\nmetadata: {name: a}\nspec:\n  host: a`],
    [
      'what stands behind the spec',
      `kind: APIRule\napiVersion: gateway.kyma-project.io/v1beta1\nspec:\n  host: a\n  # the end of it\n\nmetadata:\n  name: a\n`,
    ],
  ])('%s', (_, text) => {
    const { text: after, refused } = rewriteAll(text, spec('/*'));
    expect(refused).toEqual([]);
    const outer = (whole: string) =>
      whole
        .replace(/gateway\.kyma-project\.io\/v(2|1beta1)/, 'VERSION')
        .replace(/(spec:\r?\n)(?:  [^#][^]*?)(?=\r?\n(?!  )|\r?\n  #|$)/, '$1SPEC');
    expect(outer(after)).toBe(outer(text));
    expect(after).toContain(version);
    expect(after.includes('\n') && text.includes('\r') ? /[^\r]\n/.test(after) : false).toBe(false);
  });
});

test('comments of the spec stay with their rules, wherever these stand now', () => {
  const before = `apiVersion: gateway.kyma-project.io/v1beta1
kind: APIRule
metadata:
  name: a
spec: # what it is
  # the name
  host: a.example.com # old domain
  gateway: 'kyma-system/kyma-gateway'
  rules:
    # everybody
    - path: /.*
      methods: ["GET", "POST"] # both
      accessStrategies:
        - handler: allow # on purpose
    # only with a token
    - path: /admin
      methods: ["GET"]
      accessStrategies:
        - handler: jwt
          config:
            # the first tenant
            jwks_urls: []
`;
  const { text } = rewriteAll(
    before,
    {
      hosts: ['a.example.com'],
      gateway: 'kyma-system/kyma-gateway',
      rules: [
        { path: '/admin', methods: ['GET'], jwt: { authentications: [] } },
        { path: '/*', methods: ['GET', 'POST'], noAuth: true },
      ],
    },
    [1, 0],
  );
  expect(text).toBe(`apiVersion: gateway.kyma-project.io/v2
kind: APIRule
metadata:
  name: a
spec: # what it is
  # the name
  hosts:
    # old domain
    - a.example.com
  gateway: 'kyma-system/kyma-gateway'
  rules:
    # only with a token
    - path: /admin
      methods: ["GET"]
      jwt:
        # the first tenant
        authentications: []
    # everybody
    - path: /*
      methods: ["GET", "POST"] # both
      # on purpose
      noAuth: true
`);
});

test('a rule that became two keeps its comments once', () => {
  const before = `apiVersion: gateway.kyma-project.io/v1beta1
kind: APIRule
metadata: {name: a}
spec:
  rules:
  # here and below
  - path: /foo(/.*)?
    methods: [GET]
`;
  const rules = ['/foo', '/foo/{**}'].map((path) => ({ path, methods: ['GET'], noAuth: true }));
  expect(rewriteAll(before, { rules }, [0, 0]).text).toBe(`apiVersion: gateway.kyma-project.io/v2
kind: APIRule
metadata: {name: a}
spec:
  rules:
  # here and below
  - path: /foo
    methods: [GET]
    noAuth: true
  - path: /foo/{**}
    methods:
    - GET
    noAuth: true
`);
});

test('two APIRules of a List are written, and what stands between them stays', () => {
  const item = (name: string, version: string, body: string) =>
    `  - apiVersion: gateway.kyma-project.io/${version}\n    kind: APIRule\n    metadata: {name: ${name}}\n${body}`;
  const old = '    spec:\n      host: a\n';
  const service = '  # a service\n  - {apiVersion: v1,  kind: Service, metadata: {name: s}}\n';
  const head = 'apiVersion: v1\nkind: List\nitems:\n';
  const now = '    spec:\n      hosts:\n        - a\n';
  const { text } = rewriteAll(head + item('a', 'v1beta1', old) + service + item('b', 'v1alpha1', old), { hosts: ['a'] });
  expect(text).toBe(head + item('a', 'v2', now) + service + item('b', 'v2', now));
});

describe('JSON stays JSON', () => {
  const object = {
    apiVersion: 'gateway.kyma-project.io/v1beta1',
    kind: 'APIRule',
    metadata: { name: 'a' },
    spec: { host: 'a', rules: [] },
  };
  const now = { ...object, apiVersion: version, spec: { hosts: ['a'] } };
  test.each([
    ['indented by two', JSON.stringify(object, null, 2), JSON.stringify(now, null, 2)],
    ['indented by four', `${JSON.stringify(object, null, 4)}\n`, `${JSON.stringify(now, null, 4)}\n`],
    ['indented by a tab', JSON.stringify(object, null, '\t'), JSON.stringify(now, null, '\t')],
    ['on one line', JSON.stringify(object), JSON.stringify(now)],
    [
      'a List',
      JSON.stringify({ kind: 'List', items: [object, object] }, null, 2),
      JSON.stringify({ kind: 'List', items: [now, now] }, null, 2),
    ],
    [
      'with the line ends of Windows',
      JSON.stringify(object, null, 2).replaceAll('\n', '\r\n'),
      JSON.stringify(now, null, 2).replaceAll('\n', '\r\n'),
    ],
  ])('%s', (_, before, after) => {
    expect(rewriteAll(before, { hosts: ['a'] })).toEqual({ text: after, refused: [] });
  });
});

describe('anchors and aliases', () => {
  test('an alias in the spec becomes what it stands for', () => {
    const before = `x-common: &methods [GET]\napiVersion: gateway.kyma-project.io/v1beta1\nkind: APIRule\nmetadata: {name: a}\nspec:\n  # both\n  rules:\n    - path: /a\n      methods: *methods\n    - path: /b\n      methods: *methods\n`;
    const rules = ['/a', '/b'].map((path) => ({ path, methods: ['GET'] }));
    const { text, refused } = rewriteAll(before, { rules }, [0, 1]);
    expect([refused, text]).toEqual([[], before.replace('v1beta1', 'v2').replaceAll('methods: *methods', 'methods:\n        - GET')]);
  });

  test('an alias elsewhere of something in the spec says what it stood for', () => {
    const before = `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: gateway.kyma-project.io/v1beta1\n    kind: APIRule\n    metadata: {name: a}\n    spec:\n      host: &host a.b\n      service: &svc {name: s}\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: c}\n    data: {host: *host}\n    more: *svc\n`;
    const { text, refused } = rewriteAll(before, { hosts: ['a.b'] });
    expect([refused, text.slice(text.indexOf('  - apiVersion: v1'))]).toEqual([
      [],
      '  - apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: c}\n    data: {host: "a.b"}\n    more: {"name":"s"}\n',
    ]);
  });

  test('a version with an anchor that another object repeats is not changed behind its back', () => {
    const before = `kind: List\napiVersion: v1\nitems:\n  - apiVersion: &v gateway.kyma-project.io/v1beta1\n    kind: APIRule\n    metadata: {name: a}\n    spec: {host: a}\n  - apiVersion: *v\n    kind: Other\n    metadata: {name: b}\n`;
    expect(rewriteAll(before, { hosts: ['a'] }).text).toContain('apiVersion: "gateway.kyma-project.io/v1beta1"\n    kind: Other');
  });
});

test('an object of a cluster becomes a clean manifest, with its comments', () => {
  const before = `apiVersion: gateway.kyma-project.io/v2
kind: APIRule
metadata:
  # who owns it
  name: a
  uid: 1-2
  annotations:
    gateway.kyma-project.io/original-version: v1beta1
    gateway.kyma-project.io/v1beta1-spec: '{}'
    team: geo # ours
spec: {}
status:
  state: Ready
`;
  const { text } = rewriteAll(before, { hosts: ['a'] }, [0], { metadata: { name: 'a', annotations: { team: 'geo' } } });
  expect(text).toBe(`apiVersion: gateway.kyma-project.io/v2
kind: APIRule
metadata:
  # who owns it
  name: a
  annotations:
    team: geo # ours
spec:
  hosts:
    - a
`);
});

test('the helper picks old objects only', () => {
  expect([isOldVersion('gateway.kyma-project.io/v1beta1'), isOldVersion('v1')]).toEqual([true, false]);
});
