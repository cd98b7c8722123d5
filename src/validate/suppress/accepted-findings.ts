import type { CheckResult } from '../../model/check-result';
import { acceptedFinding, sameness, type AcceptedFinding, type Baseline } from './baseline';

/** How a run treats its baseline: as it is, without what no longer occurs, or with everything that was found. */
export type BaselineUse = 'keep' | 'prune' | 'update';

/** Entries of a baseline, each of which accepts one finding. */
export class AcceptedFindings {
  private readonly open = new Map<string, AcceptedFinding[]>();
  private readonly met: AcceptedFinding[] = [];

  constructor(
    { accepted }: Baseline,
    private readonly use: BaselineUse,
  ) {
    for (const entry of accepted) this.open.set(sameness(entry), [...(this.open.get(sameness(entry)) ?? []), entry]);
  }

  /** True when the finding was accepted, or is accepted by this run. */
  takes(result: CheckResult): boolean {
    const entry = acceptedFinding(result);
    const known = this.open.get(sameness(entry))?.pop() !== undefined;
    if (known || this.use === 'update') this.met.push(entry);
    return known || this.use === 'update';
  }

  /** Entries that met no finding. What rules would say that did not run, nobody knows: their entries are not among them. */
  stale(ran: (id: string) => boolean): AcceptedFinding[] {
    return this.unmet().filter(({ id }) => ran(id));
  }

  /** The baseline after the run. */
  after(ran: (id: string) => boolean): Baseline {
    return { accepted: [...this.met, ...this.unmet().filter(({ id }) => this.use === 'keep' || !ran(id))] };
  }

  private unmet(): AcceptedFinding[] {
    return [...this.open.values()].flat();
  }
}
