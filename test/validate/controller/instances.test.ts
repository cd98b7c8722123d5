import { exampleInstance, exampleSecret, watched } from '../../../src/validate/rules/controller/example-instance';
import { controllerLines } from '../../support/controller-lines';

const descriptor = (members: string) => exampleInstance({ parameters: `{ xsappname: orders, ${members} }` });
const oauth = (members: string) => descriptor(`oauth2-configuration: { ${members} }`);
const many = (count: number, entry: (index: number) => string) => `[${Array.from({ length: count }, (_, i) => entry(i)).join(', ')}]`;
const root = 'spec.parameters';

/** What is given, the manifests, and all that is said of them. */
type Row = readonly [string, string, readonly string[]];

const instances: readonly Row[] = [
  ['an instance without parameters', exampleInstance({ parameters: '{}' }), []],
  ['a name with a dot', exampleInstance({ name: 'orders.eu' }), []],
  ['a name of 253 characters', exampleInstance({ name: 'x'.repeat(253) }), []],
  ['a name of 254 characters', exampleInstance({ name: 'x'.repeat(254) }), ['high instance-name metadata.name']],
  ['a name in capitals', exampleInstance({ name: 'Orders' }), ['high instance-name metadata.name']],
  [
    'another service with its own parameters',
    exampleInstance({ offering: 'destination', plan: 'lite', parameters: '{ scope: x, xsappname: "!" }' }),
    [],
  ],
  ['the plan of API access', exampleInstance({ plan: 'apiaccess', parameters: '{ scope: x }' }), ['low xsuaa-plan spec.servicePlanName']],
  ['the plan broker', exampleInstance({ plan: 'broker' }), []],
  ['a misspelt plan', exampleInstance({ plan: 'aplication' }), ['medium xsuaa-plan spec.servicePlanName']],
  ['a plan that is not known', exampleInstance({ plan: 'quantum' }), ['low xsuaa-plan spec.servicePlanName']],
  ['an old plan', exampleInstance({ plan: 'space' }), ['low xsuaa-plan spec.servicePlanName']],
  ['a watched Secret of 52 characters', exampleInstance({ members: watched('x'.repeat(52)) }), []],
  [
    'a watched Secret of 53 characters',
    exampleInstance({ members: watched('x'.repeat(53)) }),
    ['high instance-watched-name spec.parametersFrom[0].secretKeyRef.name'],
  ],
  ['a long Secret that is not watched', exampleInstance({ members: watched('x'.repeat(53)).slice(1) }), []],
  [
    'a watched Secret without its label',
    `${exampleInstance({ members: watched('more') })}---\n${exampleSecret('more', 'parameters', '{}')}`,
    ['info instance-watched-label spec.parametersFrom[0].secretKeyRef.name'],
  ],
  ['userInfo', exampleInstance({ members: ['userInfo: { username: ci }'] }), ['low instance-user-info spec.userInfo']],
  ['20 addresses at Identity', identity(`redirect-uris: ${many(20, (i) => `"https://a.example.com/${i}"`)}`), []],
  [
    '21 addresses at Identity',
    identity(`redirect-uris: ${many(21, (i) => `"https://a.example.com/${i}"`)}`),
    [`high instance-identity ${root}.oauth2-configuration.redirect-uris`],
  ],
  ['tokens of half a day at Identity', identity('token-policy: { token-validity: 43200 }'), []],
  [
    'tokens of a day at Identity',
    identity('token-policy: { token-validity: 86400 }'),
    [`high instance-identity ${root}.oauth2-configuration.token-policy.token-validity`],
  ],
];

function identity(members: string): string {
  return exampleInstance({ offering: 'identity', parameters: `{ oauth2-configuration: { ${members} } }` });
}

