import { compileAccess, type AccessContext, type AccessResult } from '../../src/config/compile-access';
import type { AccessConfig } from '../../src/config/schema-expose';

const lock = {
  issuer: 'https://geo.example.com/oauth/token',
  jwksUri: 'https://geo.example.com/token_keys',
  clientId: 'sb-geo!t7',
  xsappname: 'geo!t7',
  learnt: { clientId: 'service key', issuer: 'token', jwksUri: 'discovery', xsappname: 'service key' },
} as const;
const xsuaa = { kind: 'xsuaa', namespace: 'geo', security: {} } as const;
const oidc = { kind: 'oidc', issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/keys' } as const;
const context: AccessContext = { issuers: { xsuaa, keycloak: oidc, okta: oidc }, lock: { xsuaa: lock } };

function compile(jwt: Extract<AccessConfig, object>['jwt'], changes: Partial<AccessContext> = {}): AccessResult {
  return compileAccess({ jwt }, { ...context, ...changes });
}

function authorizations(result: AccessResult): unknown {
  return result.access === 'public' ? 'public' : result.access.authorizations;
}

test('public is public', () => {
  expect(compileAccess('public', context)).toEqual({ access: 'public', missing: [], findings: [] });
});

test('a rule without access trusts the only issuer', () => {
  expect(compileAccess(undefined, { issuers: { keycloak: oidc }, lock: {} }).access).toEqual({ issuers: ['keycloak'], authorizations: [] });
});

test.each([
  ['the own client by default', { issuers: ['xsuaa'] }, [{ audiences: ['sb-geo!t7'] }]],
  [
    'clients with a granted scope',
    { issuers: ['xsuaa'], clients: 'granted', scopes: ['$XSAPPNAME.Read'] },
    [{ audiences: ['geo!t7'], scopes: ['geo!t7.Read'] }],
  ],
  ['any client', { issuers: ['xsuaa'], clients: 'any' }, []],
  ['audiences of the rule for every issuer', { issuers: ['keycloak', 'okta'], audiences: ['a'] }, [{ audiences: ['a'] }]],
  [
    'one authorization per distinct demand',
    { issuers: ['xsuaa', { issuer: 'keycloak', audiences: ['a'] }, { issuer: 'okta', audiences: ['a'] }] },
    [{ audiences: ['sb-geo!t7'] }, { audiences: ['a'] }],
  ],
  [
    'demands of rule and entry together, sorted',
    { issuers: [{ issuer: 'keycloak', audiences: ['a'] }], audiences: ['b', 'a'], scopes: ['s'] },
    [{ audiences: ['a', 'b'], scopes: ['s'] }],
  ],
  ['clients of one entry only', { issuers: [{ issuer: 'xsuaa', clients: 'any' }] }, []],
])('admits %s', (_, jwt, expected) => {
  const result = compile(jwt as Parameters<typeof compile>[0]);
  expect(result.findings).toEqual([]);
  expect(authorizations(result)).toEqual(expected);
});

test.each([
  ['several issuers, none named', {}, 'does not say whose tokens it accepts'],
  [
    'an own client beside an issuer of which nothing is demanded',
    { issuers: ['xsuaa', 'keycloak'] },
    'demands audiences or scopes of xsuaa but nothing of keycloak',
  ],
  [
    'a demand that another one voids',
    {
      issuers: [
        { issuer: 'keycloak', audiences: ['a'] },
        { issuer: 'okta', audiences: ['a'], scopes: ['write'] },
      ],
    },
    'of okta but less of keycloak',
  ],
  ['granted clients without a scope', { issuers: ['xsuaa'], clients: 'granted' }, 'without a scope'],
  ['clients of an issuer that is no XSUAA', { issuers: [{ issuer: 'keycloak', clients: 'own' }] }, 'is for XSUAA'],
  ['an issuer twice', { issuers: ['keycloak', 'keycloak'] }, 'a second time'],
  ['an audience that the gateway reads as a pattern', { issuers: ['keycloak'], audiences: ['geo*'] }, 'reads as a wildcard'],
  ['$XSAPPNAME without an XSUAA', { issuers: ['keycloak'], scopes: ['$XSAPPNAME.Read'] }, 'does not name exactly one XSUAA issuer'],
])('refuses %s', (_, jwt, message) => {
  const { findings } = compile(jwt as Parameters<typeof compile>[0]);
  expect(findings.map((finding) => finding.message).join()).toContain(message);
});

test('the refusal says how to give the other issuer a demand of its own', () => {
  const [finding] = compile({ issuers: ['xsuaa', 'keycloak'] }).findings;
  expect(finding?.fix).toContain('{ issuer: keycloak, audiences: [NAME] }');
});

test.each([
  ['the own client', { issuers: ['xsuaa'] }, ['xsuaa']],
  ['a scope of the application', { issuers: ['xsuaa'], clients: 'any', scopes: ['$XSAPPNAME.Read'] }, ['xsuaa']],
  ['who the issuer is', { issuers: ['xsuaa'], clients: 'any' }, ['xsuaa']],
  ['nothing', { issuers: ['keycloak'], audiences: ['a'] }, []],
])('without a lock entry nobody knows %s', (_, jwt, missing) => {
  expect(compile(jwt as Parameters<typeof compile>[0], { lock: {} }).missing).toEqual(missing);
});

test('a url makes the issuer known, but not its client', () => {
  const issuers = { xsuaa: { ...xsuaa, url: 'https://geo.example.com' } };
  expect(compile({ issuers: ['xsuaa'], clients: 'any' }, { issuers, lock: {} }).missing).toEqual([]);
  expect(compile({ issuers: ['xsuaa'] }, { issuers, lock: {} }).missing).toEqual(['xsuaa']);
});

test('a dollar sign in the name of an application stays what it is', () => {
  const odd = { ...lock, xsappname: "geo$&$'!t7" };
  const result = compile({ issuers: ['xsuaa'], clients: 'any', scopes: ['$XSAPPNAME.Read'] }, { lock: { xsuaa: odd } });
  expect(authorizations(result)).toEqual([{ scopes: ["geo$&$'!t7.Read"] }]);
});
