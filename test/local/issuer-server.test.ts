import { startIssuer, type LocalIssuer } from '../../src/local/issuer-server';
import type { IssuerPlan } from '../../src/local/issuer-plan';
import { checkToken } from '../../src/token/check-token';
import { decodeToken } from '../../src/token/decode';
import { publishedKeys } from '../../src/token/keys';
import type { JsonObject } from '../../src/model/json';
import { tokenOf } from '../support/local-run';

const host = 'https://a.authentication.example.com';
const client = { clientId: 'sb-app!t7', appName: 'app!t7', audiences: ['app!t7'], scopes: ['app!t7.Read', 'app!t7.Write'] };
const stranger = { clientId: 'sb-other!t2', appName: 'other!t2', audiences: [], scopes: [] };
const xsuaa: IssuerPlan = {
  issuer: `${host}/oauth/token`,
  jwksUris: [`${host}/token_keys`],
  form: 'xsuaa',
  tokenEndpoint: `${host}/oauth/token`,
  accepted: client,
  refused: stranger,
};
const realm = 'https://id.example.com/auth/realms/x';
const keycloak: IssuerPlan = {
  issuer: realm,
  jwksUris: [`${realm}/protocol/openid-connect/certs`],
  form: 'keycloak',
  tokenEndpoint: `${realm}/protocol/openid-connect/token`,
  accepted: { ...client, clientId: 'c', audiences: ['location'], scopes: ['read'] },
};

const started: LocalIssuer[] = [];
let uaa: LocalIssuer;
let realmIssuer: LocalIssuer;

beforeAll(async () => {
  started.push(await startIssuer(xsuaa), await startIssuer(keycloak));
  [uaa, realmIssuer] = started as [LocalIssuer, LocalIssuer];
});

afterAll(() => Promise.all(started.map((issuer) => issuer.close())));

async function json(url: string): Promise<JsonObject> {
  return (await (await fetch(url)).json()) as JsonObject;
}