const appNames: readonly Row[] = [
  ...['orders', 'Orders_eu', 'a/b', 'a\\b', 'x'.repeat(100)].map((name): Row => [
    `the application name ${name}`,
    exampleInstance({ parameters: `{ xsappname: '${name}' }` }),
    [],
  ]),
  ...['orders!t1', 'a.b', 'a b', 'x'.repeat(101), ''].map((name): Row => [
    `the application name "${name}"`,
    exampleInstance({ parameters: `{ xsappname: '${name}' }` }),
    [`high xsuaa-app-name ${root}.xsappname`],
  ]),
  ...['dedicated', 'shared', 'external'].map((mode): Row => [`the tenant mode ${mode}`, descriptor(`tenant-mode: ${mode}`), []]),
  ['another tenant mode', descriptor('tenant-mode: Shared'), [`high xsuaa-tenant-mode ${root}.tenant-mode`]],
  ['a list of the wrong type', descriptor('scopes: { name: $XSAPPNAME.Read }'), [`high xsuaa-form ${root}.scopes`]],
  ['a misspelt member', descriptor('rolecollections: []'), [`medium xsuaa-form ${root}.rolecollections`]],
];

const scope = (name: string, more = '') => descriptor(`scopes: [{ name: '${name}'${more} }]`);
const scopeName = `high xsuaa-scope ${root}.scopes[0].name`;
const scopes: readonly Row[] = [
  ...['$XSAPPNAME.Read', '$XSAPPNAME.a/b:c-d_e.f', 'uaa.user', `$XSAPPNAME.${'x'.repeat(182)}`].map((name): Row => [
    `the scope ${name}`,
    scope(name),
    [],
  ]),
  ...['Read', '$XSAPPNAME..Read', '$XSAPPNAME.', '$XSAPPNAME.a b', `$XSAPPNAME.${'x'.repeat(183)}`].map((name): Row => [
    `the scope ${name}`,
    scope(name),
    [scopeName],
  ]),
  ['500 scopes', descriptor(`scopes: ${many(500, (i) => `{ name: $XSAPPNAME.S${i} }`)}`), []],
  ['501 scopes', descriptor(`scopes: ${many(501, (i) => `{ name: $XSAPPNAME.S${i} }`)}`), [`high xsuaa-scope ${root}.scopes`]],
  ['250 grants', scope('$XSAPPNAME.R', `, granted-apps: ${many(250, (i) => `a${i}`)}`), []],
  [
    '251 grants',
    scope('$XSAPPNAME.R', `, granted-apps: ${many(251, (i) => `a${i}`)}`),
    [`high xsuaa-scope ${root}.scopes[0].granted-apps`],
  ],
  ['one scope twice', descriptor('scopes: [{ name: $XSAPPNAME.R }, { name: $XSAPPNAME.R }]'), [`high xsuaa-scope ${root}.scopes[1].name`]],
  ['all authorities that are granted', descriptor('authorities: [$ACCEPT_GRANTED_AUTHORITIES]'), []],
  ['an explicit authority', descriptor("authorities: ['$XSAPPNAME(application,other).Read']"), []],
  ['a misspelt word', descriptor('authorities: [ACCEPT_GRANTED_AUTHORITIES]'), [`medium xsuaa-authority ${root}.authorities[0]`]],
  [
    'a scope that is not declared',
    descriptor('scopes: [{ name: $XSAPPNAME.Read }], authorities: [$XSAPPNAME.Raed]'),
    [`medium xsuaa-authority ${root}.authorities[0]`],
  ],
  ['a scope that is declared', descriptor('scopes: [{ name: $XSAPPNAME.Read }], authorities: [$XSAPPNAME.Read]'), []],
  ['a scope of another application', descriptor('authorities: ["$XSAPPNAME(application,other).Read"]'), []],
  ['the word of another list', descriptor('authorities: [$ACCEPT_GRANTED_SCOPES]'), [`medium xsuaa-authority ${root}.authorities[0]`]],
  ['all scopes that are granted', descriptor('foreign-scope-references: [$ACCEPT_GRANTED_SCOPES]'), []],
];

