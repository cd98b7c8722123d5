import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { main } from '../../src/cli/main';
import { configFolder, oneFunction } from '../support/config-folder';
import { serviceKey } from '../support/credentials';
import { captureIo } from '../support/fake-io';
import { deadUrl, type RunningServer } from '../support/http-server';
import { serveXsuaa, type XsuaaAnswers } from '../support/xsuaa-server';

const yaml = oneFunction(`{ path: /a, methods: [GET], access: { jwt: { issuers: [xsuaa] } } }`);
const environments = `${yaml}environments: { dev: {}, prod: { hold: [xsuaa] } }\n`;
const servers: RunningServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function xsuaa(answers?: (url: string) => XsuaaAnswers): Promise<string> {
  const server = await serveXsuaa(answers);
  servers.push(server);
  return server.url;
}

interface Locked {
  readonly code: number;
  readonly text: string;
  readonly lock: string;
}

async function lock(config: string, key: object, ...args: string[]): Promise<Locked> {
  const captured = captureIo({ readStdin: () => Promise.resolve(JSON.stringify(key)) });
  const code = await main(['lock', '--config', config, '--credentials', '-', ...args], captured.io, '0.0.0');
  const path = join(dirname(config), 'kyma-guard.lock.yaml');
  return { code, text: captured.stdout() + captured.stderr(), lock: existsSync(path) ? readFileSync(path, 'utf8') : '' };
}

test('the lock file gets what key, discovery and token say, and how each was learnt', async () => {
  const [config, url] = [configFolder(yaml), await xsuaa()];
  const { code, lock: text } = await lock(config, serviceKey({ url }));
  expect(code).toBe(0);
  expect(text).toBe(`# Written by \`kyma-guard lock\`. Commit it; do not edit it by hand. It holds no secrets.
version: 1
environments:
  default:
    xsuaa:
      clientId: sb-geo!t1
      issuer: ${url}/oauth/token
      jwksUri: ${url}/token_keys
      learnt:
        clientId: service key
        issuer: token
        jwksUri: discovery
        xsappname: service key
      xsappname: geo!t1
`);
});

test('neither the secret nor the token shows anywhere', async () => {
  const key = serviceKey({ url: await xsuaa() });
  const { text, lock: written } = await lock(configFolder(yaml), key, '--verbose');
  expect(text + written).not.toContain(key.clientsecret);
  expect(text + written).not.toMatch(/eyJ/);
});

test('locking twice changes nothing, not even the time of the file', async () => {
  const [config, key] = [configFolder(yaml), serviceKey({ url: await xsuaa() })];
  await lock(config, key);
  const before = statSync(join(dirname(config), 'kyma-guard.lock.yaml'));
  await lock(config, key);
  expect(statSync(join(dirname(config), 'kyma-guard.lock.yaml')).ino).toBe(before.ino);
});

test('the iss of the token wins over the discovery document, because the gateway compares with it', async () => {
  const url = await xsuaa(() => ({ claims: { iss: 'http://geo.localhost:8080/uaa/oauth/token', aud: ['sb-geo!t1'] } }));
  expect((await lock(configFolder(yaml), serviceKey({ url }))).lock).toContain('issuer: http://geo.localhost:8080/uaa/oauth/token');
});

test('without an answer of the live issuer nothing is decided and nothing is written', async () => {
  const done = await lock(configFolder(yaml), serviceKey({ url: deadUrl }));
  expect(done).toMatchObject({ code: 3, lock: '', text: expect.stringContaining('could not be asked live, so nothing was written') });
  expect(done.text).not.toContain('PASS');
  expect(done.text).toContain('--offline');
});

test('an issuer that answers only half is not confirmed either', async () => {
  const url = await xsuaa(() => ({ discovery: { issuer: 'not this one' } }));
  expect(await lock(configFolder(yaml), serviceKey({ url }))).toMatchObject({ code: 3, lock: '' });
});

test('--offline asks nobody, and both the lock file and a warning say so', async () => {
  const { code, lock: text, text: shown } = await lock(configFolder(yaml), serviceKey({ url: await xsuaa() }), '--offline');
  expect([code, shown]).toEqual([0, expect.stringMatching(/WARN.*nobody was asked/)]);
  expect(text).toMatch(/issuer: derived\n\s+jwksUri: derived/);
});

test('--offline beside --check is a contradiction', async () => {
  expect(await lock(configFolder(yaml), serviceKey(), '--offline', '--check')).toMatchObject({ code: 2, lock: '' });
});

test.each([[[]], [['--check']], [['--offline']]])(
  'the key of another application is refused before anybody is asked (%j)',
  async (args) => {
    const server = await serveXsuaa();
    servers.push(server);
    const done = await lock(configFolder(yaml), serviceKey({ url: server.url, xsappname: 'other!t1' }), ...args);
    expect(done).toMatchObject({ code: 2, lock: '', text: expect.stringMatching(/"other!t1".*xsuaa declares "geo"/) });
    expect(done.text).not.toContain('not asked live');
  },
);

test.each(['geo!t1', 'geo!b12345'])('the suffix of the tenant does not count: %s', async (xsappname) => {
  expect(await lock(configFolder(yaml), serviceKey({ url: await xsuaa(), xsappname }))).toMatchObject({ code: 0 });
});

