import type { Endpoint } from './endpoint';
import { mayRun } from './most-impact';
import type { Impact, Need, Probe } from './probe';
import type { Targets } from './targets';
import type { VerifyOptions } from './verify-input';

/** What is known before the first request of what probes need. */
export interface KnownNeeds {
  readonly options: VerifyOptions;
  readonly targets: Pick<Targets, 'baseOf' | 'isFree'>;
  /** The hardest impact that there is consent for. */
  readonly mostImpact: (host: string) => Impact;
}

type Answers = Partial<Record<Need, (endpoint: Endpoint) => boolean>>;

/**
 * True unless it is clear before the run that a probe cannot be tried at an endpoint. It is listed as skipped then, and its requests are
 * spent on others.
 */
export function possibleWith({ options, targets, mostImpact }: KnownNeeds): (probe: Probe, endpoint: Endpoint) => boolean {
  const { canary = 'auto' } = options;
  const answers: Answers = {
    tls: ({ host }) => targets.baseOf(host).startsWith('https:'),
    hint: ({ hints }) => hints.path !== undefined,
    'signing-key': () => options.signingKeys !== undefined,
    'deny-credentials': () => (options.denied ?? []).length > 0,
    canary: ({ host }) => canary !== 'off' && (canary !== 'auto' || targets.isFree(host)),
    'secret-probes': ({ host }) => options.allowSecretProbes === true && targets.isFree(host),
  };
  return (probe, endpoint) => mayRun(probe, mostImpact(endpoint.host)) && probe.needs.every((need) => answers[need]?.(endpoint) ?? true);
}
