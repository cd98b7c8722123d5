import { createHmac, KeyObject, sign } from 'node:crypto';
import type { JsonObject, JsonValue } from '../../src/model/json';
import { tokenFact } from '../../src/local/token-facts';
import type { TokenFact } from '../../src/model/access';
import { createSigningKey, publicJwks, signToken, type SigningKey } from '../../src/token/sign';

/** Issuers of conformance cases; `stranger` is trusted by no rule. */
export const issuers = {
  a: 'https://a.example.com/oauth/token',
  b: 'https://b.example.com/realms/main',
  slash: 'https://slash.example.com/',
  plain: 'plain-issuer',
  stranger: 'https://stranger.example.com',
} as const;

/** Makes the text of a token. Times are in seconds since 1970. */
type Recipe = (keys: Keys, now: number) => Promise<string> | string;

interface Keys {
  readonly of: (issuer: keyof typeof issuers) => SigningKey;
  readonly foreign: SigningKey;
  readonly elliptic: SigningKey;
}

function valid(issuer: keyof typeof issuers, claims: JsonObject = {}, header: JsonObject = {}): Recipe {
  return (keys, now) => {
    const all: [string, JsonValue][] = Object.entries({ iss: issuers[issuer], sub: 'client', iat: now, exp: now + 3600, ...claims });
    return signToken(keys.of(issuer), { claims: Object.fromEntries(all.filter(([, value]) => value !== null)), header });
  };
}

function timed(times: (now: number) => JsonObject): Recipe {
  return (keys, now) => valid('a', times(now))(keys, now);
}

function parts(change: (header: string, body: string, signature: string) => string, issuer: keyof typeof issuers = 'a'): Recipe {
  return async (keys, now) => {
    const [header = '', body = '', signature = ''] = (await valid(issuer)(keys, now)).split('.');
    return change(header, body, signature);
  };
}

function encode(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

/** A token of issuer a with the given header and body texts and the signature of another token. */
function unsigned(header: unknown, body: unknown = { iss: issuers.a, sub: 'client', exp: 4_102_444_800 }): Recipe {
  return parts((_header, _body, signature) => `${encode(header)}.${encode(body)}.${signature}`);
}

/** The next character of the alphabet: where it ends a signature, only bits that mean nothing change. */
function nextCharacter(character: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(character) + 1] ?? 'B';
}

/** For headers that the library refuses to sign. */
function signedByHand(key: SigningKey, header: unknown, body: unknown): string {
  const head = `${encode(header)}.${encode(body)}`;
  return `${head}.${sign('sha256', Buffer.from(head), KeyObject.from(key.privateKey)).toString('base64url')}`;
}

