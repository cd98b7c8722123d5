import type { TokenFact } from '../../src/model/access';
import type { IstioObjects } from '../../src/model/istio';
import { startGateway } from '../../src/local/gateway';
import type { PlacedRequest } from './conformance-case';
import { answerOutcome, startWorkloads } from './live-workloads';
import type { Outcome } from './outcome';
import { createRawClient } from './raw-client';

/** The embedded gateway with a few workloads behind it. */
export interface LiveEmbedded {
  readonly outcome: (request: PlacedRequest) => Promise<Outcome>;
  readonly stop: () => Promise<void>;
}

/** Starts the embedded gateway for the objects, with a workload for every Service that they name. */
export async function startLiveEmbedded(objects: IstioObjects, factOf: (token: string) => Promise<TokenFact>): Promise<LiveEmbedded> {
  const workloads = await startWorkloads(objects);
  const gateway = await startGateway({
    objects,
    factOf,
    upstreamOf: ({ service }) => workloads.urlOf(service),
    port: 0,
    log: () => undefined,
  });
  const client = createRawClient();
  const port = Number(new URL(gateway.url).port);
  return {
    outcome: async ({ access, headers }) => {
      const all = [['host', access.host] as const, ...headers];
      return answerOutcome(await client.send(port, { method: access.method, target: access.target, headers: all }));
    },
    stop: async () => {
      client.close();
      await gateway.close();
      workloads.stop();
    },
  };
}
