import { readManifests } from '../../../src/model/read-manifests';
import { exampleBinding, rotation } from '../../../src/validate/rules/controller/example-binding';
import { exampleFunction } from '../../../src/validate/rules/controller/example-function';
import { exampleSecret } from '../../../src/validate/rules/controller/example-instance';
import { controllerLines } from '../../support/controller-lines';
import { validateText } from '../../support/validate';

const withMembers = (...members: string[]) => exampleBinding({ members: [rotation, ...members] });
const policy = (text: string) => exampleBinding({ members: [`credentialsRotationPolicy: ${text}`] });
const x509 = (members: string, rotating = rotation) =>
  exampleBinding({ members: [rotating, `parameters: { credential-type: x509, x509: ${members} }`] });
const identity = (members: string) => withMembers(`parameters: { credential-type: X509_GENERATED, ${members} }`);
const mounting = (secretName: string, more = '') =>
  `---\n${exampleFunction({ members: [`secretMounts: [{ secretName: ${secretName}, mountPath: /bindings/x }]`] })}${more}`;
const frequency = 'spec.credentialsRotationPolicy.rotationFrequency';

/** What is given, the manifests, and all that is said of them. */
type Row = readonly [string, string, readonly string[]];

const rotations: readonly Row[] = [
  ...['72h', '1h30m', '1.5h', '90m', '5400s', '+2h'].map((span): Row => [
    `a rotation every ${span}`,
    policy(`{ enabled: true, rotationFrequency: "${span}" }`),
    [],
  ]),
  ...['3d', '72', '0h', '-1h', '1h 30m', ''].map((span): Row => [
    `a rotation every "${span}"`,
    policy(`{ enabled: true, rotationFrequency: "${span}" }`),
    [`high binding-rotation ${frequency}`],
  ]),
  [
    'a time to live in weeks',
    policy('{ enabled: true, rotatedBindingTTL: 1w }'),
    ['high binding-rotation spec.credentialsRotationPolicy.rotatedBindingTTL'],
  ],
  ['no rotation', exampleBinding(), ['low binding-rotation-off spec']],
  ['rotation that is off', policy('{ enabled: false }'), ['low binding-rotation-off spec.credentialsRotationPolicy']],
  ['an old binding', exampleBinding({ metadata: "labels: { services.cloud.sap.com/stale: 'true' }" }), []],
  [
    'an old binding that rotates',
    exampleBinding({ metadata: 'labels: { services.cloud.sap.com/rotationOf: orders }', members: [rotation] }),
    ['high binding-rotated spec.credentialsRotationPolicy.enabled'],
  ],
];

const certificates: readonly Row[] = [
  ['a certificate of seven days', x509('{}'), []],
  [
    'a certificate of five days, as long as it is in use',
    x509('{ validity: 5 }'),
    ['medium binding-expiry spec.credentialsRotationPolicy'],
  ],
  ['a certificate of six days', x509('{ validity: 6 }'), []],
  [
    'a certificate without rotation',
    exampleBinding({ members: ['parameters: { credential-type: x509 }'] }),
    ['medium binding-expiry spec.credentialsRotationPolicy'],
  ],
  [
    'a certificate of an old binding',
    exampleBinding({ metadata: "labels: { services.cloud.sap.com/stale: 'true' }", members: ['parameters: { credential-type: x509 }'] }),
    [],
  ],
  ['a certificate of 30 days', x509('{ validity: 30, validity-type: DAYS }'), []],
  ['a certificate of 31 days', x509('{ validity: 31 }'), ['high binding-x509 spec.parameters.x509.validity']],
  ['a certificate of a month', x509('{ validity: 7, validity-type: MONTHS }'), ['high binding-x509 spec.parameters.x509.validity-type']],
  ['a long key', x509('{ key-length: 8192 }'), []],
  ['a short key', x509('{ key-length: 1024 }'), ['high binding-x509 spec.parameters.x509.key-length']],
  [
    'a certificate of its own',
    exampleBinding({ members: [rotation, 'parameters: { credential-type: x509, x509: { certificate: pem } }'] }),
    [],
  ],
  ['a certificate of Identity', identity('key-length: 4096, validity: 30, validity-type: DAYS, app-identifier: orders'), []],
  ['a certificate of Identity with a longer key', identity('key-length: 8192'), ['high binding-x509 spec.parameters.key-length']],
  ['a certificate of Identity that ends too early', identity('validity: 1'), ['medium binding-expiry spec.credentialsRotationPolicy']],
  ['a long app-identifier', identity(`app-identifier: ${'x'.repeat(21)}`), ['high binding-x509 spec.parameters.app-identifier']],
];

