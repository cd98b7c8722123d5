import type { AccessRequest, Decision, TokenFacts } from './access';
import type { IstioObjects } from './istio';

/** Token texts that Envoy would read from the request at the workload it reaches; the caller checks each and passes the facts to `decide`. */
export function tokensOf(objects: IstioObjects, request: AccessRequest): readonly string[] {
  throw new TypeError(`not built yet: ${objects.virtualServices.length} ${request.host}`);
}

/** What the data plane does with a request, and why. */
export function decide(objects: IstioObjects, request: AccessRequest, facts: TokenFacts): Decision {
  throw new TypeError(`not built yet: ${objects.virtualServices.length} ${request.host} ${facts.size}`);
}
