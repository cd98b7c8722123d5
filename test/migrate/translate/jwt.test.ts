import type { JsonObject } from '../../../src/model/json';
import type { IssuerMap } from '../../../src/migrate/issuers/issuer-map';
import { authorizerToName } from '../../../src/migrate/translate/ext-auth';
import { handlerRule, jwtRule, messagesOf, noted, realm, realmKeys, rulesOf, translateRules } from '../../support/old-objects';

const jwtOf = (config: JsonObject, issuers: IssuerMap = []): unknown =>
  rulesOf(translateRules([jwtRule('/a', config)], { issuers }))[0]?.['jwt'];
const notes = (config: JsonObject, issuers: IssuerMap = []): string[] =>
  noted(translateRules([jwtRule('/a', config)], { issuers })).filter((one) => !/preflight|token-checks/.test(one));
const usual = 'migrate-token-location changed';

test('issuer, keys, scopes and audiences are carried over', () => {
  expect(jwtOf({ required_scope: ['read', 'write', 'read'], target_audience: ['a', 'b'] })).toEqual({
    authentications: [{ issuer: realm, jwksUri: realmKeys }],
    authorizations: [{ requiredScopes: ['read', 'write'], audiences: ['a', 'b'] }],
  });
});

test('what asks for nothing beside a token gets no empty authorization, which the controller refuses', () => {
  expect(jwtOf({ required_scope: [], target_audience: [] })).toEqual({ authentications: [{ issuer: realm, jwksUri: realmKeys }] });
  expect(jwtOf({ target_audience: ['a'] })).toMatchObject({ authorizations: [{ audiences: ['a'] }] });
});

describe('token_from', () => {
  test.each<[string, JsonObject | null, JsonObject, string]>([
    ['nothing', null, {}, usual],
    ['an empty object', {}, {}, usual],
    ['the header Authorization', { header: 'Authorization' }, {}, usual],
    ['another header, whose whole value is the token', { header: 'X-Token' }, { fromHeaders: [{ name: 'X-Token' }] }, ''],
    ['a query parameter', { query_parameter: 'token' }, { fromParams: ['token'] }, 'migrate-token-location stricter'],
  ])('is translated: %s', (_, tokenFrom, members, note) => {
    expect(jwtOf({ token_from: tokenFrom })).toEqual({ authentications: [{ issuer: realm, jwksUri: realmKeys, ...members }] });
    expect(notes({ token_from: tokenFrom })).toEqual(note === '' ? [] : [note]);
  });

  test('of a cookie needs an authorizer', () => {
    const translation = translateRules([jwtRule('/a', { token_from: { cookie: 'session' } })]);
    expect(rulesOf(translation)[0]?.['extAuth']).toEqual({ authorizers: [authorizerToName] });
    expect(noted(translation)[0]).toBe('migrate-token-location manual');
  });

  test.each<[string, JsonObject]>([
    ['two places', { header: 'X-Token', query_parameter: 'token' }],
    ['a place that no version knew', { body: 'token' }],
    ['a header that is a number', { header: 1 }],
  ])('is work: %s', (_, tokenFrom) => {
    const translation = translateRules([jwtRule('/a', { token_from: tokenFrom })]);
    expect([translation.apiRule, translation.notes.some(({ effect }) => effect === 'manual')]).toEqual([undefined, true]);
  });
});

