import fc from 'fast-check';
import type { JsonObject } from '../../src/model/json';
import { checkToken, type Expected } from '../../src/token/check-token';
import { decodeToken } from '../../src/token/decode';
import { publishedKeys, type PublishedKeys } from '../../src/token/keys';
import { createSigningKey, publicJwks, signToken, type SigningKey } from '../../src/token/sign';

const now = new Date('2026-05-01T12:00:00Z');
const seconds = now.getTime() / 1000;
const issuer = 'https://geo.example/oauth/token';
let key: SigningKey;
let other: SigningKey;
let keys: PublishedKeys;
beforeAll(async () => {
  [key, other] = await Promise.all([createSigningKey({ kid: 'k1' }), createSigningKey({ kid: 'k2' })]);
  keys = publishedKeys(publicJwks([key]))!;
});

const good = {
  iss: issuer,
  sub: 'sb-geo!t1',
  aud: ['geo!t1', 'sb-geo!t1'],
  scope: ['geo!t1.Read', 'uaa.resource'],
  exp: seconds + 600,
  iat: seconds,
};
async function kinds(claims: JsonObject, expected: Expected = {}): Promise<string[]> {
  const { problems } = await checkToken(await signToken(key, { claims: { ...good, ...claims } }), keys, { now, issuer, ...expected });
  return problems.map(({ kind }) => kind);
}

test.each<[string, JsonObject, Expected, string[]]>([
  ['a good one', {}, { audiences: ['geo!t1'], scopes: ['geo!t1.Read'] }, []],
  ['expired beyond the skew', { exp: seconds - 60 }, {}, ['expired']],
  ['expired within the skew', { exp: seconds - 59 }, {}, []],
  ['without exp, which Envoy accepts', { exp: undefined }, {}, []],
  ['exp null', { exp: null }, {}, ['expired']],
  ['exp as text', { exp: '9999999999' }, {}, ['expired']],
  ['valid only later', { nbf: seconds + 61 }, {}, ['early']],
  ['valid within the skew', { nbf: seconds + 60 }, {}, []],
  ['the issuer with a slash', { iss: `${issuer}/` }, {}, ['issuer']],
  ['the issuer as list', { iss: [issuer] }, {}, ['issuer']],
  ['without sub', { sub: '' }, {}, ['subject']],
  ['one audience missing', {}, { audiences: ['geo!t1', 'other!t2'] }, ['audience']],
  ['an audience as text', { aud: 'geo!t1' }, { audiences: ['geo!t1'] }, []],
  ['an audience that only begins alike', { aud: 'geo!t12' }, { audiences: ['geo!t1'] }, ['audience']],
  ['a scope text', { scope: 'a b' }, { scopes: ['a', 'b'] }, []],
  ['a scp text is one scope', { scope: '', scp: 'a b' }, { scopes: ['a'] }, ['scope']],
  ['scopes over two claims', { scope: ['a'], scp: ['b'] }, { scopes: ['a', 'b'] }, ['scope']],
  [
    'everything wrong at once',
    { iss: 'x', sub: 1, exp: 1 },
    { audiences: ['z'], scopes: ['z'] },
    ['expired', 'issuer', 'subject', 'audience', 'scope'],
  ],
])('%s', async (_, claims, expected, problems) => {
  expect(await kinds(claims, expected)).toEqual(problems);
});

const text = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
test.each<[string, () => Promise<string> | string, string]>([
  ['an opaque token', () => 'a-b-c', 'form'],
  ['two segments', () => `${text({ alg: 'RS256' })}.${text({})}`, 'form'],
  ['segments that are no JSON', () => 'a.b.c', 'form'],
  ['lists for objects', () => `${text([])}.${text([])}.x`, 'form'],
  ['alg none', () => `${text({ alg: 'none' })}.${text(good)}.`, 'algorithm'],
  ['alg HS256', () => `${text({ alg: 'HS256', kid: 'k1' })}.${text(good)}.AAAA`, 'algorithm'],
  ['an algorithm that is a member of every object', () => `${text({ alg: 'constructor' })}.${text(good)}.AAAA`, 'algorithm'],
  ['a kid that is not published', () => signToken(other, { claims: good }), 'key'],
  ['another key with the same kid', () => signToken(other, { claims: good, header: { kid: 'k1' } }), 'signature'],
  ['another algorithm than that of the key', () => `${text({ alg: 'RS512', kid: 'k1' })}.${text(good)}.AAAA`, 'key'],
  ['no signature', async () => `${(await signToken(key, { claims: good })).split('.').slice(0, 2).join('.')}.`, 'signature'],
])('a token with %s is refused', async (_, token, kind) => {
  const { problems } = await checkToken(await token(), keys, { now, issuer });
  expect(problems).toMatchObject([{ kind }]);
});

test('a token without kid is tried with every key that fits', async () => {
  const both = publishedKeys(publicJwks([other, key]))!;
  const token = await signToken(key, { claims: good, header: { kid: null } });
  expect((await checkToken(token, both, { now, issuer })).problems).toEqual([]);
});

test('a message never holds the token', async () => {
  const token = await signToken(other, { claims: { ...good, exp: 1 }, header: { kid: 'k1' } });
  const { problems } = await checkToken(token, keys, { now, issuer: 'https://x.example' });
  expect(JSON.stringify(problems)).not.toContain(decodeToken(token)?.segments.signature);
});

test('changing any character of a good token never leaves it good with other claims', async () => {
  const token = await signToken(key, { claims: good });
  await fc.assert(
    fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', '-', '_', '.'), async (at, character) => {
      const changed = token.slice(0, at) + character + token.slice(at + 1);
      const { claims, problems } = await checkToken(changed, keys, { now, issuer });
      expect(problems.length > 0 || JSON.stringify(claims) === JSON.stringify(good)).toBe(true);
    }),
  );
});

test('whatever text is decoded, it gives two objects or nothing', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => Buffer.from(json).toString('base64url')),
        ),
        { maxLength: 5 },
      ),
      (parts) => {
        const decoded = decodeToken(parts.join('.'));
        expect(decoded === undefined || (typeof decoded.header === 'object' && typeof decoded.claims === 'object')).toBe(true);
      },
    ),
  );
});
