import { readVectors, replayVectors } from './vectors';
import { mintTokens } from './token-recipes';

test('the model answers every recorded request as Envoy did', async () => {
  const files = await readVectors();
  const cases = files.flatMap((file) => file.cases);
  expect(cases.length).toBeGreaterThan(50);
  expect(await replayVectors(cases, await mintTokens())).toEqual([]);
}, 60_000);

test('recorded answers hold no token', async () => {
  const texts = (await readVectors()).map((file) => JSON.stringify(file));
  expect(texts.filter((text) => /eyJ[A-Za-z0-9_-]{10,}/.test(text))).toEqual([]);
});
