import { randomBytes } from 'node:crypto';
import type { Baseline } from '../model/baseline';
import { foreignSigningKey } from '../token/sign';
import { openCanary, type Canary } from './canary';
import type { CheckResult } from '../model/check-result';
import { NothingFoundError, UsageError } from '../model/errors';
import type { JsonObject } from '../model/json';
import { readApiRules } from '../model/read-api-rules';
import { acceptResults } from './accept-results';
import { concludeEndpoint } from './conclude';
import { isWriting, type Endpoint } from './endpoint';
import type { FreshTokens } from './fresh-tokens';
import { createHostHealth } from './host-health';
import type { RouteMaterial } from './materials';
import { planCalls } from './plan';
import { planReport } from './plan-report';
import type { Impact } from './probe';
import { describeIssuerless } from './issuerless';
import { inPool } from './pool';
import { prepare, type Preparation } from './prepare';
import { describeShadowed, matrixFacts, reportData } from './report-data';
import { chooseProfiles, type ProfileChoice } from './representatives';
import { probesFor, runEndpoint, type EndpointContext, type EndpointReport } from './run-endpoint';
import { runPublic } from './run-public';
import { isNamed, routeSelection } from './select-routes';
import { describeLimit, notSent } from './request-limit';
import type { RunSettings } from './session';
import { openTargets, type Targets } from './targets';
import { isUndecidedClaim } from './undecided';
import { describeUntried } from './untried-issuers';
import type { VerifyInput, VerifyOptions, VerifyOutcome } from './verify-input';
import { waitUntilReady } from './wait';
import { describeWatch, watchData } from './watch/describe-watch';
import { watch } from './watch/run-watch';

export type { RunTools, VerifyInput, VerifyOptions, VerifyOutcome } from './verify-input';

/**
 * Proves, by requests to the deployment, that each endpoint opens for the right token and for nothing else.
 *
 * @throws {NothingFoundError} ERR_NOTHING_FOUND when the input has no APIRule, or the selection leaves no route
 * @throws {OutOfScopeError} ERR_OUT_OF_SCOPE when a target is not in the scope; nothing was sent
 * @throws {UsageError} ERR_USAGE when a host is not known in full, a selection fits no route, or none is left
 */
export async function runVerify(input: VerifyInput): Promise<VerifyOutcome> {
  const { options } = input;
  const read = readInput(input);
  if (read.endpoints.length === 0)
    return { results: [...read.problems, ...read.shadowed.map(describeShadowed)], undecided: read.shadowed.length > 0 };
  const targets = openTargets(read.endpoints, options, input.tools);
  const mayWrite = (host: string): boolean => options.unsafeMethods === true || targets.isFree(host);
  const choice = chooseProfiles(read.endpoints, { ...options, mayWrite });
  let canary: Canary | undefined;
  try {
    if (options.plan)
      return {
        results: [...read.problems, ...read.shadowed.map(describeShadowed)],
        data: { plan: planOf(read.endpoints, choice, targets, input) },
      };
    const isLocal = read.endpoints.every(({ host }) => targets.isFree(host));
    canary = await openCanary(options.canary ?? 'auto', isLocal, await foreignSigningKey());
    const run = new VerifyRun(input, read, targets, choice, canary);
    if (options.watchMs !== undefined) return await run.watched(options.watchMs);
    const routes = await run.results();
    const { results: settled, baseline } = settle([...run.shadowed(read.shadowed), ...routes], read, options);
    const results = [...read.problems, ...settled];
    return { results, data: { ...run.data(), ...matrixFacts(results) }, undecided: results.some(isUndecidedClaim), ...baseline };
  } finally {
    targets.close();
    await canary?.close();
  }
}

/** Accepted results do not count; what is wrong with the input itself is never accepted. */
function settle(
  results: readonly CheckResult[],
  { leftOut }: ReadInput,
  { baseline, baselineUse: use = 'keep', today = new Date().toISOString().slice(0, 10) }: VerifyOptions,
): { results: readonly CheckResult[]; baseline?: { baseline: Baseline } } {
  if (!baseline) return { results };
  const accepted = acceptResults(results, { baseline, use, today, isWhole: leftOut.length === 0 });
  return { results: accepted.results, baseline: { baseline: accepted.baseline } };
}

