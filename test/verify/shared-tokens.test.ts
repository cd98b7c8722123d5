import { createSigningKey, signToken, type SigningKey } from '../../src/token/sign';
import type { Recipe } from '../../src/token/forge';
import type { Endpoint } from '../../src/verify/endpoint';
import { createForgedTokens } from '../../src/verify/forged-tokens';
import { tokensFor, type RouteMaterial } from '../../src/verify/materials';
import { forged } from '../../src/verify/probes/forged';

const trust = { issuer: 'https://issuer.example.com', jwksUri: 'https://issuer.example.com/keys' };
let foreignKey: SigningKey;
let token: string;

beforeAll(async () => {
  foreignKey = await createSigningKey({ alg: 'ES256' });
  token = await signToken(foreignKey, { claims: { iss: trust.issuer, sub: 'client', exp: 4_000_000_000 } });
});

/** Two routes of one run, with the same issuer and good token. */
function routes(one: Partial<RouteMaterial>, other: Partial<RouteMaterial>): [RouteMaterial, RouteMaterial] {
  const shared = createForgedTokens();
  const material = (host: string, own: Partial<RouteMaterial>): RouteMaterial => ({
    ...{ route: { endpoint: { host } as Endpoint, trust }, token, foreignKey, forged: shared },
    ...{ testKeys: [], otherKeys: [], unfitKeys: [], denied: [], neighbours: [] },
    ...own,
  });
  return [material('a.example.com', one), material('b.example.com', other)];
}

async function textsOf(by: Recipe['signature'], material: RouteMaterial): Promise<unknown> {
  const tokens = await tokensFor(forged('v', { signature: by }), material);
  return typeof tokens === 'string' ? tokens : tokens.map((one) => one.token);
}

describe('hostile tokens that routes of a run share', () => {
  test('one that is signed with a foreign key is made once, whoever is trusted beside', async () => {
    const [one, other] = routes({}, { otherKeys: [await createSigningKey({ alg: 'ES256' })] });
    const made = await textsOf({ by: 'foreign-key' }, one);
    expect(made).toEqual([expect.stringMatching(/^ey/)]);
    expect(await textsOf({ by: 'foreign-key' }, other)).toEqual(made);
  });

  test('one that is made with the own secret goes to no route that may not have it', async () => {
    const [free, remote] = routes({ ownSecrets: ['secret-of-good'] }, {});
    expect(await textsOf({ by: 'own-secret-hmac' }, free)).toContainEqual(expect.stringMatching(/^ey/));
    expect(await textsOf({ by: 'own-secret-hmac' }, remote)).toMatch(/^needs --allow-secret-probes/);
  });

  test('keys of two issuers beside are told apart, although both have the same key id', async () => {
    const beside = async (): Promise<SigningKey> => createSigningKey({ alg: 'ES256', kid: 'default-jwt-key-1' });
    const [one, other] = routes({ otherKeys: [await beside()] }, { otherKeys: [await beside()] });
    expect(await textsOf({ by: 'other-issuer-key' }, other)).not.toEqual(await textsOf({ by: 'other-issuer-key' }, one));
  });
});
