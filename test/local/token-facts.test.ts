import { createSign, KeyObject } from 'node:crypto';
import { tokenFact, tokenProblems } from '../../src/local/token-facts';
import { createSigningKey, publicJwks, signToken, type SigningKey } from '../../src/token/sign';
import type { JsonObject } from '../../src/model/json';

const issuer = 'https://id.example.com';
const now = 1_800_000_000;
let key: SigningKey;
let foreign: SigningKey;

beforeAll(async () => {
  key = await createSigningKey({ kid: 'k' });
  foreign = await createSigningKey({ kid: 'k' });
});

function fact(token: string): ReturnType<typeof tokenFact> {
  // A JWK is a JSON object; its type only lacks the index signature.
  const keys = publicJwks([key]).keys as unknown as JsonObject[];
  return tokenFact(token, { keysOf: (from) => Promise.resolve(from === issuer ? keys : undefined), now });
}

function sign(claims: JsonObject, header: JsonObject = {}, by = key): Promise<string> {
  return signToken(by, { claims: { iss: issuer, sub: 's', exp: now + 10, ...claims }, header });
}

/** Signed over a header that no library would write. */
function withHeader(members: JsonObject, by = key): string {
  const text = `${part({ alg: 'RS256', kid: 'k', ...members })}.${part({ iss: issuer, sub: 's', exp: now + 10 })}`;
  return `${text}.${createSign('sha256').update(text).sign(KeyObject.from(by.privateKey), 'base64url')}`;
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('what the gateway finds in a token', () => {
  it.each<[string, () => Promise<string> | string, string | undefined]>([
    ['nothing wrong', () => sign({}), undefined],
    ['no exp', () => sign({ exp: undefined }), undefined],
    ['an end a minute ago, within the leeway', () => sign({ exp: now - 60 }), undefined],
    ['an end further back', () => sign({ exp: now - 61 }), tokenProblems.expired],
    ['a start in a minute, within the leeway', () => sign({ nbf: now + 60 }), undefined],
    ['a start further ahead', () => sign({ nbf: now + 61 }), tokenProblems.early],
    ['another issuer', () => sign({ iss: `${issuer}/` }), tokenProblems.issuer],
    ['no issuer', () => sign({ iss: undefined }), tokenProblems.issuer],
    ['a key that only has the same id', () => sign({}, {}, foreign), tokenProblems.signature],
    ['an unknown key id', () => sign({}, { kid: 'other' }), tokenProblems.key],
    ['no key id', () => sign({}, { kid: null }), undefined],
    ['crit without names, which Envoy does not look at', () => withHeader({ crit: [] }), undefined],
    ['crit with a name', () => withHeader({ crit: ['x'], x: 1 }), undefined],
    ['crit that is no list, on a token of another key', () => withHeader({ crit: 'x' }, foreign), tokenProblems.signature],
    ['two segments', () => 'a.b', tokenProblems.form],
    ['no signature', async () => (await sign({})).replace(/[^.]*$/, ''), tokenProblems.form],
    ['a header that is no base64url', () => '*.b.c', tokenProblems.headerBase64],
    ['a header that is no JSON', () => `${Buffer.from('no').toString('base64url')}.bb.cc`, tokenProblems.headerJson],
    ['a header without alg', () => `${part({})}.${part({})}.cc`, tokenProblems.noAlg],
    ['alg none', () => `${part({ alg: 'none' })}.${part({ iss: issuer })}.cc`, tokenProblems.alg],
    ['alg HS256', () => `${part({ alg: 'HS256' })}.${part({ iss: issuer })}.cccc`, tokenProblems.key],
    ['a key id that is a number', () => `${part({ alg: 'RS256', kid: 1 })}.${part({})}.cc`, tokenProblems.kid],
    ['claims that are a list', () => `${part({ alg: 'RS256' })}.${part([])}.cc`, tokenProblems.payloadJson],
    ['a subject that is a number', () => `${part({ alg: 'RS256' })}.${part({ iss: issuer, sub: 1 })}.cc`, tokenProblems.sub],
    ['an end that is text', () => `${part({ alg: 'RS256' })}.${part({ iss: issuer, exp: '1' })}.cc`, tokenProblems.exp],
    ['a signature that is no base64url', () => `${part({ alg: 'RS256' })}.${part({ iss: issuer })}.c*`, tokenProblems.signatureBase64],
  ])('%s', async (_case, make, problem) => {
    expect((await fact(await make())).problem).toBe(problem);
  });

  it('is bound to claims that the signature covers', async () => {
    const [head, , signature] = (await sign({})).split('.');
    const changed = `${head ?? ''}.${part({ iss: issuer, sub: 'admin', exp: now + 10 })}.${signature ?? ''}`;
    expect(await fact(changed)).toMatchObject({ issuer, problem: tokenProblems.signature });
  });
});
