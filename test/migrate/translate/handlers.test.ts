import type { JsonObject } from '../../../src/model/json';
import { authorizerToName } from '../../../src/migrate/translate/ext-auth';
import { accessHandlers } from '../../../src/migrate/translate/handlers/all-handlers';
import { handlerRule, jwtRule, messagesOf, noted, realm, realmKeys, rulesOf, translateRules } from '../../support/old-objects';

const strategies = (...accessStrategies: JsonObject[]): JsonObject => ({ path: '/a', methods: ['GET', 'OPTIONS'], accessStrategies });
const extAuth = { extAuth: { authorizers: [authorizerToName] } };
const otherRealm = { trusted_issuers: ['https://other.example.com'], jwks_urls: ['https://other.example.com/keys'] };

test('every handler that an APIRule could name has a translation', () => {
  expect(accessHandlers.map(({ name }) => name).sort()).toEqual(
    [
      ...['allow', 'anonymous', 'cookie_session', 'jwt', 'no_auth', 'noop'],
      ...['oauth2_client_credentials', 'oauth2_introspection', 'unauthorized'],
    ].sort(),
  );
});

test.each<[string, JsonObject, string[]]>([
  ['allow', { noAuth: true }, ['migrate-open open', 'migrate-allow-methods stricter']],
  ['no_auth', { noAuth: true }, ['migrate-open open']],
  ['noop', { noAuth: true }, ['migrate-open open', 'migrate-preflight stricter']],
  ['anonymous', { noAuth: true }, ['migrate-open open', 'migrate-anonymous changed', 'migrate-preflight stricter']],
  ['oauth2_introspection', extAuth, ['migrate-ext-auth manual', 'migrate-preflight changed']],
  ['oauth2_client_credentials', extAuth, ['migrate-ext-auth manual', 'migrate-preflight changed']],
  ['cookie_session', extAuth, ['migrate-ext-auth manual', 'migrate-preflight changed']],
])('%s becomes what lets in no more', (handler, access, notes) => {
  const translation = translateRules([handlerRule('/a', handler)]);
  expect([rulesOf(translation), noted(translation)]).toEqual([[expect.objectContaining({ path: '/a', ...access })], notes]);
});

test.each(['allow', 'no_auth', 'noop', 'anonymous'])('%s with a configuration is not understood', (handler) => {
  const translation = translateRules([handlerRule('/a', handler, { strict: true })]);
  expect([rulesOf(translation), noted(translation)]).toEqual([[], expect.arrayContaining(['migrate-handler manual'])]);
});

test.each(['bearer_token', 'Noop', 'constructor', ''])('a handler %j that no version knew is left to the user', (handler) => {
  const translation = translateRules([handlerRule('/a', handler), handlerRule('/b', 'noop')]);
  expect([translation.apiRule, messagesOf(translation, 'migrate-handler')]).toEqual([
    undefined,
    [`the handler ${JSON.stringify(handler)} is unknown, so it is not clear whom the rule let in`],
  ]);
});

describe('an authorizer that is still to be named', () => {
  test('opens nothing until it is, and the work says what was configured', () => {
    const [note] = translateRules([
      handlerRule('/a', 'oauth2_introspection', { required_scope: ['a'], introspection_url: 'https://x' }),
    ]).notes.filter(({ effect }) => effect === 'manual');
    expect(note?.message).toContain('the controller refuses the APIRule: nothing new is opened');
    expect(note?.fix).toContain('Carry over what was configured: introspection_url, required_scope.');
    expect(note?.fix).toContain(authorizerToName);
  });
});

