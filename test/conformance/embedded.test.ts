import type { Compared } from './compare';
import { agrees, differenceText } from './compare';
import { placeCase, type PlacedRequest } from './conformance-case';
import { knownCases } from './known-cases';
import { startLiveEmbedded } from './live-embedded';
import { mergedObjects } from './live-envoy';
import { modelOutcome, withoutTokens } from './outcome';
import { drawCases } from './random-cases';
import { mintTokens } from './token-recipes';

/** What the parser of Node.js takes as Envoy's does; the rest never reaches the gateway in the same form. */
function isSameToNode({ access: { method, target, host, caller } }: PlacedRequest): boolean {
  const known = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH', 'PROPFIND', 'LOCK'].includes(method);
  return caller === undefined && known && target.startsWith('/') && /^[\x21-\x7e]*$/.test(target) && /^[\w.:*-]+$/.test(host);
}

async function compared(cases: typeof knownCases): Promise<readonly Compared[]> {
  const tokens = await mintTokens();
  const placed = cases.map((one, index) => ({ one, ...placeCase(one, `c${index}`, tokens.texts) }));
  const gateway = await startLiveEmbedded(mergedObjects(placed.map(({ objects }) => objects)), tokens.factOf);
  try {
    const all = placed.flatMap(({ one, objects, requests }) =>
      requests.filter(isSameToNode).map(async (request): Promise<Compared> => {
        const model = withoutTokens(await modelOutcome(objects, request.access, tokens.factOf), tokens.withNames);
        return { case: one, request: request.source, model, envoy: withoutTokens(await gateway.outcome(request), tokens.withNames) };
      }),
    );
    return await Promise.all(all);
  } finally {
    await gateway.stop();
  }
}

test.each([
  ['the known cases', () => knownCases, 200],
  ['random rule sets', () => drawCases({ seed: Math.floor(Math.random() * 2 ** 31), sets: 10, requestsPerSet: 100 }), 600],
] as const)(
  'the embedded gateway does as the model says: %s',
  async (_what, cases, atLeast) => {
    const all = await compared(cases());
    expect(all.length).toBeGreaterThan(atLeast);
    expect(all.filter((one) => !agrees(one)).map((one) => differenceText(one).replace(', envoy ', ', embedded '))).toEqual([]);
  },
  60_000,
);