const names: readonly Row[] = [
  ['a Secret that a Function mounts', withMembers('secretName: orders-key') + mounting('orders-key'), []],
  ['a dotted Secret that nobody mounts', withMembers('secretName: orders.key'), ['info binding-name spec.secretName']],
  [
    'a dotted Secret that a Function mounts',
    withMembers('secretName: orders.key') + mounting('orders.key'),
    ['high function-volume-name spec.secretMounts[0].secretName', 'medium binding-name spec.secretName'],
  ],
  ['a dotted binding with another Secret', exampleBinding({ name: 'orders.x', members: [rotation, 'secretName: orders-key'] }), []],
  ['a Secret in capitals', withMembers('secretName: Orders'), ['high binding-name spec.secretName']],
  ['an external name of 100 characters', withMembers(`externalName: ${'x'.repeat(100)}`), []],
  ['an external name of 101 characters', withMembers(`externalName: ${'x'.repeat(101)}`), ['high binding-external-name spec.externalName']],
  [
    'a name of 101 characters that becomes the external one',
    exampleBinding({ name: 'x'.repeat(101), members: [rotation, 'secretName: orders'] }),
    ['high binding-external-name metadata.name'],
  ],
];

const template = (text: string) => withMembers(`secretTemplate: ${JSON.stringify(text)}`);
const documented = `apiVersion: v1
kind: Secret
metadata:
  labels:
    plan: {{ .instance.plan }}
stringData:
  {{- range $key, $value := .credentials }}
  {{ $key }}: {{ $value | quote }}
  {{- end }}
  json: '{"a":{"b":{{ .credentials.x }}}}'
`;
const unreadable = 'low binding-unreadable spec.secretTemplate';

const formats: readonly Row[] = [
  ['secretKey', withMembers('secretKey: credentials') + mounting('orders-xsuaa'), []],
  ['secretRootKey for somebody else', withMembers('secretRootKey: all'), ['low binding-unreadable spec.secretRootKey']],
  [
    'secretRootKey for a Function',
    withMembers('secretRootKey: all') + mounting('orders-xsuaa'),
    ['medium binding-unreadable spec.secretRootKey'],
  ],
  ['a template as documented', template(documented), [unreadable]],
  ['a template with .metadata', template(`${documented}  .metadata: '{}'\n`) + mounting('orders-xsuaa'), []],
  [
    'a template with an open action',
    template('stringData: { a: "{{ .credentials.x }" }'),
    ['high binding-template spec.secretTemplate', unreadable],
  ],
  ['a template of a ConfigMap', template('kind: ConfigMap'), ['high binding-template spec.secretTemplate', unreadable]],
  [
    'a template with a name',
    template('metadata: { name: x, labels: { a: b } }'),
    ['high binding-template spec.secretTemplate', unreadable],
  ],
  ['a template whose structure its actions decide', template('{{ if .x }}\nmetadata: {\n{{ end }}'), [unreadable]],
];

const from = 'parametersFrom: [{ secretKeyRef: { name: more, key: json } }]';
const secret = (text: string, key = 'json') => `---\n${exampleSecret('more', key, text)}`;
const conflict = 'high instance-parameters-conflict spec.parametersFrom[0]';

