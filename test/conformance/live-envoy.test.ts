import { apiRule, open, rule, service } from './case-parts';
import { placeCase } from './conformance-case';
import { envoyProgram, startLiveEnvoy } from './live-envoy';

test('Envoys that start at once listen at ports of their own, each with its own rules', async () => {
  if ((await envoyProgram()) === undefined) return;
  const get = { host: 'api.@case.example.com', method: 'GET', target: '/plain' };
  const cases = ['c0', 'c1', 'c2', 'c3'].map((place) =>
    placeCase({ name: '', manifests: [service(), apiRule([rule('GET /plain', open)])], requests: [get] }, place, new Map()),
  );
  const started = await Promise.all(cases.map(({ objects }) => startLiveEnvoy(objects, { keysOf: () => ({ keys: [] }) })));
  const asked = started.map(({ answer }) => Promise.all(cases.map(async ({ requests: [request] }) => (await answer(request!))?.status)));
  const statuses = await Promise.all(asked);
  await Promise.all(started.map(({ stop }) => stop()));
  expect(new Set(started.map(({ url }) => url)).size).toBe(cases.length);
  expect(statuses).toEqual(cases.map((_, own) => cases.map((__, at) => (at === own ? 200 : 404))));
});