describe('scopes', () => {
  test.each<[string | undefined, string[]]>([
    ['exact', ['migrate-scopes stricter', usual]],
    ['none', ['migrate-scopes stricter', 'migrate-scopes stricter', usual]],
    ['hierarchic', ['migrate-scopes stricter', 'migrate-scopes stricter', usual]],
    ['wildcard', ['migrate-scopes stricter', 'migrate-scopes stricter', usual]],
    [undefined, ['migrate-scopes stricter', 'migrate-scopes stricter', usual]],
  ])('compared by the strategy %s are all required from now on', (strategy, expected) => {
    const config = { required_scope: ['read'], ...(strategy !== undefined && { scope_strategy: strategy }) };
    expect([jwtOf(config), notes(config)]).toEqual([expect.objectContaining({ authorizations: [{ requiredScopes: ['read'] }] }), expected]);
  });

  test('need no word about a strategy where none are asked for', () => {
    expect(notes({ scope_strategy: 'wildcard' })).toEqual([usual]);
  });

  test('compared by an unknown strategy are work', () => {
    expect(notes({ required_scope: ['read'], scope_strategy: 'constructor' })).toContain('migrate-scopes manual');
  });

  test.each<[string, JsonObject]>([
    ['a scope that ends with a star', { required_scope: ['read.*'] }],
    ['a scope that begins with a star', { required_scope: ['*.read'] }],
    ['a star alone as audience', { target_audience: ['*'] }],
    ['an empty scope', { required_scope: [''] }],
    ['an empty audience', { target_audience: ['a', ''] }],
  ])('that Istio would read otherwise are work: %s', (_, config) => {
    const translation = translateRules([jwtRule('/a', config)]);
    expect([translation.apiRule, noted(translation)]).toEqual([undefined, expect.arrayContaining(['migrate-scopes manual'])]);
  });

  test('with a star inside are texts for both', () => {
    expect(jwtOf({ required_scope: ['a*b'] })).toMatchObject({ authorizations: [{ requiredScopes: ['a*b'] }] });
  });
});

describe('the configuration', () => {
  test.each<[string, JsonObject, string]>([
    [
      'an unknown member',
      { required_claims: { a: 'b' } },
      'the handler jwt is configured with required_claims, which is unknown, so a check that it asks for could get lost',
    ],
    [
      'members of both flavours',
      { authentications: [{ issuer: 'a', jwksUri: 'https://b' }] },
      'the handler jwt is configured for Oathkeeper (trusted_issuers, jwks_urls) and for Istio (authentications), and no version took both',
    ],
    ['an issuer that is a number', { trusted_issuers: [1] }, 'config.trusted_issuers[0] of the handler jwt is 1; give text'],
    ['keys that are a text', { jwks_urls: realmKeys }, 'config.jwks_urls of the handler jwt is text; give a list'],
    ['a scope that is null', { required_scope: [null] }, 'config.required_scope[0] of the handler jwt is missing; give a text'],
  ])('is work: %s', (_, config, message) => {
    const translation = translateRules([jwtRule('/a', config)]);
    expect([translation.apiRule, messagesOf(translation, 'migrate-jwt-config')]).toEqual([undefined, [message]]);
  });

  test('of Oathkeeper for its own fetching of keys is left out', () => {
    const config = { jwks_max_wait: '1s', jwks_ttl: '30s' };
    expect([jwtOf(config), notes(config)]).toEqual([{ authentications: [{ issuer: realm, jwksUri: realmKeys }] }, [usual]]);
  });

  test('of algorithms has no counterpart', () => {
    expect(notes({ allowed_algorithms: ['RS256', 'ES256'] })).toEqual(['migrate-jwt-config changed', usual]);
  });

  test('that is missing trusts nobody that is known', () => {
    const translation = translateRules([handlerRule('/a', 'jwt')]);
    expect([translation.apiRule, messagesOf(translation, 'migrate-issuer')]).toEqual([
      undefined,
      [expect.stringContaining('names neither issuers nor keys')],
    ]);
  });
});

