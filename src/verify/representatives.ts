import type { Family } from '../model/family';
import { isWriting, type Endpoint } from './endpoint';
import type { Probe, Profile } from './probe';

/** What each endpoint is asked. */
export interface ProfileChoice {
  readonly profileOf: (endpoint: Endpoint) => Profile;
  /** False for what another endpoint of the class is asked already. */
  readonly isAsked: (probe: Probe, endpoint: Endpoint) => boolean;
  /** False for what cannot be tried at an endpoint, as is known before the run. */
  readonly isPossible: (probe: Probe, endpoint: Endpoint) => boolean;
  /** Most requests per route. @default - those of the profile */
  readonly most?: number;
  /** Endpoints that stand for their class of workload, issuers and token location. */
  readonly representatives: readonly Endpoint[];
}

/** What the user asks for. */
export interface Wishes {
  /** @default 'standard' */
  readonly profile?: Profile;
  /** Families to run beside the core probes. @default - all */
  readonly families?: readonly Family[];
  /** Hosts at which calls that write go out as they are meant; elsewhere they stand for nobody. */
  readonly mayWrite: (host: string) => boolean;
  readonly isPossible: ProfileChoice['isPossible'];
  /** @default - those of the profile */
  readonly requestsPerRoute?: number;
}

/** A gateway reads tokens and checks signatures alike for all rules of a workload and set of issuers. */
const ofClass: ReadonlySet<Family> = new Set<Family>(['token', 'signature', 'header']);

/**
 * `full` is spent on one endpoint per class, the others get the standard set. In every profile the attacks on token and signature that
 * decide no claim are tried at that endpoint only.
 */
export function chooseProfiles(endpoints: readonly Endpoint[], wishes: Wishes): ProfileChoice {
  const { profile = 'standard', families, mayWrite, isPossible, requestsPerRoute } = wishes;
  const first = new Map<string, Endpoint>();
  const closed = endpoints.filter(({ intent }) => intent === 'jwt');
  const isWhole = ({ method, host }: Endpoint): boolean => !isWriting(method) || mayWrite(host);
  for (const endpoint of [...closed.filter(isWhole), ...closed.filter((one) => !isWhole(one))]) {
    const key = classOf(endpoint);
    if (!first.has(key)) first.set(key, endpoint);
  }
  const chosen = new Set(first.values());
  return {
    profileOf: (endpoint) => (profile !== 'full' || chosen.has(endpoint) ? profile : 'standard'),
    isAsked: ({ core, family }, endpoint) =>
      core || ((families?.includes(family) ?? true) && (chosen.has(endpoint) || !ofClass.has(family))),
    isPossible,
    ...(requestsPerRoute !== undefined && { most: requestsPerRoute }),
    representatives: [...chosen],
  };
}

function classOf({ workload, jwt }: Endpoint): string {
  const trusts = (jwt?.authentications ?? []).map(({ issuer, fromHeaders, fromParams }) => [issuer, fromHeaders ?? [], fromParams ?? []]);
  return JSON.stringify([workload, trusts]);
}
