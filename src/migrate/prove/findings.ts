import type { Proof, RequestClass } from './proof';

/** Lists of a proof that hold classes of requests. */
export type FindingKind = 'opened' | 'widened' | 'preflight' | 'closed' | 'odd' | 'moved' | 'delegated';

/** Collects what a search finds: for each group of methods a class of requests once, with the first path, which is the shortest. */
export class Findings {
  private readonly found = new Map<string, { readonly kind: FindingKind; readonly finding: RequestClass }>();
  private readonly open = new Set<string>();

  /** @param finding with methods that nothing tells apart */
  add(kind: FindingKind, finding: RequestClass): void {
    const key = kind === 'odd' ? JSON.stringify([kind, finding.host]) : keyOf(kind, finding, finding.methods);
    const known = this.found.get(key)?.finding;
    if (!known) this.found.set(key, { kind, finding });
    else if (kind === 'odd' && known.path === finding.path)
      this.found.set(key, { kind, finding: joined([known, { ...known, methods: finding.methods }])[0] ?? known });
  }

  /** Notes why the search does not tell everything. */
  leaveOpen(why: string): void {
    this.open.add(why);
  }

  proof(): Proof {
    const of = (kind: FindingKind): RequestClass[] =>
      joined([...this.found.values()].filter((one) => one.kind === kind).map(({ finding }) => finding));
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

/** Joins groups of methods that have the same witness. */
function joined(findings: readonly RequestClass[]): RequestClass[] {
  const found = new Map<string, RequestClass>();
  for (const finding of findings) {
    const key = keyOf('', finding, finding.path);
    const methods = new Set([...(found.get(key)?.methods ?? []), ...finding.methods]);
    found.set(key, { ...finding, methods: [...methods].sort() });
  }
  return [...found.values()];
}

function keyOf(kind: string, { host, caller, oldRule, newRule, before, after }: RequestClass, part: string | readonly string[]): string {
  return JSON.stringify([kind, host, caller, oldRule, newRule, before, after, part]);
}