const attribute = (members: string) => descriptor(`attributes: [{ ${members} }]`);
const template = (members: string, more = '') => descriptor(`role-templates: [{ ${members} }]${more}`);
const collection = (members: string) => template('name: V', `, role-collections: [{ ${members} }]`);
const references = 'role-template-references: [$XSAPPNAME.V]';
const roles: readonly Row[] = [
  ...['string', 's', 'int', 'date'].map((type): Row => [
    `an attribute of type ${type}`,
    attribute(`name: country, valueType: ${type}`),
    [],
  ]),
  ['an attribute of another type', attribute('name: country, valueType: number'), [`high xsuaa-attribute ${root}.attributes[0].valueType`]],
  ['an attribute of 64 characters', attribute(`name: ${'x'.repeat(64)}`), []],
  ['an attribute of 65 characters', attribute(`name: ${'x'.repeat(65)}`), [`high xsuaa-attribute ${root}.attributes[0].name`]],
  ['an attribute with a dash', attribute('name: a-b'), [`high xsuaa-attribute ${root}.attributes[0].name`]],
  ['50 attributes', descriptor(`attributes: ${many(50, (i) => `{ name: a${i} }`)}`), []],
  ['51 attributes', descriptor(`attributes: ${many(51, (i) => `{ name: a${i} }`)}`), [`high xsuaa-attribute ${root}.attributes`]],
  ['a template with every character', template('name: A.b-c_1'), []],
  ['a template with a space', template('name: A b'), [`high xsuaa-role-template ${root}.role-templates[0].name`]],
  ['a template of 65 characters', template(`name: ${'x'.repeat(65)}`), [`high xsuaa-role-template ${root}.role-templates[0].name`]],
  ['a default role of 255 characters', template(`name: V, default-role-name: ${'x'.repeat(255)}`), []],
  [
    'a default role of 256 characters',
    template(`name: V, default-role-name: ${'x'.repeat(256)}`),
    [`high xsuaa-role-template ${root}.role-templates[0].default-role-name`],
  ],
  [
    '501 templates',
    descriptor(`role-templates: ${many(501, (i) => `{ name: t${i} }`)}`),
    [`high xsuaa-role-template ${root}.role-templates`],
  ],
  [
    'a scope that is not declared',
    template('name: V, scope-references: [$XSAPPNAME.R]'),
    [`high xsuaa-reference ${root}.role-templates[0].scope-references[0]`],
  ],
  ['a scope of another application', template("name: V, scope-references: ['$XSAPPNAME(application,other).R']"), []],
  [
    'an attribute that is declared',
    template('name: V, attribute-references: [country, { name: country, default-values: [DE] }]', ', attributes: [{ name: country }]'),
    [],
  ],
  [
    'an attribute that is not declared',
    template('name: V, attribute-references: [{ name: country }]'),
    [`high xsuaa-reference ${root}.role-templates[0].attribute-references[0]`],
  ],
  ['a collection', collection(`name: Order Viewers, ${references}`), []],
  ['a collection of 64 characters', collection(`name: ${'x'.repeat(64)}, ${references}`), []],
  [
    'a collection of 65 characters',
    collection(`name: ${'x'.repeat(65)}, ${references}`),
    [`high xsuaa-role-collection ${root}.role-collections[0].name`],
  ],
  ['a description of 1000 characters', collection(`name: C, description: ${'x'.repeat(1000)}, ${references}`), []],
  [
    'a description of 1001 characters',
    collection(`name: C, description: ${'x'.repeat(1001)}, ${references}`),
    [`high xsuaa-role-collection ${root}.role-collections[0].description`],
  ],
  ['a collection without templates', collection('name: C'), [`high xsuaa-role-collection ${root}.role-collections[0]`]],
  [
    'a collection of an undeclared template',
    collection('name: C, role-template-references: [$XSAPPNAME.X]'),
    [`high xsuaa-reference ${root}.role-collections[0].role-template-references[0]`],
  ],
  [
    '251 collections',
    template('name: V', `, role-collections: ${many(251, (i) => `{ name: c${i}, ${references} }`)}`),
    [`high xsuaa-role-collection ${root}.role-collections`],
  ],
];

