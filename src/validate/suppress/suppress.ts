import type { CheckResult, Severity } from '../../model/check-result';
import { closest } from '../../model/closest';
import type { Manifest } from '../../model/manifest';
import { objectRef } from '../../model/object-ref';
import type { Policy } from '../policy/policy';
import type { RuleFacts } from '../rule';
import type { AcceptedFindings } from '../../model/accepted-findings';
import type { AcceptedFinding } from './baseline';
import { notice } from './notice';
import { entriesOf, isExpired, isForbidden, speaksOf, type ConfiguredSuppression, type SuppressionEntry } from './suppression-entry';
import { suppressionExpired, suppressionForbidden, suppressionMalformed, suppressionUnused } from './suppression-rules';

/** What decides about findings that somebody does not want to count. */
export interface SuppressInput {
  /** What rules found; nothing else can be suppressed. */
  readonly findings: readonly CheckResult[];
  /** Objects whose annotations count. */
  readonly manifests: readonly Manifest[];
  readonly configured: readonly ConfiguredSuppression[];
  readonly accepted?: AcceptedFindings<AcceptedFinding>;
  readonly policy?: Policy;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly failOn: Severity;
  /** Ids of all rules, whether or not they ran. */
  readonly known: ReadonlySet<string>;
  /** True for a rule that ran, so that its silence says something. */
  readonly ran: (id: string) => boolean;
}

/**
 * Takes out of the count what annotations, a configuration and a baseline suppress: such findings become `skip` and stay in the report.
 * What is wrong with the suppressions themselves comes behind.
 */
export function suppress(input: SuppressInput): CheckResult[] {
  const read = input.manifests.map(entriesOf);
  const annotated = new Map<string, SuppressionEntry[]>();
  read.forEach(({ entries }, index) => {
    const key = keyOf(input.manifests[index]);
    if (entries.length > 0) annotated.set(key, [...(annotated.get(key) ?? []), ...entries]);
  });
  const configured = input.configured.map((suppression): SuppressionEntry => ({
    suppression,
    by: 'configuration',
    where: suppression.where ?? {},
    matched: [],
  }));
  const judged = input.findings.map((finding) => {
    const own = annotated.get(`${finding.where.file ?? ''}\0${finding.where.object ?? ''}`) ?? [];
    return judge(finding, [...own, ...configured], input);
  });
  const malformed = read.flatMap((entries) => entries.malformed);
  return [
    ...judged,
    ...malformed.map(({ where, message }) => notice(suppressionMalformed, where, message, input.failOn)),
    ...[...annotated.values()].flat().flatMap((entry) => noticesOf(entry, input)),
    ...configured.flatMap((entry) => noticesOf(entry, input)),
  ];
}

function judge(finding: CheckResult, entries: readonly SuppressionEntry[], { accepted, policy, today }: SuppressInput): CheckResult {
  const speaking = entries.filter(({ suppression }) => speaksOf(suppression, finding));
  for (const { matched } of speaking) matched.push(finding);
  const valid = speaking.find(({ by, suppression }) => !isExpired(suppression, today) && !isForbidden(by, finding, policy));
  if (valid) {
    const { reason, until } = valid.suppression;
    return { ...finding, status: 'skip', suppressed: { by: valid.by, reason, ...(until !== undefined && { until }) } };
  }
  const suppressed = accepted?.takes(finding);
  return suppressed ? { ...finding, status: 'skip', suppressed } : finding;
}

/** What one suppression itself is reported for. */
function noticesOf({ suppression, by, where, matched }: SuppressionEntry, input: SuppressInput): CheckResult[] {
  const { rule, path, until } = suppression;
  const tell = (facts: RuleFacts, message: string): CheckResult[] => [notice(facts, where, message, input.failOn)];
  const shown = path === undefined ? rule : `${rule}@${path}`;
  if (!input.known.has(rule)) return tell(suppressionMalformed, `${shown}: ${unknown(rule, input.known)}`);
  if (matched.length === 0) return input.ran(rule) ? tell(suppressionUnused, `${shown} matches no finding`) : [];
  if (isExpired(suppression, input.today)) return tell(suppressionExpired, `${shown} was suppressed until ${until ?? ''}`);
  const forbidden = matched.find((finding) => isForbidden(by, finding, input.policy));
  if (!forbidden) return [];
  const limit = rule.startsWith('policy-') ? 'no finding of the policy itself' : limitOf(input.policy);
  return tell(suppressionForbidden, `${shown} is ${forbidden.severity}; annotations may suppress ${limit}`);
}

function limitOf(policy: Policy | undefined): string {
  const limit = policy?.maxSuppressible;
  return limit === 'none' ? 'nothing' : `${limit ?? 'critical'} at most`;
}

function unknown(rule: string, known: ReadonlySet<string>): string {
  const near = closest(rule, known);
  return `there is no rule ${JSON.stringify(rule)}${near === undefined ? '' : `; did you mean ${near}?`}`;
}

function keyOf(manifest: Manifest | undefined): string {
  return manifest ? `${manifest.file}\0${objectRef(manifest)}` : '';
}
