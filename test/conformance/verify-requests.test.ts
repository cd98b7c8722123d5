import { agrees, compareCases, differenceText, isRefusedAlike } from './compare';
import { compareEmbedded, embeddedDifferenceText } from './compare-embedded';
import { envoyProgram } from './live-envoy';
import { recordVerify, type RecordedVerify } from './verify-requests';

/** The usual test run takes the first variants of each probe; `npm run conformance` takes all. */
const requestsPerRoute = 300;

let recorded: RecordedVerify;

beforeAll(async () => {
  recorded = await recordVerify(requestsPerRoute);
}, 60_000);

test('verify finds nothing wrong with a gateway that decides by the model, and every request of it is recorded', () => {
  expect(recorded.raised).toEqual([]);
  // The parser before the gateway refuses some by itself.
  expect(recorded.case.requests.length).toBeGreaterThan(0.9 * recorded.sent);
  expect(recorded.sent).toBeGreaterThan(500);
  expect(JSON.stringify(recorded.case.requests)).not.toMatch(/eyJ[\w-]{10,}\./);
});

test('the embedded gateway does as the model says with every request of verify, the first variants of each probe', async () => {
  const all = await compareEmbedded([recorded.case], { tokens: recorded.tokens, isFor: () => true });
  expect(all).toHaveLength(recorded.case.requests.length);
  expect(all.filter((one) => one.model.kind === 'unknown' || !agrees(one)).map(embeddedDifferenceText)).toEqual([]);
}, 60_000);

test('Envoy does as the model says with every request of verify, the first variants of each probe', async () => {
  if ((await envoyProgram()) === undefined) {
    console.warn('Conformance was not run: no envoy is on the PATH or named in KYMA_GUARD_ENVOY.');
    return;
  }
  const all = await compareCases([recorded.case], recorded.tokens);
  expect(all).toHaveLength(recorded.case.requests.length);
  // Envoy has words of its own for methods and schemes that it does not take.
  const differ = all.filter((one) => one.model.kind === 'unknown' || !(agrees(one) || isRefusedAlike(one)));
  expect(differ.map(differenceText)).toEqual([]);
}, 60_000);