describe('unauthorized', () => {
  test('needs no rule where no other rule takes its path', () => {
    const translation = translateRules([handlerRule('/closed', 'unauthorized'), handlerRule('/open', 'no_auth')]);
    expect([rulesOf(translation).map(({ path }) => path), noted(translation)]).toEqual([
      ['/open'],
      ['migrate-open open', 'migrate-closed changed'],
    ]);
  });

  test.each(['/.*', '/closed', '/clo[a-z]ed', '/[^/]+'])('is work where the public %s would take its path', (path) => {
    const translation = translateRules([handlerRule('/closed', 'unauthorized'), handlerRule(path, 'allow')], { allowWidening: () => true });
    expect([translation.apiRule, translation.notes.some(({ effect }) => effect === 'manual')]).toEqual([undefined, true]);
  });

  test('alone leaves no APIRule', () => {
    const translation = translateRules([handlerRule('/.*', 'unauthorized')]);
    expect([translation.apiRule, messagesOf(translation, 'migrate-closed')]).toEqual([
      undefined,
      expect.arrayContaining(['no rule lets anybody in, and APIRule v2 asks for one that does']),
    ]);
  });

  test('first for everything keeps later rules from opening anything, and leaves no APIRule', () => {
    const translation = translateRules([handlerRule('/.*', 'unauthorized'), handlerRule('/a', 'allow')]);
    expect([translation.apiRule, messagesOf(translation, 'migrate-closed')]).toEqual([
      undefined,
      expect.arrayContaining(['no rule lets anybody in, and APIRule v2 asks for one that does']),
    ]);
  });

  test('beside another strategy lets in what that one lets in', () => {
    expect(rulesOf(translateRules([strategies({ handler: 'unauthorized' }, { handler: 'noop' })]))).toMatchObject([{ noAuth: true }]);
  });
});

describe('several strategies on one rule', () => {
  test.each(['noop', 'allow', 'no_auth', 'anonymous'])('%s beside jwt is open, and that is said', (handler) => {
    const jwt = { handler: 'jwt', config: { trusted_issuers: [realm], jwks_urls: [realmKeys] } };
    for (const both of [strategies(jwt, { handler }), strategies({ handler }, jwt)]) {
      const translation = translateRules([both]);
      expect([rulesOf(translation), noted(translation)[0]]).toEqual([
        [expect.objectContaining({ noAuth: true })],
        'migrate-strategies open',
      ]);
      expect(messagesOf(translation, 'migrate-strategies')[0]).toContain(`${handler} stands beside jwt`);
    }
  });

  test('two jwt with the same demands trust the issuers of both', () => {
    const translation = translateRules([
      strategies(
        { handler: 'jwt', config: { trusted_issuers: [realm], jwks_urls: [realmKeys], target_audience: ['a'] } },
        { handler: 'jwt', config: { ...otherRealm, target_audience: ['a'] } },
      ),
    ]);
    expect(rulesOf(translation)[0]?.['jwt']).toEqual({
      authentications: [
        { issuer: realm, jwksUri: realmKeys },
        { issuer: 'https://other.example.com', jwksUri: 'https://other.example.com/keys' },
      ],
      authorizations: [{ audiences: ['a'] }],
    });
  });

  test.each<[string, JsonObject]>([
    ['other scopes', { required_scope: ['write'] }],
    ['no scopes', {}],
    ['the token in another place', { required_scope: ['read'], token_from: { header: 'X-Token' } }],
  ])('two jwt with %s are left to an authorizer: one rule would admit more', (_, config) => {
    const translation = translateRules([
      strategies(
        { handler: 'jwt', config: { trusted_issuers: [realm], jwks_urls: [realmKeys], required_scope: ['read'] } },
        { handler: 'jwt', config: { ...otherRealm, ...config } },
      ),
    ]);
    expect([rulesOf(translation), noted(translation)[0]]).toEqual([[expect.objectContaining(extAuth)], 'migrate-strategies manual']);
  });

  test('jwt or introspection is left to an authorizer', () => {
    const translation = translateRules([
      strategies({ handler: 'jwt', config: { trusted_issuers: [realm], jwks_urls: [realmKeys] } }, { handler: 'oauth2_introspection' }),
    ]);
    expect([rulesOf(translation), noted(translation)[0]]).toEqual([[expect.objectContaining(extAuth)], 'migrate-strategies manual']);
  });

  test('one that is not understood spoils them all', () => {
    expect(
      translateRules([strategies({ handler: 'noop' }, { handler: 'bearer_token' })]).notes.some(({ effect }) => effect === 'manual'),
    ).toBe(true);
  });
});

test('a rule of each kind keeps its service, its timeout and its methods', () => {
  const more = { timeout: 7, service: { name: 's', port: 1, namespace: 'n' }, methods: ['GET', 'POST', 'GET', 'OPTIONS'] };
  for (const rule of [handlerRule('/a', 'noop', undefined, more), jwtRule('/a', {}, more)]) {
    expect(rulesOf(translateRules([rule]))).toMatchObject([
      { methods: ['GET', 'POST', 'OPTIONS'], timeout: 7, service: { name: 's', namespace: 'n', port: 1 } },
    ]);
  }
});
