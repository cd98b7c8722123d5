import * as fc from 'fast-check';
import type { IssuerMap } from '../../../src/migrate/issuers/issuer-map';
import { pairIssuers, type OldTrust } from '../../../src/migrate/issuers/pair-issuers';

const xsuaa = 'https://shop.authentication.eu10.hana.ondemand.com';
const realm = 'https://id.example.com/realms/shop';
const tenant = '0f2f1ad1-0000-4000-8000-000000000000';
const dex = 'https://dex.kyma.example.com';
const dexKeys = 'http://dex-service.kyma-system.svc.cluster.local:5556/keys';

const trust = (issuers: readonly string[], jwksUrls: readonly string[]): OldTrust => ({ issuers, jwksUrls });
const pairs = (old: OldTrust, map: IssuerMap = []): string[] =>
  pairIssuers(old, map).pairs.map(({ issuer, jwksUri }) => `${issuer} ${jwksUri}`);
const missing = (old: OldTrust, map: IssuerMap = []): unknown[] =>
  pairIssuers(old, map).missing.map(({ why, issuers, jwksUrls }) => [why, ...issuers, ...jwksUrls]);

/** A second provider beside the one under test, so that a pair cannot come from there being one of each. */
const beside = [realm, `${realm}/protocol/openid-connect/certs`] as const;

test.each<[string, string, string]>([
  ['XSUAA', `${xsuaa}/oauth/token`, `${xsuaa}/token_keys`],
  ['XSUAA by the host of the region', `${xsuaa}/oauth/token`, 'https://authentication.eu10.hana.ondemand.com/token_keys'],
  ['XSUAA of the first days', 'http://shop.localhost:8080/uaa/oauth/token', 'http://shop.localhost:8080/uaa/token_keys'],
  ['SAP Cloud Identity Services', 'https://shop.accounts.ondemand.com', 'https://shop.accounts.ondemand.com/oauth2/certs'],
  ['Keycloak', 'https://sso.example.com/auth/realms/a', 'https://sso.example.com/auth/realms/a/protocol/openid-connect/certs'],
  ['Entra ID v2', `https://login.microsoftonline.com/${tenant}/v2.0`, `https://login.microsoftonline.com/${tenant}/discovery/v2.0/keys`],
  ['Entra ID v1', `https://sts.windows.net/${tenant}/`, `https://login.microsoftonline.com/${tenant}/discovery/keys`],
  ['Entra ID v1 with the keys of v2', `https://sts.windows.net/${tenant}/`, `https://login.windows.net/${tenant}/discovery/v2.0/keys`],
  ['Okta', 'https://dev-1.okta.com/oauth2/default', 'https://dev-1.okta.com/oauth2/default/v1/keys'],
  ['Okta, the organization itself', 'https://dev-1.okta.com', 'https://dev-1.okta.com/oauth2/v1/keys'],
  ['PingFederate', 'https://ping.example.com', 'https://ping.example.com/pf/JWKS'],
  ['PingOne', 'https://auth.example.com/env/as', 'https://auth.example.com/env/as/jwks'],
  ['a provider with /as/jwks', 'https://auth.example.com/env', 'https://auth.example.com/env/as/jwks'],
  ['Auth0', 'https://shop.eu.auth0.com/', 'https://shop.eu.auth0.com/.well-known/jwks.json'],
  ['keys below .well-known', 'https://tokens.example.com', 'https://tokens.example.com/.well-known/jwks.json'],
  ['Google', 'https://accounts.google.com', 'https://www.googleapis.com/oauth2/v3/certs'],
  ['any provider, alone on its origin', 'https://tokens.example.com/a', 'https://tokens.example.com/b/keys'],
])('%s is paired by its form, in whatever order', (_, issuer, jwksUri) => {
  const [otherIssuer, otherKeys] = beside;
  const expected = [`${issuer} ${jwksUri}`, `${otherIssuer} ${otherKeys}`];
  expect(pairs(trust([issuer, otherIssuer], [jwksUri, otherKeys]))).toEqual(expected);
  expect(pairs(trust([issuer, otherIssuer], [otherKeys, jwksUri]))).toEqual(expected);
});

