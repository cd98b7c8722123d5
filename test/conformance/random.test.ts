import { agrees, compareCases, differenceText } from './compare';
import { envoyProgram } from './live-envoy';
import { drawCases } from './random-cases';

test('random rule sets and requests: the model and Envoy agree', async () => {
  if ((await envoyProgram()) === undefined) {
    console.warn('Conformance was not run: no envoy is on the PATH or named in KYMA_GUARD_ENVOY.');
    return;
  }
  const seed = Math.floor(Math.random() * 2 ** 31);
  const compared = await compareCases(drawCases({ seed, sets: 20, requestsPerSet: 100 }));
  expect(compared.filter((one) => one.model.kind !== 'unknown').length).toBeGreaterThan(1000);
  expect(compared.filter((one) => !agrees(one)).map(differenceText)).toEqual([]);
}, 120_000);
