import { generateKeyPairSync } from 'node:crypto';
import { createSender } from '../../src/http/sender';
import { IssuerUnreachableError } from '../../src/model/errors';
import { checkToken } from '../../src/token/check-token';
import { fetchKeys, publishedKeys } from '../../src/token/keys';
import { createSigningKey, privateJwk, publicJwks, signToken } from '../../src/token/sign';
import { cpuTime, endless } from '../support/cpu-time';
import { serve, type RunningServer } from '../support/http-server';

const sender = createSender({ userAgent: 'kyma-guard/test', runId: 'run', timeoutMs: 2000 });
let server: RunningServer | undefined;
afterEach(() => server?.close());
afterAll(() => sender.close());
async function publish(text: string): Promise<string> {
  server = await serve((request, response) => response.writeHead(request.url === '/token_keys?v=1' ? 200 : 404).end(text));
  return `${server.url}/token_keys?v=1`;
}

test('keys are read as published, byte for byte', async () => {
  const text = JSON.stringify(publicJwks([await createSigningKey(), await createSigningKey({ alg: 'ES256' })], { pem: true }), null, 2);
  const got = await fetchKeys(sender, await publish(text));
  expect(got).toEqual({ keys: JSON.parse(text).keys, problems: [], text });
});

test('where the user says that the issuer is reachable path and query are kept', async () => {
  const url = await publish('{"keys": []}');
  await expect(fetchKeys(sender, 'https://geo.example/token_keys?v=1', new URL(url).origin)).resolves.toMatchObject({ keys: [] });
});

test.each([
  ['HTML', '<html>', 'HTML'],
  ['no list', '{"keys": {}}', 'no list "keys"'],
  ['nothing', '', 'empty body'],
])('%s is no key set', async (_, text, reason) => {
  const url = await publish(text);
  await expect(fetchKeys(sender, url)).rejects.toThrow(IssuerUnreachableError);
  await expect(fetchKeys(sender, url)).rejects.toThrow(reason);
});

test.each(['file:///etc/passwd', 'token_keys', 'https://u:p@id.example/keys'])('the address %j leads to no request', async (uri) => {
  const before = sender.sent;
  await expect(fetchKeys(sender, uri)).rejects.toThrow(IssuerUnreachableError);
  expect(sender.sent).toBe(before);
});

test('a message names the address without its query', async () => {
  await expect(fetchKeys(sender, `${await publish('[]')}&secret=1`)).rejects.toThrow(/token_keys answered with status 404$/);
});

test('10,000 keys end quickly: most are not read, and verifying stays bounded', async () => {
  const key = await createSigningKey();
  const many = Array.from({ length: 10_000 }, () => ({ ...key.publicJwk, n: 'AQAB' }));
  const keys = publishedKeys({ keys: many });
  const spent = cpuTime();
  const { problems } = await checkToken(await signToken(key, { claims: { sub: 's' } }), keys!);
  expect(spent()).toBeLessThan(endless);
  expect(problems).toMatchObject([{ kind: 'signature' }]);
  expect(keys).toMatchObject({ problems: expect.arrayContaining(['the key set has 10000 keys; only the first 100 were read']) });
});

test('a key set of 10,000 keys over the wire is refused or read, never waited for', async () => {
  const url = await publish(
    JSON.stringify({ keys: Array.from({ length: 10_000 }, (_, i) => ({ kty: 'RSA', kid: `k${i}`, n: 'x'.repeat(342), e: 'AQAB' })) }),
  );
  await expect(fetchKeys(sender, url)).rejects.toThrow('too large');
});

const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });
test.each<[string, () => Promise<unknown>, string]>([
  ['a private key', async () => privateJwk(await createSigningKey()), 'keys[0] publishes secret material (d, p, q, dp, dq, qi)'],
  ['a symmetric key', async () => ({ kty: 'oct', k: 'c2VjcmV0' }), 'keys[0] publishes secret material (k)'],
  ['a short RSA key', async () => weak, 'keys[0] is an RSA key of 1024 bits; at least 2048 are needed'],
  ['a member that is no key', async () => 'x', 'keys[0] is no object'],
  ['a key without type', async () => ({ kid: 'a' }), 'keys[0] has no kty'],
])('%s in a key set is a problem', async (_, key, problem) => {
  expect(publishedKeys({ keys: [await key()] })?.problems).toEqual([problem]);
});

test('an empty key set and a repeated id are problems', () => {
  const key = { kty: 'EC', kid: 'a' };
  expect(publishedKeys({ keys: [] })?.problems).toEqual(['the key set is empty']);
  expect(publishedKeys({ keys: [key, key, { ...key, kid: 'b' }] })?.problems).toEqual(['kid "a" stands for several keys']);
});