test('one of each is a pair, whatever the addresses', () => {
  expect(pairs(trust(['any'], ['https://keys.example.com']))).toEqual(['any https://keys.example.com']);
});

test('what is left after all others are paired is a pair', () => {
  const old = trust([realm, 'https://issuer.example.com'], ['https://keys.example.com/a', beside[1]]);
  expect([pairs(old), missing(old)]).toEqual([[`${realm} ${beside[1]}`, 'https://issuer.example.com https://keys.example.com/a'], []]);
});

test('an issuer has one source of keys: that on its own host', () => {
  const region = 'https://authentication.eu10.hana.ondemand.com/token_keys';
  const old = trust([`${xsuaa}/oauth/token`], [region, `${xsuaa}/token_keys`]);
  expect([pairs(old), pairIssuers(old, []).unusedKeys]).toEqual([[`${xsuaa}/oauth/token ${xsuaa}/token_keys`], [region]]);
});

test('a choice between two forms is none that the tool makes', () => {
  const old = trust(['https://auth.example.com/env'], ['https://auth.example.com/env/as/jwks', 'https://auth.example.com/env/v1/keys']);
  expect([pairs(old), missing(old).length]).toEqual([[], 1]);
});

test('keys that two issuers of one tenant share count for both', () => {
  const keys = `https://login.microsoftonline.com/${tenant}/discovery/v2.0/keys`;
  const issuers = [`https://sts.windows.net/${tenant}/`, `https://login.microsoftonline.com/${tenant}/v2.0`];
  expect(pairs(trust(issuers, [keys]))).toEqual(issuers.map((issuer) => `${issuer} ${keys}`));
});

test('keys that fit no issuer are named, and no question', () => {
  const old = trust([realm], [beside[1], 'https://id.example.com/realms/other/protocol/openid-connect/certs']);
  expect(pairIssuers(old, [])).toMatchObject({
    pairs: [{ issuer: realm }],
    unusedKeys: ['https://id.example.com/realms/other/protocol/openid-connect/certs'],
    missing: [],
  });
});

test('an entry twice counts once', () => {
  expect(pairs(trust([realm, realm], [beside[1], beside[1]]))).toHaveLength(1);
});

describe('never guessed:', () => {
  test.each<[string, OldTrust, unknown[]]>([
    [
      'two issuers and two keys of no known form',
      trust(['https://a.example.com', 'https://b.example.com'], ['https://keys.example.com/1', 'https://keys.example.com/2']),
      [
        ['unpaired', 'https://a.example.com', 'https://keys.example.com/1', 'https://keys.example.com/2'],
        ['unpaired', 'https://b.example.com', 'https://keys.example.com/1', 'https://keys.example.com/2'],
      ],
    ],
    [
      'two issuers on one origin',
      trust(['https://a.example.com/x', 'https://a.example.com/y'], ['https://a.example.com/keys', 'https://a.example.com/more']),
      [
        ['unpaired', 'https://a.example.com/x', 'https://a.example.com/keys', 'https://a.example.com/more'],
        ['unpaired', 'https://a.example.com/y', 'https://a.example.com/keys', 'https://a.example.com/more'],
      ],
    ],
    ['keys without issuer', trust([], [`${xsuaa}/token_keys`]), [['no-issuer', `${xsuaa}/token_keys`]]],
    ['an issuer without keys', trust([realm], []), [['no-keys', realm]]],
    ['an issuer whose keys are all taken', trust([realm, 'https://x.example.com'], [beside[1]]), [['unpaired', 'https://x.example.com']]],
    [
      'keys in a file',
      trust([realm], ['file:///etc/keys.json']),
      [
        ['address', 'file:///etc/keys.json'],
        ['no-keys', realm],
      ],
    ],
    ['Dex', trust([dex], [dexKeys]), [['dex', dex, dexKeys]]],
    ['Dex by its keys only', trust([], [dexKeys]), [['dex', dexKeys]]],
    ['Dex by its issuer only', trust([dex, realm], [beside[1]]), [['dex', dex]]],
    ['neither issuer nor keys', trust([], []), []],
  ])('%s', (_, old, expected) => {
    expect(missing(old)).toEqual(expected);
  });
});

