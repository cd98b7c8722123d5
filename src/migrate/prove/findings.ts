import type { Proof, RequestClass } from './proof';

/** Lists of a proof that hold classes of requests. */
export type FindingKind = 'opened' | 'widened' | 'preflight' | 'closed' | 'odd' | 'moved' | 'delegated';

/** A class of requests for one group of methods and one path. */
export type Finding = Omit<RequestClass, 'methods'> & { readonly methods: readonly string[] };

/** Collects what a search finds, each class of requests once with the first path, which is the shortest. */
export class Findings {
  private readonly found = new Map<string, { readonly kind: FindingKind; readonly first: Finding; readonly methods: Set<string> }>();
  private readonly open = new Set<string>();

  add(kind: FindingKind, finding: Finding): void {
    const { host, caller, oldRule, newRule, before, after } = finding;
    const key = JSON.stringify(kind === 'odd' ? [kind, host] : [kind, host, caller, oldRule, newRule, before, after]);
    const known = this.found.get(key) ?? { kind, first: finding, methods: new Set<string>() };
    for (const method of finding.methods) known.methods.add(method);
    this.found.set(key, known);
  }

  /** Notes why the search does not tell everything. */
  leaveOpen(why: string): void {
    this.open.add(why);
  }

  proof(): Proof {
    const of = (wanted: FindingKind): RequestClass[] =>
      [...this.found.values()]
        .filter(({ kind }) => kind === wanted)
        .map(({ first, methods }) => ({ ...first, methods: [...methods].sort() }));
    return {
      opened: of('opened'),
      widened: of('widened'),
      preflight: of('preflight'),
      closed: of('closed'),
      odd: of('odd'),
      moved: of('moved'),
      delegated: of('delegated'),
      complete: this.open.size === 0,
      open: [...this.open],
    };
  }
}
