import { createScope } from '../../../src/http/scope';
import { createSender, type Sender } from '../../../src/http/sender';
import { OutOfScopeError } from '../../../src/model/errors';
import type { JsonObject } from '../../../src/model/json';
import { discoverIssuers, type DiscoveredIssuers } from '../../../src/migrate/issuers/discover-issuers';
import type { MissingIssuer } from '../../../src/migrate/issuers/missing-issuer';
import { deadUrl, serve, type RunningServer } from '../../support/http-server';

const scope = createScope({ patterns: [] });
let provider: RunningServer;
let sender: Sender;
let asked: string[];
let document: (url: string) => JsonObject | undefined;

beforeEach(async () => {
  asked = [];
  provider = await serve((request, response) => {
    asked.push(request.url ?? '');
    const found = request.url?.endsWith('/.well-known/openid-configuration') === true ? document(provider.url) : undefined;
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(found ?? {}));
  });
  document = (url) => ({ issuer: url, jwks_uri: `${url}/keys` });
  sender = createSender({ scope, userAgent: 'kyma-guard-test', runId: 'test' });
});
afterEach(async () => {
  sender.close();
  await provider.close();
});

const question = (why: MissingIssuer['why'], issuers: readonly string[], jwksUrls: readonly string[] = []): MissingIssuer => ({
  why,
  issuers,
  jwksUrls,
});
const discover = (...missing: MissingIssuer[]): Promise<DiscoveredIssuers> => discoverIssuers(missing, sender, scope);

test('the document of an issuer proves which of the keys are its own', async () => {
  const found = await discover(question('unpaired', [provider.url], ['https://other.example.com/keys', `${provider.url}/keys`]));
  expect(found.map).toEqual([{ from: [provider.url, `${provider.url}/keys`], issuer: provider.url, jwksUri: `${provider.url}/keys` }]);
  expect(found.results).toMatchObject([{ id: 'migrate-discovery', status: 'pass' }]);
});

test('the document of an issuer names keys where the rule names none', async () => {
  const found = await discover(question('no-keys', [provider.url]));
  expect(found.map).toEqual([{ from: [provider.url], issuer: provider.url, jwksUri: `${provider.url}/keys` }]);
});

test('keys prove their issuer through the document that names them', async () => {
  document = (url) => ({ issuer: `${url}/oauth/token`, jwks_uri: `${url}/token_keys` });
  const found = await discover(question('no-issuer', [], [`${provider.url}/token_keys`]));
  expect(found.map).toEqual([
    { from: [`${provider.url}/token_keys`], issuer: `${provider.url}/oauth/token`, jwksUri: `${provider.url}/token_keys` },
  ]);
});

test.each<[string, (url: string) => JsonObject | undefined, string]>([
  ['another issuer, by one slash', (url) => ({ issuer: `${url}/`, jwks_uri: `${url}/keys` }), 'fail'],
  ['other keys, by one letter', (url) => ({ issuer: url, jwks_uri: `${url}/Keys` }), 'fail'],
  ['no keys', (url) => ({ issuer: url }), 'fail'],
  ['no issuer', (url) => ({ jwks_uri: `${url}/keys` }), 'error'],
  ['nothing', () => undefined, 'error'],
])('a document that names %s proves nothing', async (_, says, status) => {
  document = says;
  const found = await discover(question('unpaired', [provider.url], [`${provider.url}/keys`]));
  expect([found.map, found.results.map((result) => result.status)]).toEqual([[], [status]]);
  expect(found.results[0]?.fix).toContain('--issuers FILE');
});

test('keys that no document names stay without issuer', async () => {
  const found = await discover(question('no-issuer', [], [`${provider.url}/other`]));
  expect([found.map, found.results.map(({ status }) => status)]).toEqual([[], ['fail']]);
});

test.each([
  ['keys for a placeholder', (url: string) => ({ issuer: url, jwks_uri: `${url}/{tenantid}/keys` })],
  ['keys without TLS on another host', (url: string) => ({ issuer: url, jwks_uri: 'http://keys.example.com' })],
])('a document that names %s is not taken at its word', async (_, says) => {
  document = says;
  const found = await discover(question('no-keys', [provider.url]));
  expect([found.map, found.results.map(({ status }) => status)]).toEqual([[], ['fail']]);
});

test('a provider that does not answer is reported as not asked', async () => {
  const found = await discover(question('no-keys', [deadUrl]));
  expect([found.map, found.results.map(({ status }) => status)]).toEqual([[], ['error']]);
});

test('an issuer that many rules name is asked once', async () => {
  await discover(question('unpaired', [provider.url], ['https://a/keys']), question('no-keys', [provider.url]));
  expect(asked.filter((path) => path === '/.well-known/openid-configuration')).toHaveLength(1);
});

test('nobody is asked before all hosts are in scope, and all that are not are named', async () => {
  const asking = discover(
    question('no-keys', [provider.url]),
    question('no-keys', ['https://a.example.com']),
    question('no-issuer', [], ['http://169.254.169.254/latest/keys']),
  );
  await expect(asking).rejects.toThrow(OutOfScopeError);
  await expect(asking).rejects.toThrow('a.example.com, 169.254.169.254 is not in the scope of this run');
  expect(asked).toEqual([]);
});

test('Dex and files are never asked for', async () => {
  const found = await discover(question('dex', [provider.url], [`${provider.url}/keys`]), question('address', [], ['file:///etc/passwd']));
  expect([found, asked]).toEqual([{ map: [], results: [] }, []]);
});

test('a redirect is not followed', async () => {
  const lure = await serve((_, response) =>
    response.writeHead(302, { location: `${provider.url}/.well-known/openid-configuration` }).end(),
  );
  const found = await discover(question('no-keys', [lure.url]));
  await lure.close();
  expect([found.map, found.results[0]?.status, asked]).toEqual([[], 'error', []]);
});