test.each([
  [
    'keys on another host',
    (): XsuaaAnswers => ({ discovery: { issuer: 'x', jwks_uri: 'https://evil.example.com/keys' } }),
    'not the host of the instance',
  ],
  [
    'a token without the own client among its audiences',
    (): XsuaaAnswers => ({ claims: { iss: 'x', aud: ['uaa'] } }),
    'among its audiences',
  ],
])('%s is a finding, and nothing is written', async (_, answers, message) => {
  const { code, lock: text, text: shown } = await lock(configFolder(yaml), serviceKey({ url: await xsuaa(answers) }));
  expect([code, text]).toEqual([1, '']);
  expect(shown).toContain(message);
});

test('with several environments the call says which one is meant', async () => {
  const [config, key] = [configFolder(environments), serviceKey({ url: await xsuaa() })];
  expect(await lock(config, key)).toMatchObject({ code: 2, text: expect.stringContaining('--env') });
  expect(await lock(config, key, '--env', 'prod')).toMatchObject({ code: 0, text: expect.stringContaining('remove the hold') });
});

test('entries of other environments stay', async () => {
  const [config, key] = [configFolder(environments), serviceKey({ url: await xsuaa() })];
  await lock(config, key, '--env', 'dev');
  const { lock: text } = await lock(config, serviceKey({ url: key.url, clientid: 'sb-geo!t1', xsappname: 'geo!t2' }), '--env', 'prod');
  expect(text).toMatch(/dev:[^]*xsappname: geo!t1[^]*prod:[^]*xsappname: geo!t2/);
});

test.each([
  ['an issuer nobody declared', serviceKey(), ['xsua'], 2, 'there is no XSUAA issuer "xsua"'],
  ['an issuer that is no XSUAA', serviceKey(), ['keycloak'], 2, 'there is no XSUAA issuer "keycloak"'],
  ['a key without xsappname', serviceKey({ xsappname: '' }), [], 2, 'have no "xsappname"'],
  ['something that is no key', { hello: 'world' }, [], 2, 'clientid'],
])('%s is refused', async (_, key, args, code, message) => {
  expect(await lock(configFolder(yaml), key, ...args)).toMatchObject({ code, text: expect.stringContaining(message), lock: '' });
});

test('without --credentials the call is wrong', async () => {
  const captured = captureIo();
  expect([await main(['lock'], captured.io, '0.0.0'), captured.stderr()]).toEqual([2, expect.stringContaining('--credentials is missing')]);
});

test('--check passes as long as the lock file is true', async () => {
  const [config, key] = [configFolder(yaml), serviceKey({ url: await xsuaa() })];
  await lock(config, key);
  expect(await lock(config, key, '--check')).toMatchObject({ code: 0 });
});

test('--check reports an instance that was created anew, and writes nothing', async () => {
  const [config, key] = [
    configFolder(yaml),
    serviceKey({ url: await xsuaa(() => ({ claims: { iss: 'x', aud: ['sb-geo!t1', 'sb-geo!t9'] } })) }),
  ];
  const before = (await lock(config, key)).lock;
  const checked = await lock(config, { ...key, clientid: 'sb-geo!t9', xsappname: 'geo!t9' }, '--check');
  expect(checked).toMatchObject({ code: 1, lock: before, text: expect.stringContaining('sb-geo!t1 in the lock file and sb-geo!t9 now') });
});

test('--check that cannot ask the issuer does not say that all is well', async () => {
  const [config, key] = [configFolder(yaml), serviceKey({ url: await xsuaa() })];
  await lock(config, key);
  await Promise.all(servers.splice(0).map((server) => server.close()));
  expect(await lock(config, key, '--check')).toMatchObject({ code: 3, text: expect.stringContaining('could not be asked') });
});

test('--check of an entry that was only derived does not say that all is well without the issuer', async () => {
  const [config, key] = [configFolder(yaml), serviceKey({ url: deadUrl })];
  await lock(config, key, '--offline');
  expect(await lock(config, key, '--check')).toMatchObject({ code: 3, text: expect.not.stringContaining('PASS') });
});

test('--check without an entry is a finding', async () => {
  expect(await lock(configFolder(yaml), serviceKey({ url: await xsuaa() }), '--check')).toMatchObject({ code: 1, lock: '' });
});

test('what was once learnt from a token is not replaced by a derivation', async () => {
  const [config, key] = [configFolder(yaml), serviceKey({ url: await xsuaa() })];
  const before = (await lock(config, key)).lock;
  await Promise.all(servers.splice(0).map((server) => server.close()));
  expect(await lock(config, key)).toMatchObject({ code: 3, lock: before });
  expect(await lock(config, key, '--offline')).toMatchObject({ code: 0, lock: before });
});

test('a lock file that somebody spoilt is not overwritten', async () => {
  const config = configFolder(yaml);
  writeFileSync(join(dirname(config), 'kyma-guard.lock.yaml'), 'version: 2\n');
  expect(await lock(config, serviceKey({ url: await xsuaa() }))).toMatchObject({ code: 2, lock: 'version: 2\n' });
});
