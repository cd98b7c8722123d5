import { diskFiles } from '../../src/files/files';
import { loadConfig, environmentsOf } from '../../src/config/load-config';
import { configFolder, failuresOf, load, oneFunction, problemsOf } from '../support/config-folder';

const rule = `{ path: /a, methods: [GET], access: { jwt: { issuers: [xsuaa] } } }`;
const good = oneFunction(rule);

/** A rule that demands a scope of an application that declares Read and Write. */
function scoped(scope: string): string {
  const scopes = "scopes: [{ name: '$XSAPPNAME.Read' }, { name: '$XSAPPNAME.Write' }]";
  return good
    .replace('{ xsappname: geo }', `{ xsappname: geo, ${scopes} }`)
    .replace('issuers: [xsuaa]', `issuers: [xsuaa], scopes: [${scope}]`);
}

test('a misspelt key is one problem, not one more for the name that is missing', async () => {
  expect(await problemsOf(configFolder(good.replace('methods: [GET]', 'method: [GET]')))).toHaveLength(1);
});

test('a scope that is not declared names those that are', async () => {
  const [failure, ...others] = await failuresOf(configFolder(scoped('$XSAPPNAME.Reed')));
  expect([failure?.fix, others]).toEqual([expect.stringContaining('it declares $XSAPPNAME.Read, $XSAPPNAME.Write'), []]);
});

test.each([
  ['a declared scope', scoped('$XSAPPNAME.Write')],
  ['a scope of another application', scoped('other!t1.Reed')],
  [
    'a preflight that another rule answers',
    good
      .replace('host: fn,', "host: fn, cors: { allowOrigins: [{ exact: 'https://a.example.com' }] },")
      .replace('] } } }]', "] } } }, { path: '/{**}', methods: [OPTIONS], access: public }]"),
  ],
  [
    'a public rule that browsers call without a preflight',
    good
      .replace('host: fn,', "host: fn, cors: { allowOrigins: [{ exact: 'https://a.example.com' }] },")
      .replace('access: { jwt: { issuers: [xsuaa] } }', 'access: public'),
  ],
])('%s is fine', async (_, yaml) => {
  expect(await problemsOf(configFolder(yaml))).toEqual([]);
});

test('a right configuration has no problems', async () => {
  expect(await problemsOf(configFolder(good))).toEqual([]);
});

test.each([
  ['an unknown key', good.replace('cluster:', 'clustr:'), '2:9 clustr: the key "clustr" is unknown; did you mean cluster?'],
  [
    'a key of the wrong case',
    good.replace('jwksUri', 'jwksURI'),
    '5:82 issuers.keycloak.jwksURI: the key "jwksURI" is unknown; did you mean jwksUri?',
  ],
  ['a wrong type', good.replace('source: ./fn', 'source: 5'), 'functions.fn.source: is 5; give a folder'],
  ['a wrong type in a list', good.replace('[GET]', 'GET'), 'methods: is "GET"; give a list'],
  ['a missing value', good.replace('    runtime: nodejs22\n', ''), 'functions.fn.runtime: is missing; give one of nodejs20'],
  ['an unknown kind of issuer', good.replace('kind: oidc', 'kind: saml'), 'issuers.keycloak.kind: is "saml"; give xsuaa or oidc'],
  [
    'a misspelt key',
    good.replace('methods: [GET]', 'method: [GET]'),
    'functions.fn.expose[0].rules[0].method: the key "method" is unknown; did you mean methods?',
  ],
  ['a key twice', good.replace('runtime:', 'namespace: geo\n    runtime:'), '9:5 : the key namespace stands in this mapping a second time'],
  [
    'a public rule before a protected one',
    good.replace('rules: [', `rules: [{ path: /*, methods: [GET], access: public }, `),
    'functions.fn.expose[0].rules[1]: never gets GET /a, because the public rules[0] takes it first: a public rule opens the protected path',
  ],
  [
    'a public rule whose policy opens an earlier one',
    good.replace('path: /a,', 'path: /,').replace('] } } }]', "] } } }, { path: '/*', methods: [GET], access: public }]"),
    'functions.fn.expose[0].rules[0]: stands open: the policy of the public rules[1] lets GET / in without a token',
  ],
  [
    'a scope that is not declared',
    scoped('$XSAPPNAME.Reed'),
    'rules[0].access.jwt.scopes[0]: is "$XSAPPNAME.Reed", which the security descriptor of xsuaa does not declare; did you mean $XSAPPNAME.Read?',
  ],
  [
    'CORS without OPTIONS',
    good.replace('host: fn,', "host: fn, cors: { allowOrigins: [{ exact: 'https://a.example.com' }] },"),
    'functions.fn.expose[0].rules[0].methods: lists GET beside a CORS policy, but not OPTIONS',
  ],
  ['a missing folder', good.replace('./fn', './nowhere'), 'functions.fn.source: is "./nowhere"; no such file or folder'],
  ['a file where a folder belongs', good.replace('./fn', './fn/handler.js'), 'a file; give a folder'],
  ['a path that leaves the folder', good.replace('./fn', '../fn'), 'which leaves the folder of this file'],
  ['a path that leaves and comes back', good.replace('./fn', './a/../fn'), 'which leaves the folder of this file'],
  ['an absolute path', good.replace('./fn', '/etc'), 'an absolute path'],
  ['a host that is no DNS label', good.replace('host: fn', 'host: Fn_1'), 'expose[0].host: is "Fn_1"; give a DNS label'],
  ['a host with a port', good.replace('host: fn', "host: 'fn:443'"), 'is "fn:443"; give a DNS label'],
  ['a path with a regular expression', good.replace('path: /a', "path: '/a(.*)?'"), 'regular expressions are not understood'],
  ['a path in the old form', good.replace('path: /a', 'path: /.*'), 'regular expressions are not understood'],
  [
    'two API rules on one host',
    good.replace('expose: [', `expose: [{ host: fn, name: other, rules: [${rule}] }, `),
    'where function fn is already',
  ],
  [
    'one host, once short and once full',
    good.replace('expose: [', `expose: [{ host: fn.example.com, name: other, rules: [${rule}] }, `),
    'where function fn is already',
  ],
  ['an issuer nobody declared', good.replace('[xsuaa]', '[xsua]'), 'names the issuer "xsua", which is not declared; did you mean xsuaa?'],
  ['a plain http issuer', good.replace("'https://id.example.com/realms", "'http://id.example.com/realms"), 'does not start with https://'],
  [
    'a service without selector',
    `${good}services: { s: { namespace: shop, service: { name: s, port: 1 }, expose: [{ host: s, rules: [${rule}] }] } }\n`,
    'services.s.selector: is missing',
  ],
  [
    'a binding in another namespace',
    good.replace('runtime:', 'bindings: [xsuaa]\n    runtime:').replace('namespace: geo, security', 'namespace: other, security'),
    'Pods in geo cannot mount it',
  ],
  [
    'a binding of an issuer without credentials',
    good.replace('runtime:', 'bindings: [keycloak]\n    runtime:'),
    'which has no credentials to mount',
  ],
  ['a hold on an issuer that needs none', `${good}hold: [keycloak]\n`, 'which is known already'],
  ['an environment that is no overlay', `${good}environments: { dev: 5 }\n`, 'environments.dev: is no overlay'],
  ['no environment at all', `${good}environments: {}\n`, 'holds no environment'],
])('%s is a problem with its place', async (_, yaml, expected) => {
  expect((await problemsOf(configFolder(yaml))).join('\n')).toContain(expected);
});

