import { createServer, type RequestListener } from 'node:http';
import { createSender } from '../../src/http/sender';
import { checkToken } from '../../src/token/check-token';
import { credentialsFor, credentialsOf } from '../../src/token/credentials';
import { decodeToken } from '../../src/token/decode';
import { discover } from '../../src/token/discovery';
import { forge } from '../../src/token/forge';
import { fetchKeys } from '../../src/token/keys';
import { createTokenContext, obtainToken } from '../../src/token/obtain';
import { createSigningKey, privateJwk } from '../../src/token/sign';
import { serve, type RunningServer } from '../support/http-server';

const sender = createSender({ userAgent: 'kyma-guard/test', runId: 'run' });
const audience = 'https://api.example';
let server: RunningServer;
let issuer: string;

/** An OpenID provider that we did not write, as the judge of what we send and read. */
beforeAll(async () => {
  // It warns that this is no production set-up, which is true.
  jest.spyOn(console, 'warn').mockImplementation();
  const { default: Provider } = await import('oidc-provider');
  const handler: { current?: RequestListener } = {};
  server = await serve(
    () => undefined,
    createServer((request, response) => handler.current?.(request, response)),
  );
  issuer = server.url;
  const clients = ['client_secret_post', 'client_secret_basic'].map((method) => ({
    ...{ client_id: `c!t1|${method}`, client_secret: `p+%$=/${method}`, token_endpoint_auth_method: method },
    ...{ grant_types: ['client_credentials'], redirect_uris: [], response_types: [] },
  }));
  const resourceIndicators = {
    ...{ enabled: true, defaultResource: () => audience, useGrantedResource: () => true },
    getResourceServerInfo: () => ({ scope: 'read', audience, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
  };
  const keys = [await privateJwk(await createSigningKey({ kid: 'op-1' }))];
  const features = { clientCredentials: { enabled: true }, resourceIndicators, devInteractions: { enabled: false } };
  handler.current = new Provider(issuer, { clients, features, jwks: { keys }, ttl: { ClientCredentials: 600 } }).callback();
});
afterAll(async () => {
  sender.close();
  await server.close();
});

async function fetched(method: string): Promise<string> {
  const { tokenEndpoint = '' } = await discover(sender, issuer);
  const members = { clientid: `c!t1|${method}`, clientsecret: `p+%$=/${method}`, token_url: tokenEndpoint };
  const credentials = credentialsFor(issuer, [credentialsOf(members, { label: method, source: 'test' })])!;
  return (await obtainToken(createTokenContext(sender), credentials)).secret.reveal();
}

test('its discovery document is found and names its keys', async () => {
  const found = await discover(sender, issuer);
  expect(found).toMatchObject({ issuer, jwksUri: `${issuer}/jwks` });
  expect(await fetchKeys(sender, found.jwksUri ?? '')).toMatchObject({ keys: [{ kid: 'op-1', kty: 'RSA' }], problems: [] });
});

test.each(['client_secret_post', 'client_secret_basic'])('a client with odd characters gets a good token by %s', async (method) => {
  const token = await fetched(method);
  const keys = await fetchKeys(sender, `${issuer}/jwks`);
  expect(await checkToken(token, keys, { issuer, audiences: [audience] })).toMatchObject({ header: { kid: 'op-1' }, problems: [] });
});

test('what we forge from its token does not pass', async () => {
  const original = decodeToken(await fetched('client_secret_post'))!;
  const keys = await fetchKeys(sender, `${issuer}/jwks`);
  const [forged = ''] = await forge({ signature: { by: 'foreign-key' } }, { original, keys, foreignKey: await createSigningKey() });
  expect((await checkToken(forged, keys, { issuer })).problems).toMatchObject([{ kind: 'signature' }]);
});