const parameters: readonly Row[] = [
  ['parameters of a Secret elsewhere', withMembers(from), []],
  ['other parameters of a Secret', withMembers(from, 'parameters: { a: 1 }') + secret('{"b":2}'), []],
  ['a parameter that comes twice', withMembers(from, 'parameters: { a: 1 }') + secret('{"a":1,"b":2}'), [conflict]],
  ['a Secret without the key', withMembers(from) + secret('{}', 'other'), [conflict]],
  ['a Secret with a list', withMembers(from) + secret('[]'), [conflict]],
  ['a Secret with no JSON', withMembers(from) + secret('a=b'), [conflict]],
  [
    'one Secret named twice',
    withMembers('parametersFrom: [{ secretKeyRef: { name: more, key: json } }, { secretKeyRef: { name: more, key: json } }]'),
    ['high instance-parameters-conflict spec.parametersFrom[1]'],
  ],
  ['userInfo', withMembers('userInfo: { username: ci }'), ['low binding-user-info spec.userInfo']],
  ['userInfo of the cluster', exampleBinding({ metadata: 'uid: x', members: [rotation, 'userInfo: { username: ci }'] }), []],
];

describe.each(Object.entries({ rotations, certificates, names, formats, parameters }))('a binding, %s', (_, rows) => {
  test.each(rows)('%s', async (_title, yaml, expected) => {
    expect((await controllerLines(yaml)).sort()).toEqual([...expected].sort());
  });
});

const before = withMembers('secretName: orders-key', 'parameters: { a: { b: 1, c: 2 } }');
const after = (...members: string[]) => withMembers('secretName: orders-key', ...members);

test.each<readonly [string, string, readonly string[]]>([
  ['nothing', before, []],
  ['the order of parameters', after('parameters: { a: { c: 2, b: 1 } }'), []],
  ['the rotation', before.replace('72h', '24h'), []],
  [
    'the template',
    after('parameters: { a: { b: 1, c: 2 } }', 'secretTemplate: "kind: Secret"'),
    ['low binding-unreadable spec.secretTemplate'],
  ],
  [
    'a default that is written out',
    after('parameters: { a: { b: 1, c: 2 } }', 'externalName: orders-xsuaa', 'serviceInstanceNamespace: shop'),
    [],
  ],
  ['a parameter', after('parameters: { a: { b: 2, c: 2 } }'), ['high binding-immutable spec.parameters']],
  ['parameters that are gone', after(), ['high binding-immutable spec']],
  ['the Secret', before.replace('orders-key', 'orders-keys'), ['high binding-immutable spec.secretName']],
  ['the key in it', `${before.trimEnd()}\n  secretKey: all\n`, ['high binding-immutable spec.secretKey']],
  [
    'the instance',
    before.replace('serviceInstanceName: orders', 'serviceInstanceName: other'),
    ['high binding-immutable spec.serviceInstanceName'],
  ],
  ['the name', before.replace('name: orders-xsuaa', 'name: orders-xsuaa-2').replace('orders-key', 'orders-keys'), []],
])('against an earlier binding, a change of %s', async (_, yaml, expected) => {
  expect(await controllerLines(yaml, before)).toEqual(expected);
});

test('a change of a binding that has no credentials yet is an update', async () => {
  const failed = `${before}status: { conditions: [] }\n`;
  expect(await controllerLines(before.replace('b: 1', 'b: 2'), failed)).toEqual([]);
  expect(await controllerLines(before.replace('b: 1', 'b: 2'), failed.replace('conditions: []', 'bindingID: x'))).not.toEqual([]);
});

test('a refused change is quoted as the operator puts it, with the name of a new binding', async () => {
  const { manifests } = readManifests(before, 'earlier.yaml');
  const [result] = await validateText(before.replace('b: 1', 'b: 2'), { select: ['binding-immutable'], against: manifests });
  expect(result?.reason).toBe('updating service bindings is not supported');
  expect(result?.fix).toContain('orders-xsuaa-2 with another spec.secretName');
});
