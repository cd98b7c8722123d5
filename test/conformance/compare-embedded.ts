import type { Compared } from './compare';
import { differenceText } from './compare';
import { placeCase, type ConformanceCase, type PlacedRequest } from './conformance-case';
import { startLiveEmbedded } from './live-embedded';
import { mergedObjects } from './live-envoy';
import { modelOutcome, withoutTokens } from './outcome';
import { mintTokens, type MintedTokens } from './token-recipes';

/** What the parser of Node.js takes as Envoy's does; the rest never reaches the gateway in the same form. */
function isSameToNode({ access: { method, target, host, caller } }: PlacedRequest): boolean {
  const known = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH', 'PROPFIND', 'LOCK'].includes(method);
  return caller === undefined && known && target.startsWith('/') && /^[\x21-\x7e]*$/.test(target) && /^[\w.:*-]+$/.test(host);
}

/** How requests come to the embedded gateway. */
export interface EmbeddedOptions {
  /** @default - made for this call */
  readonly tokens?: MintedTokens;
  /** Leaves requests out. @default - those that a parser of Node.js reads otherwise than Envoy's */
  readonly isFor?: (request: PlacedRequest) => boolean;
}

/** Puts the requests of all cases to the model and to one embedded gateway, whose outcome stands in the place of Envoy's. */
export async function compareEmbedded(cases: readonly ConformanceCase[], options: EmbeddedOptions = {}): Promise<readonly Compared[]> {
  const { tokens = await mintTokens(), isFor = isSameToNode } = options;
  const placed = cases.map((one, index) => ({ one, ...placeCase(one, `c${index}`, tokens.texts) }));
  const gateway = await startLiveEmbedded(mergedObjects(placed.map(({ objects }) => objects)), tokens.factOf);
  try {
    const all = placed.flatMap(({ one, objects, requests }) =>
      requests.filter(isFor).map(async (request): Promise<Compared> => {
        const model = withoutTokens(await modelOutcome(objects, request.access, tokens.factOf), tokens.withNames);
        return { case: one, request: request.source, model, envoy: withoutTokens(await gateway.outcome(request), tokens.withNames) };
      }),
    );
    return await Promise.all(all);
  } finally {
    await gateway.stop();
  }
}

/** A difference of the embedded gateway as one line. */
export function embeddedDifferenceText(compared: Compared): string {
  return differenceText(compared).replace(', envoy ', ', embedded ');
}