interface ReadInput {
  readonly endpoints: readonly Endpoint[];
  readonly problems: readonly CheckResult[];
  /** Calls that the selection of the user leaves out. */
  readonly leftOut: readonly Endpoint[];
  /** Rules that nothing reaches. */
  readonly shadowed: readonly Endpoint[];
}

function readInput({ manifests, options }: VerifyInput): ReadInput {
  const { apiRules, problems } = readApiRules(manifests);
  if (apiRules.length === 0 && problems.length === 0) throw new NothingFoundError('there is no APIRule among the manifests');
  const targetHosts = Object.keys(options.targets ?? {});
  const { domain, samples = {}, expectations = [] } = options;
  const plan = planCalls(apiRules, { samples, targetHosts, expectations, ...(domain !== undefined && { domain }) });
  const chosen = routeSelection([...plan.endpoints, ...plan.shadowed], options);
  const endpoints = plan.endpoints.filter(chosen);
  const shadowed = plan.shadowed.filter(chosen);
  const hosts = new Set(endpoints.map(({ host }) => host));
  const stranger = options.allowDisruptive?.find((host) => !hosts.has(host));
  if (stranger !== undefined)
    throw new UsageError(`--allow-disruptive is "${stranger}", which is no host of this run`, `The hosts are ${[...hosts].join(', ')}.`);
  const nothingToCall = plan.endpoints.length === 0 && (shadowed.length > 0 || problems.some(({ status }) => status === 'fail'));
  if (endpoints.length === 0 && !nothingToCall) throw new NothingFoundError('no route is left to verify');
  return {
    endpoints: endpoints.map((endpoint) => withinRun(endpoint, hosts)),
    leftOut: plan.endpoints.filter((endpoint) => !chosen(endpoint)),
    problems: [...problems, ...plan.problems, ...describeIssuerless(endpoints)],
    shadowed,
  };
}

/** Hosts that the run leaves out are not asked, not even for the sake of another. */
function withinRun(endpoint: Endpoint, hosts: ReadonlySet<string>): Endpoint {
  return { ...endpoint, otherHosts: (endpoint.otherHosts ?? []).filter(({ host }) => hosts.has(host)) };
}

function planOf(
  endpoints: readonly Endpoint[],
  choice: ProfileChoice,
  targets: Targets,
  { options }: VerifyInput,
): ReturnType<typeof planReport> {
  const rateOf = (host: string): number | undefined => options.rate ?? (targets.isFree(host) ? undefined : 5);
  const denied = options.denied?.length ?? 0;
  return planReport({
    endpoints,
    choice,
    rateOf,
    denied,
    mayWrite: (host) => options.unsafeMethods === true || targets.isFree(host),
    mostImpact: mostImpactOf(targets, options),
  });
}

/** Calls per second and host while a change is watched. */
const watchRate = 5;

/** One run from the first packet to the last. */
class VerifyRun {
  private readonly health = createHostHealth();
  private readonly proven = new Map<string, EndpointReport>();
  private ready = true;
  private fresh: FreshTokens | undefined;
  private issuers: readonly JsonObject[] = [];
  private readonly endpoints: readonly Endpoint[];

  constructor(
    private readonly input: VerifyInput,
    private readonly read: ReadInput,
    private readonly targets: Targets,
    private readonly choice: ProfileChoice,
    private readonly canary?: Canary,
  ) {
    this.endpoints = read.endpoints;
  }

