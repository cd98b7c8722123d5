import { atLeast, type CheckResult } from '../../model/check-result';
import { acceptedFinding, sameness, type AcceptedFinding, type Baseline, type BaselineFiles } from './baseline';

/** How a run treats its baseline: as it is, without what no longer occurs, or with everything that was found. */
export type BaselineUse = 'keep' | 'prune' | 'update';

/** What a run knows of the findings and objects that a baseline speaks of. */
export interface BaselineRun {
  readonly use: BaselineUse;
  /** Digest over what a finding speaks of. */
  readonly contentOf: (finding: CheckResult) => string | undefined;
  /** True for a rule that ran, so that its silence says something. */
  readonly ran: (id: string) => boolean;
  /** Objects that were checked, `Kind namespace/name`. */
  readonly objects: ReadonlySet<string>;
  /** @default - names are as they are, and no file is known to be in the input */
  readonly files?: BaselineFiles;
}

/** Entries of a baseline, each of which accepts one finding. */
export class AcceptedFindings {
  private readonly open = new Map<string, AcceptedFinding[]>();
  private readonly met: AcceptedFinding[] = [];

  constructor(
    { accepted }: Baseline,
    private readonly run: BaselineRun,
  ) {
    for (const entry of accepted) this.open.set(sameness(entry), [...(this.open.get(sameness(entry)) ?? []), entry]);
  }

  /** True when the finding was accepted, or is accepted by this run. What could not be told is nothing that can be accepted. */
  takes(result: CheckResult): boolean {
    if (result.status !== 'fail' && result.status !== 'warn') return false;
    const { contentOf, files, use } = this.run;
    const entry = acceptedFinding(result, contentOf(result), files?.nameOf(result.where.file ?? ''));
    const same = this.open.get(sameness(entry)) ?? [];
    const at = same.findIndex(({ severity }) => atLeast(severity, result.severity));
    const [known] = at < 0 ? [] : same.splice(at, 1);
    if (use === 'update') this.met.push(entry);
    else if (known) this.met.push(known);
    return known !== undefined || use === 'update';
  }

  /**
   * Entries that met no finding although their object or file was looked at. What rules would say that did not run, or of objects that are not
   * in the input, nobody knows.
   */
  stale(): AcceptedFinding[] {
    return this.unmet().filter((entry) => this.isLookedAt(entry));
  }

  /** The baseline after the run. */
  after(): Baseline {
    return { accepted: [...this.met, ...this.unmet().filter((entry) => this.run.use === 'keep' || !this.isLookedAt(entry))] };
  }

  private isLookedAt({ id, object = '', file }: AcceptedFinding): boolean {
    const { ran, objects, files } = this.run;
    return ran(id) && (objects.has(object) || (file !== undefined && files?.covers(file) === true));
  }

  private unmet(): AcceptedFinding[] {
    return [...this.open.values()].flat();
  }
}
