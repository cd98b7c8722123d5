import { atLeast, type CheckResult, type Suppression } from './check-result';
import { acceptedFinding, sameness, type AcceptedFinding, type Baseline } from './baseline';

/** How a run treats its baseline: as it is, without what no longer occurs, or with everything that was found. */
export type BaselineUse = 'keep' | 'prune' | 'update';

/** Entries of a baseline, each of which accepts one finding. */
export class AcceptedFindings {
  private readonly open = new Map<string, AcceptedFinding[]>();
  private readonly met: AcceptedFinding[] = [];
  private readonly over: AcceptedFinding[];

  /** @param today `YYYY-MM-DD`; entries whose last day is over accept nothing */
  constructor(
    { accepted }: Baseline,
    private readonly use: BaselineUse,
    today: string,
  ) {
    this.over = accepted.filter(({ until }) => until !== undefined && until < today);
    for (const entry of accepted.filter((one) => !this.over.includes(one)))
      this.open.set(sameness(entry), [...(this.open.get(sameness(entry)) ?? []), entry]);
  }

  /** Why a finding does not count: it was accepted, or is accepted by this run; undefined when it counts. */
  takes(result: CheckResult): Suppression | undefined {
    const own = acceptedFinding(result);
    const entries = this.open.get(sameness(own)) ?? [];
    const known = entries.find((entry) => covers(entry, result));
    if (known) entries.splice(entries.indexOf(known), 1);
    if (!known && this.use !== 'update') return undefined;
    const entry = known ?? own;
    this.met.push(entry);
    const { reason = 'accepted in the baseline', until } = entry;
    return { by: 'baseline', reason, ...(until !== undefined && { until }) };
  }

  /** Entries that met no finding, of those that the run speaks about: what it did not look at may still be there. */
  stale(decided: (entry: AcceptedFinding) => boolean): AcceptedFinding[] {
    return this.unmet().filter(decided);
  }

  /** Entries whose last day is over. */
  expired(): readonly AcceptedFinding[] {
    return this.over;
  }

  /** The baseline after the run. */
  after(decided: (entry: AcceptedFinding) => boolean): Baseline {
    const kept = [...this.unmet(), ...(this.use === 'update' ? [] : this.over)];
    return { accepted: [...this.met, ...kept.filter((entry) => this.use === 'keep' || !decided(entry))] };
  }

  private unmet(): AcceptedFinding[] {
    return [...this.open.values()].flat();
  }
}

/** A worse finding than the one that was accepted is another one. */
function covers({ status, severity }: AcceptedFinding, result: CheckResult): boolean {
  const isWorse = (status === 'warn' && result.status !== 'warn') || result.status === 'error';
  const limited = status !== undefined || severity !== undefined;
  return !limited || (!isWorse && (severity === undefined || atLeast(severity, result.severity)));
}
