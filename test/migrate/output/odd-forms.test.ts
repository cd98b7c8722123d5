import { readManifests } from '../../../src/model/read-manifests';
import { rewriteAll } from '../../support/rewrite';

const head = 'apiVersion: gateway.kyma-project.io/v1beta1\nkind: APIRule\nmetadata: {name: a}\n';
const newSpec = { hosts: ['a.b'], rules: [{ path: '/*', methods: ['GET'], noAuth: true }] };
const oldRules = '[{path: /.*, methods: [GET], accessStrategies: [{handler: noop}]}]';

test.each<[string, string, string[]]>([
  [
    'braces over several lines, with comments',
    `${head}spec: {\n  host: a.b, # the host\n  # all of them\n  rules: ${oldRules}\n}\n# end\n`,
    ['# the host', '# all of them', '# end'],
  ],
  [
    'quoted keys',
    `"apiVersion": "gateway.kyma-project.io/v1beta1"\n'kind': APIRule\nmetadata: {name: a}\n"spec":\n  "host": a.b\n  'rules': ${oldRules}\n`,
    ['"spec":', "'rules':"],
  ],
  [
    'a text of several lines',
    `${head}spec:\n  host: a.b\n  rules:\n    - path: /.*\n      methods: [GET]\n      accessStrategies:\n        - handler: noop\n      mutators:\n        - handler: header\n          config:\n            headers:\n              X-A: |\n                one\n                two\n\n# end\n`,
    ['\n\n# end\n'],
  ],
  ['an anchor at the spec', `${head}spec: &s # anchored\n  host: a.b\n  rules: ${oldRules}\n`, ['# anchored']],
  ['a tag at the spec', `${head}spec: !!map\n  host: a.b\n  rules: ${oldRules}\n`, []],
  [
    'a directive and marks',
    `%YAML 1.2\n--- # begin\n${head}spec:\n  host: a.b\n  rules: ${oldRules}\n...\n`,
    ['%YAML 1.2\n--- # begin\n', '\n...\n'],
  ],
  ['spaces at the ends of lines', `${head}spec:   \n  host: a.b  \n  rules: ${oldRules}   \nx-more: 1   \n`, ['x-more: 1   \n']],
  [
    'letters outside the first plane',
    `# 😀 ${'😀'.repeat(5)}\n${head.replace('name: a', 'name: a, labels: {x: "😀"}')}spec:\n  # 😀\n  host: a.b\n  rules: ${oldRules}\n`,
    ['{x: "😀"}', '  # 😀\n'],
  ],
  [
    'a list at the column of its key',
    `${head}spec:\n  host: a.b\n  rules:\n  - path: /.*\n    methods:\n    - GET\n    accessStrategies:\n    - handler: noop\n`,
    ['\n  - path: /*\n    methods:\n    - GET\n'],
  ],
  [
    'the dash before the first key of a List',
    `kind: List\napiVersion: v1\nitems:\n- spec:\n    host: a.b\n    rules: ${oldRules}\n  apiVersion: gateway.kyma-project.io/v1beta1\n  kind: APIRule\n  metadata: {name: a}\n`,
    ['- spec:\n    hosts:', '  kind: APIRule\n'],
  ],
  ['keys that are given as explicit ones', `${head}? spec\n: host: a.b\n  rules: ${oldRules}\n`, []],
  ['a spec behind the last line break of the file', `${head}spec: {host: a.b, rules: ${oldRules}}`, []],
])('%s', (_, before, kept) => {
  expect(readManifests(before, 'a').problems).toEqual([]);
  const { text, refused } = rewriteAll(before, newSpec);
  expect(refused).toEqual([]);
  const { manifests, problems } = readManifests(text, 'a');
  expect([problems, manifests.map(({ body }) => [body['apiVersion'], body['spec']])]).toEqual([
    [],
    [['gateway.kyma-project.io/v2', newSpec]],
  ]);
  expect(kept.filter((part) => !text.includes(part))).toEqual([]);
});

test('an APIRule that another one repeats by an alias is refused, and the text stays', () => {
  const before = `kind: List\napiVersion: v1\nitems:\n  - &one\n    ${head.trim().replaceAll('\n', '\n    ')}\n    spec: {host: a.b, rules: []}\n  - *one\n`;
  const { text, refused } = rewriteAll(before, newSpec);
  expect([text, refused.length > 0]).toEqual([before, true]);
});