test.each([
  ['malformed', 'version: 1\ncluster: { a: }}\n', 2],
  ['empty', '', 1],
  ['only a comment', '# nothing\n', 1],
  ['a list', '- 1\n', 1],
  ['a key twice', 'version: 1\nversion: 1\n', 2],
  ['two documents', 'version: 1\n---\nversion: 1\n', 2],
  ['an alias that nobody defined', 'version: *one\n', 1],
  ['an anchor that holds itself', 'version: &a [*a]\n', 1],
  [
    'a bomb of aliases',
    `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]\n`,
    1,
  ],
])('a file that is %s is a syntax problem', async (_, yaml, line) => {
  const [first] = await failuresOf(configFolder(yaml));
  expect(first).toMatchObject({ id: 'config-syntax', where: { line } });
});

test('all problems are told at once, each where it stands', async () => {
  const yaml = good
    .replace('cluster:', 'clustr:')
    .replace('nodejs22', 'nodejs9')
    .replace('[xsuaa]', '[xsua]')
    .replace('./fn', '../fn')
    .replace('[GET]', '[GETT]');
  expect((await problemsOf(configFolder(yaml))).map((text) => text.split(' ')[1])).toEqual([
    'clustr:',
    'functions.fn.runtime:',
    'functions.fn.source:',
    'functions.fn.expose[0].rules[0].methods[0]:',
    'functions.fn.expose[0].rules[0].access.jwt.issuers[0]:',
  ]);
});

test.each([
  ['a source folder', good.replace('./fn', './link'), { link: '/etc' }],
  ['a security descriptor', good.replace('{ xsappname: geo }', './link'), { link: '/etc/hostname' }],
  ['an overlay', `${good}environments: { dev: ./link }\n`, { link: '/etc/hostname' }],
])('%s behind a symbolic link that leads out of the folder is refused', async (_, yaml, links) => {
  expect((await problemsOf(configFolder(yaml, {}, links))).join()).toContain('a symbolic link that leads out');
});

test('a symbolic link inside the folder is fine', async () => {
  expect(await problemsOf(configFolder(good.replace('./fn', './link'), {}, { link: 'fn' }))).toEqual([]);
});