/** Every token of the conformance cases, by name. */
export const tokenRecipes: Readonly<Record<string, Recipe>> = {
  a: valid('a'),
  b: valid('b'),
  slash: valid('slash'),
  plain: valid('plain'),
  stranger: valid('stranger'),
  'a-no-sub': valid('a', { sub: null }),
  'a-empty-sub': valid('a', { sub: '' }),
  'a-number-sub': valid('a', { sub: 7 }),
  'a-line-sub': valid('a', { sub: 'two\nlines' }),
  'a-no-exp': valid('a', { exp: null }),
  'a-read': valid('a', { scope: 'read' }),
  'a-read-write': valid('a', { scope: 'read write' }),
  'a-write-read-admin': valid('a', { scope: 'write read admin' }),
  'a-scope-list': valid('a', { scope: ['read', 'write'] }),
  'a-scope-list-spaced': valid('a', { scope: ['read write'] }),
  'a-scope-tab': valid('a', { scope: 'read\twrite' }),
  'a-scope-double-space': valid('a', { scope: 'read  write' }),
  'a-scope-empty': valid('a', { scope: '' }),
  'a-scope-upper': valid('a', { scope: 'READ' }),
  'a-scope-longer': valid('a', { scope: 'readx write' }),
  'a-scp-list': valid('a', { scp: ['read', 'write'] }),
  'a-scp-text': valid('a', { scp: 'read' }),
  'a-scp-spaced': valid('a', { scp: 'read write' }),
  'a-scopes-list': valid('a', { scopes: ['read', 'write'] }),
  'a-scopes-spaced': valid('a', { scopes: 'read write' }),
  'a-scopes-nested': valid('a', { scopes: [['read', 'write']] }),
  'a-scopes-object': valid('a', { scopes: { read: true } }),
  'a-split-scopes': valid('a', { scope: 'read', scp: ['write'] }),
  'a-aud-one': valid('a', { aud: 'one' }),
  'a-aud-list': valid('a', { aud: ['one', 'two'] }),
  'a-aud-two': valid('a', { aud: ['two'] }),
  'a-aud-spaced': valid('a', { aud: 'one two' }),
  'a-full': valid('a', { aud: ['one', 'two'], scope: 'read write' }),
  'a-all': valid('a', { aud: ['one', 'two', 'three'], scope: 'read write admin x READ', realm: { roles: ['admin'], name: 'main' } }),
  'b-all': valid('b', { aud: ['one', 'two', 'three'], scp: ['read', 'write', 'admin', 'x', 'READ', 'read write'] }),
  'slash-all': valid('slash', { aud: ['one', 'two', 'three'], scopes: ['read', 'write', 'admin', 'x', 'READ', 'read write'] }),
  'plain-all': valid('plain', { aud: ['one', 'two', 'three'], scope: ['read', 'write', 'admin', 'x', 'READ', 'read write'] }),
  'b-full': valid('b', { aud: ['one', 'two'], scope: 'read write' }),
  'b-read': valid('b', { scp: ['read'] }),
  'a-nested': valid('a', { realm: { roles: ['admin'], name: 'main' }, permission: 'p q' }),
  'a-slash-sub': valid('a', { sub: 'x/client' }),
  'a-kid-null': valid('a', {}, { kid: null }),
  'a-kid-other': valid('a', {}, { kid: 'other' }),
  'a-typ-none': valid('a', {}, { typ: null }),
  'a-typ-other': valid('a', {}, { typ: 'at+jwt' }),
  'a-number-iss': (keys, now) => valid('a', { iss: 7 })(keys, now),
  'a-no-iss': valid('a', { iss: null }),
  'a-expired': timed((now) => ({ exp: now - 600 })),
  'a-expired-within-skew': timed((now) => ({ exp: now - 10 })),
  'a-expired-beyond-skew': timed((now) => ({ exp: now - 90 })),
  'a-early': timed((now) => ({ nbf: now + 600 })),
  'a-early-within-skew': timed((now) => ({ nbf: now + 30 })),
  'a-iat-future': timed((now) => ({ iat: now + 600 })),
  'a-exp-text': timed((now) => ({ exp: String(now + 600) })),
  'a-exp-zero': timed(() => ({ exp: 0 })),
  'a-exp-negative': timed(() => ({ exp: -1 })),
  'a-exp-fraction': timed((now) => ({ exp: now + 600.5 })),
  'a-exp-huge': timed(() => ({ exp: 1e20 })),
  'a-nbf-text': timed((now) => ({ nbf: String(now) })),
  'a-iat-text': timed((now) => ({ iat: String(now) })),
  'a-jti-number': timed(() => ({ jti: 7 })),
  'a-aud-number': timed(() => ({ aud: 7 })),
  'a-aud-mixed': timed(() => ({ aud: ['one', 7] })),
  foreign: (keys, now) =>
    signToken(keys.foreign, { claims: { iss: issuers.a, sub: 'client', exp: now + 600 }, header: { kid: keys.of('a').kid } }),
  'foreign-kid': (keys, now) => signToken(keys.foreign, { claims: { iss: issuers.a, sub: 'client', exp: now + 600 } }),
  cross: (keys, now) =>
    signToken(keys.of('b'), { claims: { iss: issuers.a, sub: 'client', exp: now + 600 }, header: { kid: keys.of('a').kid } }),
  elliptic: (keys, now) =>
    signToken(keys.elliptic, { claims: { iss: issuers.a, sub: 'client', exp: now + 600 }, header: { kid: keys.of('a').kid } }),
  hmac: (keys, now) => {
    const head = `${encode({ alg: 'HS256', kid: keys.of('a').kid })}.${encode({ iss: issuers.a, sub: 'client', exp: now + 600 })}`;
    return `${head}.${createHmac('sha256', keys.of('a').publicPem).update(head).digest('base64url')}`;
  },
  'alg-none': parts((_header, body) => `${encode({ alg: 'none' })}.${body}.`),
  'alg-none-signed': parts((_header, body, signature) => `${encode({ alg: 'none' })}.${body}.${signature}`),
  'alg-None': parts((_header, body, signature) => `${encode({ alg: 'None' })}.${body}.${signature}`),
  'alg-missing': unsigned({ typ: 'JWT' }),
  'alg-number': unsigned({ alg: 7 }),
  'alg-rs1': unsigned({ alg: 'RS1' }),
  'alg-ps256': unsigned({ alg: 'PS256' }),
  'kid-number': unsigned({ alg: 'RS256', kid: 7 }),
  'kid-empty': unsigned({ alg: 'RS256', kid: '' }),
  'header-no-json': unsigned('no json'),
  'header-array': unsigned([]),
  'header-text': unsigned('"text"'),
  'body-no-json': unsigned({ alg: 'RS256' }, 'no json'),
  'body-array': unsigned({ alg: 'RS256' }, []),
  'body-empty-object': unsigned({ alg: 'RS256' }, {}),
  'body-changed': parts(
    (header, _body, signature) => `${header}.${encode({ iss: issuers.a, sub: 'admin', exp: 4_102_444_800 })}.${signature}`,
  ),
  'no-signature': parts((header, body) => `${header}.${body}.`),
  'two-parts': parts((header, body) => `${header}.${body}`),
  'four-parts': parts((header, body, signature) => `${header}.${body}.${signature}.x`),
  'signature-padded': parts((header, body, signature) => `${header}.${body}.${signature}==`),
  'signature-short': parts((header, body, signature) => `${header}.${body}.${signature.slice(0, -4)}`),
  'signature-no-base64': parts((header, body) => `${header}.${body}.a`),
  'header-bad-base64': parts((_header, body, signature) => `a.${body}.${signature}`),
  'body-bad-base64': parts((header, _body, signature) => `${header}.a.${signature}`),
  'header-standard-base64': parts(
    (_header, body, signature) => `${Buffer.from('{"alg":"RS256","x":"???>>>"}').toString('base64')}.${body}.${signature}`,
  ),
  'extra-dots': parts((header, body, signature) => `.${header}..${body}.${signature}.`),
  'signature-spare-bits': parts(
    (header, body, signature) => `${header}.${body}.${signature.slice(0, -1)}${nextCharacter(signature.at(-1) ?? 'A')}`,
  ),
  'signature-blank': parts((header, body, signature) => `${header}.${body}.${signature.slice(0, 9)} ${signature.slice(9)}`),
  'body-blank': parts((header, body, signature) => `${header}. ${body}.${signature}`),
  'header-padded': parts((header, body, signature) => `${header}=.${body}.${signature}`),
  'body-newline': unsigned({ alg: 'RS256' }, ' {"iss":"x"}\n'),
  'body-duplicate-iss': unsigned({ alg: 'RS256' }, `{"iss":"x","iss":"${issuers.a}"}`),
  'header-null': parts((_header, body, signature) => `${encode('null')}.${body}.${signature}`),
  'body-null': unsigned({ alg: 'RS256' }, 'null'),
  'body-null-iss': unsigned({ alg: 'RS256' }, { iss: null }),
  'a-null-sub': valid('a', { realm: null, sub: 'client' }),
  'a-crit': (keys, now) =>
    signedByHand(
      keys.of('a'),
      { alg: 'RS256', kid: keys.of('a').kid, crit: ['x'], x: 1 },
      { iss: issuers.a, sub: 'client', exp: now + 600 },
    ),
  'a-b64-false': valid('a', {}, { x5u: 'https://evil.example.com', jku: 'https://evil.example.com' }),
  'a-null-aud': unsigned({ alg: 'RS256' }, { iss: issuers.a, aud: null }),
  'a-empty-aud': valid('a', { aud: [] }),
  'a-nbf-exp-float': timed((now) => ({ nbf: now - 5.5, iat: now - 5.5 })),
  'a-nbf-negative': timed(() => ({ nbf: -1 })),
  'a-iat-negative': timed(() => ({ iat: -1 })),
  'a-exp-max': timed(() => ({ exp: 9_223_372_036_854_775 })),
  'a-unicode-sub': valid('a', { sub: 'ünïcode' }),
  'a-long-sub': valid('a', { sub: 'x'.repeat(3000) }),
  'a-scope-number': valid('a', { scope: 7, scp: [7], scopes: true }),
  'a-iss-slash': valid('a', { iss: `${issuers.a}/` }),
  'a-iss-upper': valid('a', { iss: issuers.a.toUpperCase() }),
  garbage: () => 'garbage',
  dots: () => 'not.good.token',
  'empty-parts': () => '..',
  'b-foreign': (keys, now) => signToken(keys.foreign, { claims: { iss: issuers.b, sub: 'client', exp: now + 600 } }),
};