describe('the issuer map', () => {
  const replacement = { issuer: realm, jwksUri: beside[1] };

  test('puts a provider in the place of Dex, by its issuer or by its keys where no issuer is named', () => {
    const map: IssuerMap = [{ from: [dex, dexKeys], ...replacement }];
    for (const old of [trust([dex], [dexKeys]), trust([], [dexKeys]), trust([dex], [])]) {
      expect([pairs(old, map), missing(old, map)]).toEqual([[`${realm} ${beside[1]}`], []]);
      expect(pairIssuers(old, map).replaced).toEqual([{ from: old.issuers[0] ?? dexKeys, pair: replacement }]);
    }
  });

  test('puts several in the place of one', () => {
    const map: IssuerMap = [
      { from: [dex], ...replacement },
      { from: [dex], issuer: 'https://b', jwksUri: 'https://b/keys' },
      { from: [dexKeys], remove: true },
    ];
    expect(pairs(trust([dex], [dexKeys]), map)).toEqual([`${realm} ${beside[1]}`, 'https://b https://b/keys']);
  });

  test('takes an issuer away, and its keys with it', () => {
    const map: IssuerMap = [{ from: [dex, dexKeys], remove: true }];
    const old = trust([dex, realm], [dexKeys, beside[1]]);
    expect([pairs(old, map), missing(old, map), pairIssuers(old, map).removed]).toEqual([[`${realm} ${beside[1]}`], [], [dex, dexKeys]]);
  });

  test('keeps a Dex of your own that it names as its own replacement', () => {
    const own = 'https://dex.corp.example.com';
    const map: IssuerMap = [{ from: [own, `${own}/keys`], issuer: own, jwksUri: `${own}/keys` }];
    expect([pairs(trust([own], [`${own}/keys`]), map), pairIssuers(trust([own], [`${own}/keys`]), map).replaced]).toEqual([
      [`${own} ${own}/keys`],
      [],
    ]);
  });

  test('says nothing by its keys where the rule names another issuer', () => {
    const shared = 'https://keys.example.com/shared';
    const map: IssuerMap = [
      { from: ['https://a', shared], issuer: 'https://a', jwksUri: shared },
      { from: ['https://b', shared], issuer: 'https://b', jwksUri: shared },
    ];
    expect(pairs(trust(['https://a'], [shared]), map)).toEqual([`https://a ${shared}`]);
    expect(pairs(trust([], [shared]), map)).toEqual([`https://a ${shared}`, `https://b ${shared}`]);
  });

  test('counts only what it names character by character', () => {
    const map: IssuerMap = [{ from: [`${dex}/`], ...replacement }];
    expect(missing(trust([dex], [dexKeys]), map)).toEqual([['dex', dex, dexKeys]]);
  });
});

test('without a map nothing is trusted that the old rule did not trust, whatever it names', () => {
  const address = fc.constantFrom(
    ...[
      `${xsuaa}/oauth/token`,
      `${xsuaa}/token_keys`,
      ...beside,
      dex,
      dexKeys,
      'https://a.example.com',
      'https://a.example.com/keys',
      'x',
      '',
    ],
  );
  const names = fc.array(address, { maxLength: 5 });
  fc.assert(
    fc.property(names, names, (issuers, jwksUrls) => {
      const found = pairIssuers({ issuers, jwksUrls }, []);
      for (const { issuer, jwksUri } of found.pairs) expect([issuers.includes(issuer), jwksUrls.includes(jwksUri)]).toEqual([true, true]);
      const settled = [...found.pairs.map(({ issuer }) => issuer), ...found.missing.flatMap((one) => one.issuers)];
      expect(new Set(settled)).toEqual(new Set(issuers));
    }),
  );
});