test.each([
  [
    'a client secret',
    good.replace('kind: xsuaa,', 'kind: xsuaa, clientsecret: abcdefgh1234,'),
    'secrets do not belong in this file',
    'abcdefgh1234',
  ],
  [
    'a password as variable',
    good.replace('runtime:', 'env: { DB_PASSWORD: abcdefgh1234 }\n    runtime:'),
    'looks like a secret',
    'abcdefgh1234',
  ],
  ['a token as variable', good.replace('runtime:', `env: { A: ${fakeToken()} }\n    runtime:`), 'holds a token', fakeToken()],
  [
    'a static Authorization header',
    good.replace('path: /a', 'request: { headers: { authorization: Bearer abcdefgh1234 } }, path: /a'),
    'an Authorization value',
    'abcdefgh1234',
  ],
  [
    'a password in a URL',
    good.replace('./fn', '{ git: { url: "https://me:abcdefgh1234@git.example.com/x", reference: main, baseDir: / } }'),
    'a URL with a password',
    'abcdefgh1234',
  ],
])('%s is refused and not repeated', async (_, yaml, message, secret) => {
  const text = (await problemsOf(configFolder(yaml))).join('\n');
  expect(text).toContain(message);
  expect(text).not.toContain(secret);
});

function fakeToken(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ sub: 'somebody' })}.${'c2lnbmF0dXJl'.repeat(2)}`;
}

test('a security descriptor that is no JSON is a problem at its place', async () => {
  const [first] = await failuresOf(
    configFolder(good.replace('{ xsappname: geo }', './xs.json'), { 'xs.json': '{\n  "xsappname": geo\n}' }),
  );
  expect(first).toMatchObject({ id: 'config-syntax', where: { line: 2 } });
  expect(first?.where.file).toMatch(/xs\.json$/);
});

const spoiltDescriptor = {
  xsappname: 'geo',
  tenantmode: 'dedicated',
  scopez: [],
  authorities: 'Read',
  'tenant-mode': 7,
  'oauth2-configuration': { 'token-validity': 1 },
};

test('everything that is wrong with a security descriptor is told at once, each at its place in its file', async () => {
  const text = JSON.stringify(spoiltDescriptor, null, 2);
  const problems = await problemsOf(configFolder(good.replace('{ xsappname: geo }', './xs.json'), { 'xs.json': text }));
  expect(problems).toEqual([
    '3:17 tenantmode: the key "tenantmode" is unknown; did you mean tenant-mode?',
    '4:13 scopez: the key "scopez" is unknown; did you mean scopes?',
    '5:18 authorities: is a text; give a list of texts',
    '6:18 tenant-mode: is 7; give a text',
    '8:23 oauth2-configuration.token-validity: is 1; give seconds from 60 to 86400',
  ]);
});

test('an inline security descriptor is judged, too, and members that nobody here knows are left to XSUAA', async () => {
  const inline = (members: string): string => configFolder(good.replace('{ xsappname: geo }', `{ xsappname: geo, ${members} }`));
  expect((await problemsOf(inline('tenant-mod: shared'))).join()).toContain(
    'issuers.xsuaa.security.tenant-mod: the key "tenant-mod" is unknown',
  );
  expect(await problemsOf(inline('xsenableasyncservice: "true", brand-new-member: 1'))).toEqual([]);
});

const layered = `${good}environments:
  dev: { functions: { fn: { replicas: 1 } } }
  prod: ./envs/prod.yaml
`;
const prod = 'cluster: { domain: prod.example.com }\nfunctions: { fn: { replicas: 3, env: { A: b } } }\nhold: [xsuaa]\n';

test('overlays are merged deeply, from the file or from another', async () => {
  const { environments } = await load(layered, { 'envs/prod.yaml': prod });
  expect(
    environments.map(({ name, config }) => [
      name,
      config.cluster?.domain,
      config.functions?.['fn']?.replicas,
      config.functions?.['fn']?.runtime,
    ]),
  ).toEqual([
    ['dev', 'example.com', 1, 'nodejs22'],
    ['prod', 'prod.example.com', 3, 'nodejs22'],
  ]);
});

test('lists of an overlay replace those below', async () => {
  const { environments } = await load(`${good}environments: { dev: { functions: { fn: { expose: [] } } } }\n`);
  expect(environments[0]?.config.functions?.['fn']?.expose).toEqual([]);
});

test('a problem in an overlay is told at its place there, one in the base only once', async () => {
  const yaml = layered.replace('nodejs22', 'nodejs9');
  const failures = await failuresOf(configFolder(yaml, { 'envs/prod.yaml': prod.replace('3', 'three') }));
  expect(failures.map(({ where }) => [where.file?.replace(/.*\/(?=[^/]+$)/, ''), where.line])).toEqual([
    ['prod.yaml', 2],
    ['kyma-guard.yaml', 9],
  ]);
});

test('an environment that does not exist is named with the one that was probably meant', async () => {
  const loaded = await load(layered, { 'envs/prod.yaml': prod });
  expect(() => environmentsOf(loaded, 'prd')).toThrow('did you mean prod?');
  expect(() => environmentsOf({ ...loaded, environments: [] }, 'dev')).toThrow('declares no environments');
});

test('a missing configuration is an unreadable file', async () => {
  await expect(loadConfig(diskFiles, '/nowhere/kyma-guard.yaml')).rejects.toMatchObject({ code: 'ERR_FILE_UNREADABLE' });
});
