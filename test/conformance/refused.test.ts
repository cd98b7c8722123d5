import type { IstioObjects } from '../../src/model/istio';
import { apiRule, jwt, open, rule, service } from './case-parts';
import { placeCase } from './conformance-case';
import { envoyProgram, startLiveEnvoy } from './live-envoy';
import { modelOutcome } from './outcome';
import { mintTokens, type MintedTokens } from './token-recipes';

let tokens: MintedTokens;
let program: string | undefined;

beforeAll(async () => {
  tokens = await mintTokens();
  program = await envoyProgram();
});

function objectsFor(...rules: Parameters<typeof apiRule>[0]): IstioObjects {
  return placeCase({ name: '', manifests: [service(), apiRule(rules)], requests: [] }, 'c0', tokens.texts).objects;
}

const get = { host: 'api.c0.example.com', method: 'GET', target: '/plain', headers: {} };

test('a route whose path is no expression is refused by Envoy, and its host is open to doubt', async () => {
  const objects = objectsFor(rule('GET /plain', open), rule('GET /a(b', open));
  expect(await modelOutcome(objects, get, tokens.factOf)).toEqual({ kind: 'unknown' });
  if (program === undefined) return;
  const change = (bootstrap: object) => JSON.parse(JSON.stringify(bootstrap).replaceAll('^/placeholder$', '^/a(b$')) as never;
  await expect(startLiveEnvoy(objectsFor(rule('GET /placeholder', open)), { keysOf: tokens.keysOf, change })).rejects.toThrow('missing )');
});

test('a policy path with an operator beside an empty segment is refused by Envoy, and its workload is open to doubt', async () => {
  const objects = objectsFor(rule('GET /plain', open), rule('GET /a//{*}', open));
  expect(await modelOutcome(objects, get, tokens.factOf)).toEqual({ kind: 'unknown' });
  if (program === undefined) return;
  const change = (bootstrap: object) => JSON.parse(JSON.stringify(bootstrap).replaceAll('/here/*', '/a//*')) as never;
  await expect(startLiveEnvoy(objectsFor(rule('GET /here/{*}', open)), { keysOf: tokens.keysOf, change })).rejects.toMatchObject({
    code: 'ERR_LOCAL_START',
  });
});

test('a key set without keys is refused by Envoy', async () => {
  if (program === undefined) return;
  const started = startLiveEnvoy(objectsFor(rule('GET /a', jwt(['a']))), { keysOf: () => ({ keys: [] }) });
  await expect(started).rejects.toThrow("doesn't have any valid public key");
});
