import { serve } from '../support/http-server';
import { callMigrate, callMigrateIn } from '../support/migrate-call';

const issuer = 'https://id.example.com/realms/main';

/** A rule that trusts two issuers, whose keys nobody can tell apart, and the Dex of Kyma. */
const rule = `apiVersion: gateway.kyma-project.io/v1alpha1
kind: APIRule
metadata: { name: ecptoken, namespace: geo }
spec:
  gateway: kyma-gateway.kyma-system.svc.cluster.local
  service: { host: ecptoken.example.com, name: ecptoken, port: 80 }
  rules:
    - path: /getecptoken
      methods: [GET]
      accessStrategies:
        - handler: jwt
          config:
            trusted_issuers: [${issuer}, https://dex.example.com]
            jwks_urls: [${issuer}/protocol/openid-connect/certs, http://dex-service.kyma-system.svc.cluster.local:5556/keys]
`;
const files = { 'k/rule.yaml': rule };

test('what is missing about issuers goes into a file, which is filled in, given, and never written over', async () => {
  const first = await callMigrate(files, ['k', '--write', '--write-issuers', 'issuers.yaml']);
  const template = first.read('issuers.yaml') ?? '';
  expect([first.exit, first.read('k/rule.yaml'), template]).toEqual([1, rule, expect.stringContaining('dex.example.com')]);
  expect(first.stderr).toContain('issuers.yaml: fill it in, and give it with --issuers');
  expect((await callMigrateIn(first.folder, ['k', '--write-issuers', 'issuers.yaml'])).exit).toBe(1);

  const filled = '- from: [https://dex.example.com, "http://dex-service.kyma-system.svc.cluster.local:5556/keys"]\n  remove: true\n';
  const second = await callMigrate({ ...files, 'issuers.yaml': filled }, ['k', '--write-issuers', 'issuers.yaml']);
  expect([second.exit, second.stderr, second.read('issuers.yaml')]).toEqual([2, expect.stringContaining('is not written over'), filled]);

  const third = await callMigrate({ ...files, 'issuers.yaml': filled }, [
    'k',
    '--write',
    '--issuers',
    'issuers.yaml',
    '--write-issuers',
    'more.yaml',
  ]);
  expect([third.exit, third.read('k/rule.yaml'), third.read('more.yaml')]).toEqual([
    0,
    expect.stringContaining(`issuer: ${issuer}\n`),
    undefined,
  ]);
  expect(third.stderr).toContain('the map of issuers lacks nothing');
});

test('a template that is not filled in is no map', async () => {
  const first = await callMigrate(files, ['k', '--write-issuers', 'issuers.yaml']);
  const { exit, stderr } = await callMigrateIn(first.folder, ['k', '--issuers', 'issuers.yaml']);
  expect([exit, stderr]).toEqual([2, expect.stringMatching(/issuers\.yaml:\d+/)]);
});

test('providers are asked only within the scope, and before the first packet', async () => {
  const lonely = rule
    .replace(`, http://dex-service.kyma-system.svc.cluster.local:5556/keys`, '')
    .replace(', https://dex.example.com', '')
    .replace(`${issuer}/protocol/openid-connect/certs`, 'https://keys.example.net/a, https://keys.example.net/b');
  const { exit, stderr, stdout } = await callMigrate({ 'rule.yaml': lonely }, ['rule.yaml', '--discover', '--scope', 'other.example.com']);
  expect([exit, stdout, stderr]).toEqual([2, '', expect.stringContaining('ERR_OUT_OF_SCOPE')]);
});

test('a provider that is asked says which keys are its own', async () => {
  const provider = await serve((_, response) => {
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ issuer: provider.url, jwks_uri: `${provider.url}/own` }));
  });
  const lonely = rule
    .replace(`trusted_issuers: [${issuer}, https://dex.example.com]`, `trusted_issuers: [${provider.url}]`)
    .replace(/jwks_urls: .*/, `jwks_urls: [${provider.url}/own, ${provider.url}/old]`);
  const before = await callMigrate({ 'rule.yaml': lonely }, ['rule.yaml', '--write']);
  const after = await callMigrateIn(before.folder, ['rule.yaml', '--write', '--discover', '--scope', 'id.example.com']);
  await provider.close();
  expect([before.exit, after.exit]).toEqual([1, 0]);
  expect(after.read('rule.yaml')).toContain(`jwksUri: ${provider.url}/own`);
});
