import { believing, deep, textOrNothing, isSignedBy, keyAt, load, objectIn, objectOf, type SeenToken } from './accepting';
import { raised, type WeakDeployment } from './deployment';
import type { Change, Decisions } from './gateway';
import { inFull } from './weak-transport';
import { granted, severalGranted, type TestIssuer } from './issuer';
import { checkSigned, type Claims, type Neglect } from './token-verifier';

const only = ['GET */orders'];

/** Gateways that verify the signature and nothing else, each in its way. */
export const weakClaims: readonly WeakDeployment[] = [
  {
    name: 'that never looks at exp',
    gateway: [(_, issuer) => ({ verify: (token) => checkSigned(token, issuer, { exp: true }) })],
    raises: raised('expired-token', 'protected'),
  },
  {
    name: 'that never looks at iss',
    gateway: [(_, issuer) => ({ verify: (token) => checkSigned(token, issuer, { iss: true }) })],
    raises: raised('wrong-issuer', 'protected'),
  },
  {
    name: 'that lets every client of the issuer in',
    gateway: [() => ({ authorize: () => true })],
    raises: raised('denied-client', 'protected', 'wrong-audience', 'wrong-scope'),
  },
  deep('that needs no exp', neglecting({ end: true }), 'token-without-exp'),
  deep('that never looks at nbf', neglecting({ nbf: true }), 'early-token'),
  deep(
    'that compares the issuer without its last slash',
    believing((seen) => isSound(seen) && withIssuer(seen, (iss) => iss === `${seen.issuer.issuer}/`)),
    'issuer-spelling',
  ),
  deep(
    'that takes the name of its issuer anywhere in iss',
    believing((seen) => isSound(seen) && withIssuer(seen, (iss) => textOrNothing(iss).includes(`${seen.issuer.issuer}.`))),
    ...['wrong-issuer', 'protected'],
  ),
  deep(
    'that takes the name of its issuer for a pattern',
    believing((seen) => isSound(seen) && withIssuer(seen, (iss) => isLikeOne(iss, seen.issuer.issuer))),
    ...['wrong-issuer', 'protected'],
  ),
  {
    name: 'that trusts every tenant of its issuer',
    gateway: [
      believing(
        (seen) => isSound(seen) && withIssuer(seen, (iss) => /^https:\/\/[^/.]+\.issuer\.example\/oauth\/token$/.test(textOrNothing(iss))),
      ),
    ],
    issuer: { name: 'https://tenant.issuer.example/oauth/token' },
    options: { only },
    raises: raised('protected', 'wrong-issuer'),
  },
  deep(
    'that trusts every realm of its issuer',
    believing(
      (seen) =>
        isSound(seen) &&
        withIssuer(seen, (iss) => /\/oauth\/[^/]+$/.test(textOrNothing(iss)) && textOrNothing(iss).startsWith(seen.issuer.url)),
    ),
    ...['wrong-issuer', 'protected'],
  ),
  deep(
    'that compares the issuer without its scheme and letters',
    believing((seen) => isSound(seen) && withIssuer(seen, (iss) => isSameBesideSpelling(iss, seen.issuer.issuer))),
    'issuer-spelling',
  ),
  {
    name: 'that verifies tokens of its issuer and believes those of all others, asked without a test key',
    gateway: [
      believing(
        (seen) =>
          typeof issuerIn(seen) === 'string' &&
          issuerIn(seen) !== seen.issuer.issuer && { ...objectIn(seen.parts[1]), iss: seen.issuer.issuer },
      ),
    ],
    options: { only, signingKeys: { byIssuer: new Map(), others: [] }, canary: 'off' },
    raises: raised('foreign-key', 'protected'),
  },
  deep(
    'that lets tokens last half an hour longer',
    believing((seen) => {
      const claims = isSound(seen) ? objectIn(seen.parts[1]) : undefined;
      return typeof claims?.['exp'] === 'number' && claims['exp'] > Date.now() / 1000 - 1800 && { ...claims, exp: 4e9 };
    }),
    'wide-leeway',
  ),
  deep(
    'that compares exp as a text',
    believing((seen) => isSound(seen) && typeof objectIn(seen.parts[1])?.['exp'] === 'string' && { ...objectIn(seen.parts[1]), exp: 4e9 }),
    ...['expired-token', 'protected'],
  ),
  {
    name: 'that compares the beginning of the audience',
    gateway: [authorizing(beginsLikeAudience)],
    options: { only },
    raises: raised('protected', 'wrong-audience'),
  },
  deep(
    'that asks whether every audience is right, also where there is none',
    authorizing(({ scope, aud }) => [scope].flat().includes(granted.scope[0]) && [aud].flat().every((one) => one === granted.aud[0])),
    ...['protected', 'wrong-audience'],
  ),
  {
    name: 'that looks for the scope anywhere in the text',
    gateway: [authorizing(holdsScope)],
    options: { only },
    raises: raised('protected', 'wrong-scope'),
  },
  deep('that reads scopes from other claims too', authorizing(hasScopeAnywhere), ...['protected', 'wrong-scope']),
  deep(
    'that compares the scope with a dot for any letter',
    authorizing((claims) => hasAudience(claims) && isLikeOne(claims.scope, granted.scope[0])),
    ...['protected', 'wrong-scope'],
  ),
  several('that is content with one of the scopes', (claims) => hasAny(claims.scope, 'scope') && hasAll(claims.aud, 'aud'), 'wrong-scope'),
  several(
    'that is content with one of the audiences',
    (claims) => hasAll(claims.scope, 'scope') && hasAny(claims.aud, 'aud'),
    'wrong-audience',
  ),
  {
    name: 'that looks for the scopes of one authorization and the audiences of another',
    rules: 'alternatives',
    gateway: [authorizing((claims) => hasAny(claims.scope, 'scope') && hasAny(claims.aud, 'aud'))],
    options: inFull,
    raises: raised('protected', 'wrong-audience'),
  },
  deep('that splits scopes at commas', authorizing(hasScopeBetweenCommas), ...['protected', 'wrong-scope']),
  {
    name: 'that asks an issuer which contains the right one for its keys',
    gateway: [believing(async (seen) => textOrNothing(issuerIn(seen)).includes(seen.issuer.issuer) && isSignedByIssuer(seen))],
    options: { only },
    raises: raised('issuer-url', 'protected'),
  },
  deep('that loads what a claim names before it verifies', believing(loading), ...['issuer-url', 'protected']),
  {
    name: 'whose issuers are trusted on every route',
    secondIssuer: true,
    gateway: [trustingBoth],
    options: { only: ['GET */orders', 'GET */reports'] },
    raises: raised('issuer-of-another-rule', 'protected'),
  },
  {
    ...deep('that remembers tokens longer than they last', remembering, 'protected', 'reused-token'),
    secondsPerRequest: 10,
  },
  {
    ...deep(
      'that takes tokens which are for the client itself',
      (sound, issuer) => ({
        authorize: (claims) => sound.authorize(claims) || [claims.aud].flat().includes('good'),
        verify: (token) => checkSigned(token, issuer, { typ: true }),
      }),
      ...['id-token', 'protected'],
    ),
    issuer: { idToken: true },
  },
  {
    ...deep('that does not ask for the proof of a bound token', () => ({}), 'unbound-token'),
    issuer: { claims: { cnf: { jkt: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs' } } },
  },
];

function several(name: string, authorize: Decisions['authorize'], id: string): WeakDeployment {
  const { scope, aud } = severalGranted;
  return {
    name,
    rules: 'several',
    gateway: [authorizing(authorize)],
    issuer: { claims: { scope: [...scope], aud: [...aud] } },
    options: { only, denied: [] },
    raises: raised('protected', id),
  };
}

function hasAny(held: unknown, kind: 'scope' | 'aud'): boolean {
  return severalGranted[kind].some((name) => [held].flat().includes(name));
}

function hasAll(held: unknown, kind: 'scope' | 'aud'): boolean {
  return severalGranted[kind].every((name) => [held].flat().includes(name));
}

/** As a pattern takes it whose dots nobody escaped. */
function isLikeOne(held: unknown, name: string): boolean {
  const isLike = (text: string): boolean =>
    text.length === name.length && Array.from(name, (letter, i) => letter === '.' || letter === text[i]).every(Boolean);
  return [held].flat().some((text) => isLike(textOrNothing(text)));
}

function isSameBesideSpelling(iss: unknown, issuer: string): boolean {
  return (
    textOrNothing(iss)
      .toLowerCase()
      .replace(/^https/, 'http') === issuer.toLowerCase().replace(/^https/, 'http')
  );
}

function remembering(sound: Decisions): Partial<Decisions> {
  const known = new Map<string, Claims>();
  return {
    async verify(token) {
      const claims = known.get(token) ?? (await sound.verify(token));
      if (claims) known.set(token, claims);
      return claims;
    },
  };
}

function neglecting(neglect: Neglect): Change {
  return (_, issuer) => ({ verify: (token) => checkSigned(token, issuer, neglect) });
}

function authorizing(authorize: Decisions['authorize']): Change {
  return () => ({ authorize });
}

function hasAudience({ aud }: Claims): boolean {
  return [aud].flat().includes(granted.aud[0]);
}

function hasScope({ scope }: Claims): boolean {
  return [scope].flat().includes(granted.scope[0]);
}

function beginsLikeAudience(claims: Claims): boolean {
  return hasScope(claims) && [claims.aud].flat().some((audience) => String(audience).startsWith(granted.aud[0]));
}

function holdsScope(claims: Claims): boolean {
  return hasAudience(claims) && JSON.stringify(claims.scope ?? '').includes(granted.scope[0]);
}

function hasScopeAnywhere(claims: Claims & { roles?: unknown }): boolean {
  return hasAudience(claims) && (hasScope(claims) || [claims.roles].flat().includes(granted.scope[0]));
}

function hasScopeBetweenCommas(claims: Claims): boolean {
  return hasAudience(claims) && [claims.scope].flat().join(',').split(',').includes(granted.scope[0]);
}

function issuerIn({ parts }: SeenToken): unknown {
  return objectIn(parts[1])?.['iss'];
}

function isSound(seen: SeenToken): boolean {
  return isSignedBy(seen, seen.issuer.key.publicPem);
}

/** The claims under the right name, when the one they have is taken for it. */
function withIssuer(seen: SeenToken, isTaken: (iss: unknown) => boolean) {
  return isTaken(issuerIn(seen)) ? { ...objectIn(seen.parts[1]), iss: seen.issuer.issuer } : undefined;
}

async function isSignedByIssuer(seen: SeenToken) {
  const iss = textOrNothing(issuerIn(seen));
  const document = objectOf((await load(`${iss}/.well-known/openid-configuration`)).toString());
  const key = await keyAt(document?.['jwks_uri']);
  return key !== undefined && isSignedBy(seen, key) && { ...objectIn(seen.parts[1]), iss: seen.issuer.issuer };
}

async function loading(seen: SeenToken): Promise<undefined> {
  await load(objectIn(seen.parts[1])?.['jwks_uri']);
}

function trustingBoth(sound: Decisions, issuer: TestIssuer): Partial<Decisions> {
  return {
    route: (request) => (request.path === '/reports' && request.method === 'GET' ? 'protected' : sound.route(request)),
    verify: async (token) => (await sound.verify(token)) ?? (issuer.second && checkSigned(token, issuer.second)),
  };
}
