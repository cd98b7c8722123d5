import { agrees } from './compare';
import { compareEmbedded, embeddedDifferenceText } from './compare-embedded';
import { knownCases } from './known-cases';
import { drawCases } from './random-cases';

test.each([
  ['the known cases', () => knownCases, 200],
  ['random rule sets', () => drawCases({ seed: Math.floor(Math.random() * 2 ** 31), sets: 10, requestsPerSet: 100 }), 600],
] as const)(
  'the embedded gateway does as the model says: %s',
  async (_what, cases, atLeast) => {
    const all = await compareEmbedded(cases());
    expect(all.length).toBeGreaterThan(atLeast);
    expect(all.filter((one) => !agrees(one)).map(embeddedDifferenceText)).toEqual([]);
  },
  60_000,
);