describe('the token endpoint', () => {
  const good = { grant_type: 'client_credentials', client_id: client.clientId };
  it.each<[string, Record<string, string>, number, string]>([
    ['a wrong secret', { ...good, client_secret: 'wrong' }, 401, 'invalid_client'],
    ['no client', { grant_type: 'client_credentials' }, 401, 'invalid_client'],
    ['another grant', { ...good, client_secret: '*', grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['no grant', { client_id: client.clientId, client_secret: '*' }, 400, 'invalid_request'],
    ['a scope of somebody else', { ...good, client_secret: '*', scope: 'app!t7.Read other.Scope' }, 400, 'invalid_scope'],
  ])('answers %s with %i %s', async (_case, form, status, error) => {
    const body = new URLSearchParams({ ...form, ...(form['client_secret'] === '*' && { client_secret: uaa.accepted.secret }) });
    const answer = await fetch(`${uaa.base}/oauth/token`, { method: 'POST', body });
    expect([answer.status, ((await answer.json()) as JsonObject)['error']]).toEqual([status, error]);
    expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Basic realm="UAA/client"' : null);
  });

  it('refuses a form that is no form and a parameter that is given twice', async () => {
    const text = await fetch(`${uaa.base}/oauth/token`, { method: 'POST', body: '{}' });
    const twice = await fetch(`${uaa.base}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams('grant_type=client_credentials&grant_type=password'),
    });
    expect([text.status, twice.status]).toEqual([400, 400]);
    expect((await fetch(`${uaa.base}/oauth/token`)).status).toBe(405);
  });

  it.each([
    ['as it is', (text: string) => text],
    ['URL-encoded', encodeURIComponent],
  ])('takes Basic authentication, %s', async (_case, encode) => {
    const pair = `${encode(client.clientId)}:${encode(uaa.accepted.secret)}`;
    const headers = { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
    const answer = await fetch(`${uaa.base}/oauth/token`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  });

  it('grants what was asked for', async () => {
    const body = new URLSearchParams({ ...good, client_secret: uaa.accepted.secret, scope: 'app!t7.Read' });
    const answer = (await (await fetch(`${uaa.base}/oauth/token`, { method: 'POST', body })).json()) as JsonObject;
    expect(answer).toMatchObject({ token_type: 'bearer', expires_in: 43_199, scope: 'app!t7.Read' });
    expect(decodeToken(answer['access_token'] as string)?.claims['scope']).toEqual(['app!t7.Read']);
  });
});

describe('tokens', () => {
  it('of XSUAA have its header and claims', async () => {
    const decoded = decodeToken(await tokenOf(uaa));
    const { iat = 0, exp = 0, ...claims } = decoded?.claims ?? {};
    expect(decoded?.header).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'default-jwt-key-1', jku: `${host}/token_keys` });
    expect(Number(exp) - Number(iat)).toBe(43_200);
    expect(Object.keys(claims).sort()).toEqual(
      'aud authorities azp cid client_id ext_attr grant_type iss jti rev_sig scope sub zid'.split(' '),
    );
    expect(claims).toMatchObject({
      iss: xsuaa.issuer,
      sub: client.clientId,
      aud: ['app!t7', 'sb-app!t7'],
      scope: client.scopes,
      authorities: client.scopes,
      grant_type: 'client_credentials',
    });
    expect(claims['ext_attr']).toMatchObject({ enhancer: 'XSUAA' });
  });

  it('of a client without rights carry only the technical scope', async () => {
    const claims = decodeToken(await tokenOf(uaa, uaa.refused))?.claims;
    expect(claims).toMatchObject({ aud: ['uaa', 'sb-other!t2'], scope: ['uaa.resource'], client_id: 'sb-other!t2' });
  });

  it('of Keycloak have the audience as text and the scopes in one text', async () => {
    const { header, claims } = decodeToken(await tokenOf(realmIssuer)) ?? { header: {}, claims: {} };
    expect(header).not.toHaveProperty('jku');
    expect(claims).toMatchObject({ iss: realm, aud: 'location', scope: 'read', azp: 'c', typ: 'Bearer' });
  });
});

describe('what an issuer publishes', () => {
  it.each([
    ['/.well-known/openid-configuration', 0],
    ['/oauth/token/.well-known/openid-configuration', 0],
    ['/.well-known/oauth-authorization-server/oauth/token', 0],
    ['/auth/realms/x/.well-known/openid-configuration', 1],
    ['/.well-known/oauth-authorization-server/auth/realms/x', 1],
  ])('speaks of the real addresses at %s', async (path, index) => {
    const { issuer, jwksUris, tokenEndpoint } = index === 0 ? xsuaa : keycloak;
    expect(await json(`${started[index]?.base ?? ''}${path}`)).toMatchObject({
      issuer,
      jwks_uri: jwksUris[0],
      token_endpoint: tokenEndpoint,
    });
  });

  it('holds public keys only, for XSUAA with PEM, at the path of jwksUri', async () => {
    const [[ours], [theirs]] = (
      await Promise.all([json(`${uaa.base}/token_keys`), json(`${realmIssuer.base}/auth/realms/x/protocol/openid-connect/certs`)])
    ).map(({ keys }) => keys as JsonObject[]) as [JsonObject[], JsonObject[]];
    expect(Object.keys(ours ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use', 'value']);
    expect(ours?.['value']).toMatch(/^-----BEGIN PUBLIC KEY-----/);
    expect(Object.keys(theirs ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  it.each(['/', '/oauth', '/auth/realms/y/protocol/openid-connect/certs'])('is nothing at %s', async (path) => {
    expect([(await fetch(`${uaa.base}${path}`)).status, (await fetch(`${realmIssuer.base}${path}`)).status]).toEqual([404, 404]);
  });
});

describe('key rotation', () => {
  it('signs with a new key, keeps the one before for a while, and drops older ones', async () => {
    const tokens = [await tokenOf(uaa)];
    for (let i = 0; i < 2; i += 1) {
      expect((await fetch(`${uaa.base}/kyma-guard/rotate-keys`, { method: 'POST' })).status).toBe(204);
      tokens.push(await tokenOf(uaa));
    }
    const keys = publishedKeys(await json(`${uaa.base}/token_keys`)) ?? { keys: [], problems: [], text: '' };
    const kinds = await Promise.all(tokens.map(async (token) => (await checkToken(token, keys)).problems.map(({ kind }) => kind)));
    expect(kinds).toEqual([['key'], [], []]);
  });
});

describe('an issuer that is taken down', () => {
  it('closes every connection and answers again later', async () => {
    realmIssuer.setDown(true);
    await expect(tokenOf(realmIssuer)).rejects.toThrow('fetch failed');
    realmIssuer.setDown(false);
    expect(await tokenOf(realmIssuer)).toMatch(/^ey/);
  });
});
