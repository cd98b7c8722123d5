import type { Endpoint } from './endpoint';
import type { Profile } from './probe';

/** Which profile each endpoint gets. */
export interface ProfileChoice {
  readonly profileOf: (endpoint: Endpoint) => Profile;
  /** Endpoints that stand for their class under the full profile. */
  readonly representatives: readonly Endpoint[];
}

/** `full` is spent on one endpoint per class of workload, issuers and token location; the others get the standard set. */
export function chooseProfiles(endpoints: readonly Endpoint[], profile: Profile): ProfileChoice {
  if (profile !== 'full') return { profileOf: () => profile, representatives: [] };
  const first = new Map<string, Endpoint>();
  for (const endpoint of endpoints.filter(({ intent }) => intent === 'jwt')) {
    const key = classOf(endpoint);
    if (!first.has(key)) first.set(key, endpoint);
  }
  const representatives = [...first.values()];
  return { profileOf: (endpoint) => (representatives.includes(endpoint) ? 'full' : 'standard'), representatives };
}

function classOf({ workload, jwt }: Endpoint): string {
  const trusts = (jwt?.authentications ?? []).map(({ issuer, fromHeaders, fromParams }) => [issuer, fromHeaders ?? [], fromParams ?? []]);
  return JSON.stringify([workload, trusts]);
}
