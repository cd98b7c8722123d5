import type { ConformanceCase, CaseRequest } from './conformance-case';
import { placeCase } from './conformance-case';
import { mergedObjects, startLiveEnvoy } from './live-envoy';
import { modelOutcome, outcomeText, withoutTokens, type Outcome } from './outcome';
import { mintTokens, type MintedTokens } from './token-recipes';

/** One request that was put to the model and to Envoy. */
export interface Compared {
  readonly case: ConformanceCase;
  readonly request: CaseRequest;
  readonly model: Outcome;
  readonly envoy: Outcome;
}

/** Puts all requests of all cases to the model and to one Envoy. */
export async function compareCases(cases: readonly ConformanceCase[], tokens?: MintedTokens): Promise<readonly Compared[]> {
  const minted = tokens ?? (await mintTokens());
  const placed = cases.map((one, index) => ({ one, ...placeCase(one, `c${index}`, minted.texts) }));
  const envoy = await startLiveEnvoy(mergedObjects(placed.map(({ objects }) => objects)), { keysOf: minted.keysOf });
  try {
    const all = placed.flatMap(({ one, objects, requests }) =>
      requests.map(async (request): Promise<Compared> => {
        const model = withoutTokens(await modelOutcome(objects, request.access, minted.factOf), minted.withNames);
        const said = withoutTokens(await envoy.outcome(request), minted.withNames);
        return { case: one, request: request.source, model, envoy: said };
      }),
    );
    return await Promise.all(all);
  } finally {
    await envoy.stop();
  }
}

/** True when the two agree, or the model does not claim to know. */
export function agrees({ model, envoy }: Compared): boolean {
  return model.kind === 'unknown' || outcomeText(model) === outcomeText(envoy);
}

/** A difference as one line. */
export function differenceText({ case: { name }, request, model, envoy }: Compared): string {
  return `${name}: ${JSON.stringify(request)}: model ${outcomeText(model)}, envoy ${outcomeText(envoy)}`;
}

/**
 * True when both refuse and only the words differ: Envoy has words of its own for forms that it does not take, a status of its own, 431, for a
 * call with more headers than the hundred that it reads, and for calls of gRPC 200 without a body, beside which gRPC says what went wrong.
 */
export function isRefusedAlike({ model, envoy, request }: Pick<Compared, 'model' | 'envoy' | 'request'>): boolean {
  if (model.kind !== 'answered' || envoy.kind !== 'answered') return false;
  if (model.status === envoy.status) return true;
  return model.status >= 400 && (envoy.status === 431 || (envoy.status === 200 && envoy.body === '' && isGrpc(request)));
}

function isGrpc({ headers = [] }: CaseRequest): boolean {
  return headers.some(([name, value]) => name.toLowerCase() === 'content-type' && value.startsWith('application/grpc'));
}
