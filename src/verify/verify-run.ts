import { randomBytes } from 'node:crypto';
import { leaveUndecided } from './leave-undecided';
import type { Canary } from './canary';
import type { CheckResult } from '../model/check-result';
import type { JsonObject } from '../model/json';
import { isNamed } from '../model/route-pattern';
import { concludeEndpoint } from './conclude';
import { isWriting, type Endpoint } from './endpoint';
import type { FreshTokens } from './fresh-tokens';
import { createHostHealth } from './host-health';
import type { RouteMaterial } from './materials';
import { inPool } from './pool';
import { prepare, type Preparation } from './prepare';
import { describeShadowed, reportData, type Reach } from './report-data';
import type { ProfileChoice } from './representatives';
import { probesFor, runEndpoint, type EndpointContext, type EndpointReport } from './run-endpoint';
import { runPublic } from './run-public';
import { describeLimit, notSent } from './request-limit';
import type { RunSettings } from './session';
import { describeStopped } from './stopped-hosts';
import type { Targets } from './targets';
import { describeUntried } from './untried-issuers';
import type { VerifyInput, VerifyOutcome } from './verify-input';
import { waitUntilReady } from './wait';
import { requiredProbes, requiredResults } from './wanting';
import { describeWatch, watchData } from './watch/describe-watch';
import { watch } from './watch/run-watch';
import { watchable, watchRate } from './watch/watch-plan';
import { mostImpactOf } from './most-impact';
import type { ReadInput } from './read-input';

/** One run from the first packet to the last. */
export class VerifyRun {
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
    const preparation = await prepare(this.endpoints, this.input, this.targets, {
      whole: this.read.whole,
      ...(this.canary && { canary: this.canary }),
    });
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
    const untried = describeUntried(this.read.whole, preparation, this.input.options.requireAllIssuers === true);
    const { requireProbes = [], profile = 'standard', shard } = this.input.options;
    const required = requiredResults(requiredProbes(requireProbes), routes, { profile, isPart: shard !== undefined });
    return [...limit, ...untried, ...required, ...(silent ? preparation.results.map(withoutPass) : preparation.results), ...routes];
  }

  /** Polls through a change instead of attacking. */
  async watched(durationMs: number): Promise<VerifyOutcome> {
    const { options, tools } = this.input;
    const reading = watchable(this.endpoints, options.unsafeMethods);
    const preparation = await prepare(reading, this.input, this.targets, { whole: this.read.whole });
    this.fresh = preparation.fresh;
    await this.wait(preparation);
    const places = reading.map((endpoint) => ({
      ...{ endpoint, materials: preparation.materialsOf(endpoint), settings: this.settingsFor(endpoint) },
    }));
    const seen = await watch(places, {
      durationMs,
      ratePerSecond: options.rate ?? watchRate,
      concurrency: this.concurrency(),
      now: tools.now ?? Date.now,
      ...(tools.signal && { signal: tools.signal }),
      onCall: (seconds, wrong) => tools.progress?.(`watching, ${Math.floor(seconds)} of ${durationMs / 1000} seconds, ${wrong} wrong`),
    });
    const limit = describeLimit(options.maxRequests, seen.isCut ? reading.length : 0, reading.length);
    const untried = describeUntried(this.read.whole, preparation, options.requireAllIssuers === true);
    const left = this.endpoints.filter((endpoint) => !reading.includes(endpoint));
    const routes = describeWatch(seen, preparation).map((result) => (result.route ? this.settled(result, result.route) : result));
    return {
      results: [...this.read.problems, ...limit, ...untried, ...routes],
      data: watchData(seen, { ...this.reach(), left }),
    };
  }

  /** Why hosts were given up, before all that is undecided because of it. */
  stopped(results: readonly CheckResult[]): CheckResult[] {
    return describeStopped(this.health.stopped, results);
  }

  /** Rules that nothing reaches; the user may accept that one of them stays undecided. */
  shadowed(endpoints: readonly Endpoint[]): CheckResult[] {
    return endpoints.map((endpoint) => this.settled(describeShadowed(endpoint), endpoint));
  }

  /** What is undecided of a route that may stay so, as long as its host gave any answer. */
  private settled(result: CheckResult, endpoint: Pick<Endpoint, 'method' | 'host' | 'path'>): CheckResult {
    const mayStay = isNamed(endpoint, this.input.options.acceptUndecided ?? []) && this.health.hasAnswered(endpoint.host);
    return mayStay ? leaveUndecided(result) : result;
  }

  data(): ReturnType<typeof reportData> {
    return reportData({
      ...{
        endpoints: this.endpoints,
        leftOut: this.read.leftOut,
        probes: this.probes(),
        profile: this.input.options.profile ?? 'standard',
        representatives: this.choice.representatives.filter((endpoint) => this.endpoints.includes(endpoint)),
        issuers: this.issuers,
      },
      ...{ ...this.reach(), stoppedHosts: this.health.stopped, ready: this.ready },
    });
  }

  private reach(): Reach {
    const { scope, baseOf } = this.targets;
    const insecureTls = this.input.options.insecureTls === true;
    return { scope: scope.patterns, requests: this.targets.sent(), baseOf, insecureTls };
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

  /** How many different probes the profile runs, in all shards together. */
  private probes(): number {
    const ids = this.read.whole.flatMap((endpoint) => {
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
      ...(this.input.options.insecureTls && { insecureTls: true }),
      mayWrite: (name) => this.mayWrite(name),
      mostImpact: mostImpactOf(this.targets, this.input.options),
      onRequest: () => tools.progress?.(`${this.targets.sent()} requests`),
    };
  }

  private readonly nonce = randomBytes(4).toString('hex');
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