  async results(): Promise<CheckResult[]> {
    const preparation = await prepare(this.endpoints, this.input, this.targets, this.canary);
    this.fresh = preparation.fresh;
    this.issuers = preparation.issuers;
    await this.wait(preparation);
    const reports = await this.attack(preparation);
    const open = await inPool(this.of('public'), this.concurrency(), (endpoint) => runPublic(endpoint, this.settingsFor(endpoint)));
    const held = await this.controlsAgain(reports);
    const closing = {
      held: (report: EndpointReport, issuer: string) =>
        report.neighbour ? [...(held.get(report.neighbour)?.values() ?? [])].every(Boolean) : (held.get(report)?.get(issuer) ?? true),
      tokenProblem: preparation.tokenProblem,
      hasAnswered: (host: string) => this.health.hasAnswered(host),
      acceptUndecided: this.input.options.acceptUndecided ?? [],
    };
    const routes = [...reports.flatMap((report) => concludeEndpoint(report, closing)), ...open];
    const silent = routes.every(({ status }) => status !== 'pass' && status !== 'fail');
    const cut = reports.filter(({ isCut }) => isCut()).length + open.filter(({ message }) => message === notSent).length;
    const limit = describeLimit(this.input.options.maxRequests, cut, this.endpoints.length);
    const untried = describeUntried(this.endpoints, preparation, this.input.options.requireAllIssuers === true);
    return [...limit, ...untried, ...(silent ? preparation.results.map(withoutPass) : preparation.results), ...routes];
  }

  /** Polls through a change instead of attacking. */
  async watched(durationMs: number): Promise<VerifyOutcome> {
    const { options, tools } = this.input;
    const reading = this.endpoints.filter(({ method }) => !isWriting(method) || options.unsafeMethods === true);
    if (reading.length === 0)
      throw new UsageError('there is nothing to watch: every route writes', 'Let them be called with --unsafe-methods.');
    const preparation = await prepare(reading, this.input, this.targets);
    this.fresh = preparation.fresh;
    await this.wait(preparation);
    const places = reading.map((endpoint) => ({
      ...{ endpoint, materials: preparation.materialsOf(endpoint), settings: this.settingsFor(endpoint) },
    }));
    const hosts = new Set(reading.map(({ host }) => host)).size;
    const seen = await watch(places, {
      durationMs,
      ratePerSecond: (options.rate ?? watchRate) * hosts,
      concurrency: this.concurrency(),
      now: tools.now ?? Date.now,
      ...(tools.signal && { signal: tools.signal }),
      onCall: (seconds, wrong) => tools.progress?.(`watching, ${Math.floor(seconds)} of ${durationMs / 1000} seconds, ${wrong} wrong`),
    });
    const limit = describeLimit(options.maxRequests, seen.isCut ? reading.length : 0, reading.length);
    const untried = describeUntried(reading, preparation, options.requireAllIssuers === true);
    const left = this.endpoints.filter((endpoint) => !reading.includes(endpoint));
    return {
      results: [...this.read.problems, ...limit, ...untried, ...describeWatch(seen, preparation)],
      data: watchData(seen, { requests: this.targets.sent(), left, scope: this.targets.scope.patterns }),
    };
  }

  /** Rules that nothing reaches; the user may accept that one of them stays undecided. */
  shadowed(endpoints: readonly Endpoint[]): CheckResult[] {
    const { acceptUndecided = [] } = this.input.options;
    return endpoints.map((endpoint) => {
      const result = describeShadowed(endpoint);
      const accepted = result.status === 'error' && isNamed(endpoint, acceptUndecided) && this.health.hasAnswered(endpoint.host);
      return accepted ? { ...result, status: 'skip', message: `${result.message}; accepted on the command line` } : result;
    });
  }

  data(): ReturnType<typeof reportData> {
    return reportData({
      ...{
        endpoints: this.endpoints,
        leftOut: this.read.leftOut,
        probes: this.probes(),
        profile: this.input.options.profile ?? 'standard',
        representatives: this.choice.representatives,
        issuers: this.issuers,
        baseOf: this.targets.baseOf,
      },
      ...{ scope: this.targets.scope.patterns, requests: this.targets.sent(), stoppedHosts: this.health.stopped, ready: this.ready },
    });
  }

  private async wait(preparation: Preparation): Promise<void> {
    const { options, tools } = this.input;
    const [first] = this.of('jwt').filter((endpoint) => !isWriting(endpoint.method) || this.mayWrite(endpoint.host));
    if (!first || (options.waitMs ?? 0) === 0) return;
    const patience = {
      waitMs: options.waitMs ?? 0,
      pause: tools.pause ?? ((ms: number) => sleep(ms, tools.signal)),
      now: () => performance.now(),
      ...(tools.signal && { signal: tools.signal }),
    };
    this.ready = await waitUntilReady(first, preparation.materialsOf(first), this.settingsFor(first), patience);
  }