/** Tokens of one run, with what is needed to check them. Keys are made for the run. */
export interface MintedTokens {
  readonly texts: ReadonlyMap<string, string>;
  /** Key set of an issuer, as its jwks_uri would give it. */
  readonly keysOf: (issuer: string) => JsonObject;
  /** A text with names in place of tokens: tokens are never kept. */
  readonly withNames: (text: string) => string;
  /** Facts about a token text, worked out as the embedded gateway does. */
  readonly factOf: (token: string) => Promise<TokenFact>;
}

export async function mintTokens(): Promise<MintedTokens> {
  const names = Object.keys(issuers) as (keyof typeof issuers)[];
  const made = new Map(await Promise.all(names.map(async (name) => [name, await createSigningKey({ kid: `key-${name}` })] as const)));
  const foreign = await createSigningKey({ kid: 'foreign' });
  const elliptic = await createSigningKey({ kid: 'elliptic', alg: 'ES256' });
  const of = (name: keyof typeof issuers): SigningKey => made.get(name) ?? foreign;
  const now = Math.floor(Date.now() / 1000);
  const texts = new Map<string, string>();
  for (const [name, recipe] of Object.entries(tokenRecipes)) texts.set(name, await recipe({ of, foreign, elliptic }, now));
  const keys = new Map(names.map((name) => [issuers[name] as string, publicJwks([of(name)])]));
  const known = new Map<string, Promise<TokenFact>>();
  const factOf = (token: string): Promise<TokenFact> => {
    const fact =
      known.get(token) ?? tokenFact(token, { keysOf: (issuer) => Promise.resolve(keys.get(issuer)?.keys), now: Date.now() / 1000 });
    known.set(token, fact);
    return fact;
  };
  const longFirst = [...texts].filter(([, text]) => text.length > 20).sort(([, a], [, b]) => b.length - a.length);
  const withNames = (text: string): string => longFirst.reduce((left, [name, token]) => left.replaceAll(token, `@token(${name})`), text);
  return { texts, withNames, keysOf: (issuer) => ({ keys: keys.get(issuer)?.keys ?? [] }), factOf };
}
