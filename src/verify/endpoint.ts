import type { Authentication, CorsPolicy, JwtConfig } from '../model/api-rule';
import type { Where } from '../model/check-result';
import { normalizePath } from '../model/normalize-request';

/** One method of one rule at one host: what a caller can call. */
export interface Endpoint {
  /** Full host, as it goes into the Host header. */
  readonly host: string;
  readonly method: string;
  /** Path pattern of the rule. */
  readonly path: string;
  /** Concrete path that this rule decides, and no earlier one. */
  readonly samplePath: string;
  /** `public`: by intent. `external`: an authorizer outside the mesh decides. */
  readonly intent: 'public' | 'jwt' | 'external';
  readonly jwt?: JwtConfig;
  readonly cors?: CorsPolicy;
  /** `namespace/service`, to compare with other endpoints of the same workload. */
  readonly workload: string;
  readonly hints: Hints;
  /** Every rule of the host, in list order. */
  readonly siblings: readonly Sibling[];
  /** Sample paths of the host that are public by intent and read with GET. @default - none */
  readonly publicPaths?: readonly string[];
  /** Hosts that lead to the same workload. @default - none */
  readonly otherHosts?: readonly OtherHost[];
  /** Place in the manifest. */
  readonly where: Where;
}

/** What the other rules of a host say; enough to know who decides about a path. */
export interface Sibling {
  readonly methods: readonly string[];
  readonly intent: Endpoint['intent'];
  /** True for paths that the rule's route takes. */
  readonly matches: (path: string) => boolean;
}

/** Another host of a workload. */
export interface OtherHost {
  readonly host: string;
  readonly siblings: readonly Sibling[];
}

/** What the author of a rule says about a good call of it. */
export interface Hints {
  readonly path?: string;
  /** Encoded, without the question mark. */
  readonly query?: string;
  readonly body?: string;
  /** Status of the good answer. */
  readonly status?: number;
  /** Text that only the good answer holds. */
  readonly marker?: string;
}

/** An endpoint and one issuer that its rule trusts. */
export interface Route {
  readonly endpoint: Endpoint;
  readonly trust: Authentication;
}

const writing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** True for methods that may change something at the target. */
export function isWriting(method: string): boolean {
  return writing.has(method.toUpperCase());
}

/**
 * Who decides about a path and method: the intent of the first rule that takes it, `none` when no rule does. A path that is public as it
 * stands, or once it is normalized, is public.
 */
export function intentOfPath({ siblings }: Pick<Endpoint, 'siblings'>, method: string, target: string): Endpoint['intent'] | 'none' {
  const known = intents.get(siblings) ?? new Map<string, Endpoint['intent'] | 'none'>();
  intents.set(siblings, known);
  const key = `${method} ${target}`;
  const intent = known.get(key) ?? searchIntent(siblings, method, target);
  if (known.size >= mostIntents) known.clear();
  known.set(key, intent);
  return intent;
}

/** Routes of a host ask about the same few paths, such as one that nobody exposes, for which every rule has to be looked at. */
const intents = new WeakMap<readonly Sibling[], Map<string, Endpoint['intent'] | 'none'>>();
const mostIntents = 500;

function searchIntent(siblings: readonly Sibling[], method: string, target: string): Endpoint['intent'] | 'none' {
  const decided = decide(siblings, method, plainPath(target));
  const asSent = target.split('?', 1)[0] ?? target;
  return decided !== 'public' && isOddlySpelled(asSent) && decide(siblings, method, asSent) === 'public' ? 'public' : (decided ?? 'none');
}

/** The path that a target is usually read as, where that is public by intent: what stands there is for everybody. */
export function publicPathOf({ siblings }: Pick<Endpoint, 'siblings'>, method: string, target: string): string | undefined {
  const path = plainPath(target);
  return decide(siblings, method, path) === 'public' ? path : undefined;
}

/** Without query and fragment, normalized. */
function plainPath(target: string): string {
  return normalizePath(target.split(/[?#]/, 1)[0] ?? target);
}

function decide(siblings: readonly Sibling[], method: string, path: string): Endpoint['intent'] | undefined {
  return siblings.find((rule) => rule.methods.includes(method) && rule.matches(path))?.intent;
}

/** Spelled in a way that gateways resolve, or do not: they may see another path than the rules mean. */
function isOddlySpelled(path: string): boolean {
  return /\\|(^|\/)(\.|%2e){1,2}(;[^/]*)?(\/|$)|%25|#/i.test(path);
}

/** Who decides about a request that no gateway reads in the same way: `public` where everything is, else nobody. */
export function intentOfStrange(endpoint: Pick<Endpoint, 'siblings' | 'method'>): 'public' | 'none' {
  return intentOfPath(endpoint, endpoint.method, '/kyma-guard-strange') === 'public' ? 'public' : 'none';
}