describe('issuers', () => {
  const dex = 'https://dex.kyma.example.com';
  const map: IssuerMap = [{ from: [dex], issuer: 'https://new.example.com', jwksUri: 'https://new.example.com/keys' }];

  test('of Dex are work, and never guessed', () => {
    const translation = translateRules([jwtRule('/a', { trusted_issuers: [dex, realm] })]);
    expect([translation.apiRule, messagesOf(translation, 'migrate-issuer')]).toEqual([
      undefined,
      [`"${dex}" belongs to the Dex of Kyma, which is gone since Kyma 2.0, so no token of it can be checked`],
    ]);
  });

  test('give way to those of the map, beside those that stay', () => {
    const config = { trusted_issuers: [dex, realm] };
    expect(jwtOf(config, map)).toEqual({
      authentications: [
        { issuer: realm, jwksUri: realmKeys },
        { issuer: 'https://new.example.com', jwksUri: 'https://new.example.com/keys' },
      ],
    });
    expect(notes(config, map)).toEqual(['migrate-issuer-replaced changed', usual]);
  });

  test('that the map takes away are said to be stricter', () => {
    expect(notes({ trusted_issuers: [dex, realm] }, [{ from: [dex], remove: true }])).toEqual([
      'migrate-issuer-replaced stricter',
      'migrate-issuer-pairs stricter',
      usual,
    ]);
  });

  test('all taken away leave nobody who could call', () => {
    const translation = translateRules([jwtRule('/a')], { issuers: [{ from: [realm, realmKeys], remove: true }] });
    expect([translation.apiRule, messagesOf(translation, 'migrate-issuer')]).toEqual([
      undefined,
      ['the issuer map takes every issuer of the rule away, so nobody could call it'],
    ]);
  });

  test('that the rule left open are named from now on, which is stricter', () => {
    const issuers: IssuerMap = [{ from: [realmKeys], issuer: realm, jwksUri: realmKeys }];
    expect(messagesOf(translateRules([jwtRule('/a', { trusted_issuers: [] })], { issuers }), 'migrate-issuer-pairs')).toEqual([
      `the rule named no issuer, so a token of any issuer passed if one of its keys had signed it; now its iss must be "${realm}"`,
    ]);
  });
});

describe('the Istio flavour', () => {
  const authentication = { issuer: realm, jwksUri: realmKeys, fromHeaders: [{ name: 'X', prefix: 'Y ' }] };
  const istio = (config: JsonObject): JsonObject => handlerRule('/a', 'jwt', config);

  test('is kept as it is', () => {
    const config = { authentications: [authentication], authorizations: [{ requiredScopes: ['a*'], audiences: ['b'] }] };
    const translation = translateRules([istio(config)], { oldJwtHandler: 'istio' });
    expect([rulesOf(translation)[0]?.['jwt'], noted(translation)]).toEqual([config, ['migrate-preflight changed']]);
  });

  test('with Dex is work, until the map says what takes its place', () => {
    const config = { authentications: [{ ...authentication, issuer: 'https://dex.example.com', jwksUri: 'http://dex-service:5556/keys' }] };
    expect(noted(translateRules([istio(config)]))).toContain('migrate-issuer manual');
    const issuers: IssuerMap = [{ from: ['https://dex.example.com'], issuer: realm, jwksUri: realmKeys }];
    const issuersAndKeys: IssuerMap = [...issuers, { from: ['http://dex-service:5556/keys'], remove: true }];
    expect(rulesOf(translateRules([istio(config)], { issuers: issuersAndKeys }))[0]?.['jwt']).toEqual({
      authentications: [authentication],
    });
  });

  test.each<[string, JsonObject]>([
    ['no authentications', { authorizations: [{ audiences: ['a'] }] }],
    ['authentications that are a text', { authentications: 'x' }],
    ['an authentication that is null', { authentications: [null] }],
    ['two headers', { authentications: [{ ...authentication, fromHeaders: [{ name: 'X' }, { name: 'Y' }] }] }],
    ['an issuer that is a number', { authentications: [{ issuer: 1, jwksUri: realmKeys }] }],
    ['empty authorizations', { authentications: [authentication], authorizations: [] }],
  ])('that the controller would refuse is work: %s', (_, config) => {
    const translation = translateRules([istio(config)]);
    expect([translation.apiRule, translation.notes.some(({ effect, fix }) => effect === 'manual' && fix !== undefined)]).toEqual([
      undefined,
      true,
    ]);
  });
});