const uris = `${root}.oauth2-configuration.redirect-uris[0]`;
const tokens: readonly Row[] = [
  ['the shortest tokens', oauth('token-validity: 60, refresh-token-validity: 60'), []],
  ['the longest tokens', oauth('token-validity: 86400, refresh-token-validity: 31536000'), []],
  ['shorter tokens', oauth('token-validity: 59'), [`high xsuaa-validity ${root}.oauth2-configuration.token-validity`]],
  ['longer tokens', oauth('token-validity: 86401'), [`high xsuaa-validity ${root}.oauth2-configuration.token-validity`]],
  [
    'longer refresh tokens',
    oauth('refresh-token-validity: 31536001'),
    [`high xsuaa-validity ${root}.oauth2-configuration.refresh-token-validity`],
  ],
  ['both types of credentials', oauth('credential-types: [x509, binding-secret]'), []],
  [
    'instance secrets',
    oauth('credential-types: [instance-secret]'),
    [`high xsuaa-credential-type ${root}.oauth2-configuration.credential-types[0]`],
  ],
  ['all system attributes', oauth('system-attributes: [groups, rolecollections, ias-corporate-idp-token, ias-token]'), []],
  [
    'an unknown system attribute',
    oauth('system-attributes: [roles]'),
    [`medium xsuaa-system-attribute ${root}.oauth2-configuration.system-attributes[0]`],
  ],
  ...[
    'https://*.shop.example.com/**',
    'https://*.example.com/**',
    'http://localhost:5000/**',
    'https://shop.example.com/login',
    'http://127.0.0.1/x',
  ].map((uri): Row => [`the address ${uri}`, oauth(`redirect-uris: ["${uri}"]`), []]),
  ...[
    'http://*',
    'https://**',
    '**',
    '*',
    'https://*/**',
    'https://*.com/**',
    'http://shop.example.com/login',
    '*://shop.example.com/',
  ].map((uri): Row => [`the address ${uri}`, oauth(`redirect-uris: ["${uri}"]`), [`low xsuaa-redirect-uri ${uris}`]]),
];

const two = (first: string, second: string) => `${first}---\n${second}`;
const elsewhere = (yaml: string) => yaml.replace('namespace: shop', 'namespace: office');
const named = (name: string, parameters: string, ...members: string[]) => exampleInstance({ name, parameters, members });
const viewers = (app: string) =>
  `{ xsappname: ${app}, role-templates: [{ name: V }], role-collections: [{ name: Viewers, ${references} }] }`;
const together: readonly Row[] = [
  ['two applications', two(named('a', '{ xsappname: a }'), named('b', '{ xsappname: b }')), []],
  [
    'one application twice',
    two(named('a', '{ xsappname: a }'), named('b', '{ xsappname: a }')),
    [`medium xsuaa-app-name-taken ${root}.xsappname`],
  ],
  [
    'one application in two namespaces',
    two(named('a', '{ xsappname: a }'), elsewhere(named('a', '{ xsappname: a }'))),
    [`low xsuaa-app-name-taken ${root}.xsappname`],
  ],
  [
    'one application in two subaccounts',
    two(named('a', '{ xsappname: a }'), named('b', '{ xsappname: a }', 'btpAccessCredentialsSecret: other')),
    [],
  ],
  [
    'one role collection twice',
    two(named('a', viewers('a')), named('b', viewers('b'))),
    [`low xsuaa-role-collection-taken ${root}.role-collections[0].name`],
  ],
];

describe.each(Object.entries({ instances, appNames, scopes, roles, tokens, together }))('an instance, %s', (_, rows) => {
  test.each(rows)('%s', async (_title, yaml, expected) => {
    expect((await controllerLines(yaml)).sort()).toEqual([...expected].sort());
  });
});

const optional = attribute('name: country, valueRequired: false');
const withDefault = (value: string) =>
  template(`name: V, attribute-references: [{ name: country, default-values: [${value}] }]`, ', attributes: [{ name: country }]');

test.each<readonly [string, string, string, readonly string[]]>([
  ['stays optional', optional, optional, []],
  ['becomes required', optional, attribute('name: country, valueRequired: true'), [`high xsuaa-attribute-update ${root}.attributes[0]`]],
  ['becomes required by default', optional, attribute('name: country'), [`high xsuaa-attribute-update ${root}.attributes[0]`]],
  ['becomes optional', attribute('name: country'), optional, []],
  ['is new and required', exampleInstance(), attribute('name: country'), []],
  ['keeps its default', withDefault('DE'), withDefault('DE'), []],
  [
    'gets another default',
    withDefault('DE'),
    withDefault('FR'),
    [`medium xsuaa-attribute-update ${root}.role-templates[0].attribute-references[0]`],
  ],
])('against an earlier instance, an attribute that %s', async (_, before, after, expected) => {
  expect(await controllerLines(after, before)).toEqual(expected);
});
