import { isOver, type AcceptedNote, type BaselineOf } from './baseline-file';
import type { CheckResult, Suppression } from './check-result';

/** How a run treats its baseline: as it is, without what no longer occurs, or with everything that was found. */
export type BaselineUse = 'keep' | 'prune' | 'update';

/** How findings and entries of a baseline belong together. */
export interface EntryMatch<E extends AcceptedNote> {
  /** A finding as an entry, without what people added. */
  readonly entryOf: (finding: CheckResult) => E;
  /** What makes two findings the same, apart from how bad they are. */
  readonly sameness: (entry: E) => string;
  /** False for a finding that is worse than what was accepted. */
  readonly covers: (entry: E, finding: CheckResult) => boolean;
}

/** Entries of a baseline, each of which accepts one finding. */
export class AcceptedFindings<E extends AcceptedNote> {
  private readonly open = new Map<string, E[]>();
  private readonly met: E[] = [];
  private readonly over: readonly E[];
  /** Entries whose last day is over, and whose finding is still there. */
  private readonly back = new Set<E>();

  /** @param today `YYYY-MM-DD`; entries whose last day is over accept nothing */
  constructor(
    { accepted }: BaselineOf<E>,
    private readonly use: BaselineUse,
    today: string,
    private readonly match: EntryMatch<E>,
  ) {
    this.over = accepted.filter((entry) => isOver(entry, today));
    for (const entry of accepted.filter((one) => !isOver(one, today))) {
      const same = this.open.get(match.sameness(entry));
      if (same) same.push(entry);
      else this.open.set(match.sameness(entry), [entry]);
    }
  }

  /**
   * Why a finding does not count: it was accepted, or is accepted by this run; undefined when it counts. What could not be told is nothing
   * that can be accepted.
   */
  takes(finding: CheckResult): Suppression | undefined {
    if (finding.status !== 'fail' && finding.status !== 'warn') return undefined;
    const { entryOf, sameness, covers } = this.match;
    const own = entryOf(finding);
    const same = this.open.get(sameness(own)) ?? [];
    const at = same.findIndex((entry) => covers(entry, finding));
    const [known] = at < 0 ? [] : same.splice(at, 1);
    if (!known) for (const entry of this.over) if (sameness(entry) === sameness(own)) this.back.add(entry);
    if (!known && this.use !== 'update') return undefined;
    const { reason, until }: AcceptedNote = known ?? {};
    const note = { ...(reason !== undefined && { reason }), ...(until !== undefined && { until }) };
    this.met.push(this.use === 'update' ? { ...own, ...note } : (known ?? own));
    return { by: 'baseline', reason: 'accepted in the baseline', ...note };
  }

  /** Entries that met no finding, of those that the run speaks about: what it did not look at may still be there. */
  stale(decided: (entry: E) => boolean): E[] {
    return [...this.unmet(), ...this.over.filter((entry) => !this.back.has(entry))].filter(decided);
  }

  /** Entries whose last day is over, except where the run says that nothing is left to accept. */
  expired(decided: (entry: E) => boolean): E[] {
    return this.over.filter((entry) => this.back.has(entry) || !decided(entry));
  }

  /** The baseline after the run. */
  after(decided: (entry: E) => boolean): BaselineOf<E> {
    const stays = (entry: E): boolean => this.use === 'keep' || !decided(entry) || (this.use === 'prune' && this.back.has(entry));
    return { accepted: [...this.met, ...[...this.unmet(), ...this.over].filter(stays)] };
  }

  private unmet(): E[] {
    return [...this.open.values()].flat();
  }
}