  /** Calls that write without effect come last: their proof is a neighbour that was proven before. */
  private async attack(preparation: Preparation): Promise<EndpointReport[]> {
    const context = (endpoint: Endpoint): EndpointContext => ({
      settings: this.settingsFor(endpoint),
      choice: this.choice,
      neighbourOf: ({ host, workload }) => this.proven.get(`${host} ${workload}`),
    });
    const closed = this.endpoints.filter(({ intent }) => intent !== 'public');
    const later = closed.filter(({ method, host }) => isWriting(method) && !this.mayWrite(host));
    const reports: EndpointReport[] = [];
    for (const group of [closed.filter((endpoint) => !later.includes(endpoint)), later]) {
      reports.push(
        ...(await inPool(group, this.concurrency(), async (endpoint) => {
          const materials: readonly RouteMaterial[] = preparation.materialsOf(endpoint);
          const report = await runEndpoint(endpoint, materials, context(endpoint));
          if (report.calibration.best.control === 'proven') this.proven.set(`${endpoint.host} ${endpoint.workload}`, report);
          return report;
        })),
      );
    }
    return reports;
  }

  /** Step 6: a target that died under the attacks refuses everything, which proves nothing. */
  private async controlsAgain(reports: readonly EndpointReport[]): Promise<Map<EndpointReport, Map<string, boolean>>> {
    const entries = await inPool(reports, this.concurrency(), async (report) => {
      const held = new Map<string, boolean>();
      for (const [issuer, { control }] of report.calibration.byIssuer) {
        if (control === 'proven') held.set(issuer, (await report.holds(issuer)) || (await report.holds(issuer)));
      }
      return [report, held] as const;
    });
    return new Map(entries);
  }

  /** How many different probes the profile runs at these endpoints. */
  private probes(): number {
    const ids = this.endpoints.flatMap((endpoint) => {
      const withoutEffect = isWriting(endpoint.method) && !this.mayWrite(endpoint.host);
      if (endpoint.intent === 'public') return withoutEffect ? [] : ['public-open'];
      return [...probesFor(endpoint, this.choice, withoutEffect).keys()].map(({ id }) => id);
    });
    return new Set(ids).size;
  }

  private of(intent: Endpoint['intent']): Endpoint[] {
    return this.endpoints.filter((endpoint) => endpoint.intent === intent);
  }

  private mayWrite(host: string): boolean {
    return this.input.options.unsafeMethods === true || this.targets.isFree(host);
  }

  private concurrency(): number {
    return this.input.options.concurrency ?? (this.endpoints.every(({ host }) => this.targets.isFree(host)) ? 8 : 2);
  }

  private settingsFor({ host }: Endpoint): RunSettings {
    const { tools } = this.input;
    return {
      ...{ sender: this.targets.senderOf(host), health: this.health, baseOf: this.targets.baseOf, nonce: this.nonce },
      ...(this.input.options.timeoutMs !== undefined && { timeoutMs: this.input.options.timeoutMs }),
      ...(this.fresh && { fresh: this.fresh }),
      mayWrite: (name) => this.mayWrite(name),
      mostImpact: mostImpactOf(this.targets, this.input.options),
      onRequest: () => tools.progress?.(`${this.targets.sent()} requests`),
    };
  }

  private readonly nonce = randomBytes(4).toString('hex');
}

/** Loopback takes everything, another host what cannot hurt it, unless its user allows more. */
function mostImpactOf({ isFree }: Targets, { allowDisruptive = [] }: VerifyOptions): (host: string) => Impact {
  return (host) => (isFree(host) || allowDisruptive.includes(host) ? 'disruptive' : 'safe');
}

/** Where no target answered, a sound issuer is no good news. */
function withoutPass(result: CheckResult): CheckResult {
  return result.status === 'pass'
    ? { ...result, status: 'skip', message: `${result.message}; not counted, because no target gave a verdict` }
    : result;
}

/** Waits, but not past the end of the run. */
function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
