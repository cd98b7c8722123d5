import type { CheckResult } from '../model/check-result';
import { isNamed } from '../model/route-pattern';
import { leaveUndecided } from './leave-undecided';
import { judgeClaim, type ClaimVerdict, type Evidence } from './claims';
import { describeClaim, describeControl, describeOutcome } from './describe';
import type { Claim } from './probe';
import { isTrouble, type Calibration } from './calibration';
import { skippedByLimit } from './request-limit';
import type { EndpointReport } from './run-endpoint';
import { isUntried, noCredentials } from './untried-issuers';

/** What the end of a run knows beside the reports. */
export interface Closing {
  /** Issuers whose control failed at the end, per report. */
  readonly held: (report: EndpointReport, issuer: string) => boolean;
  /** Why there is no good token, by issuer. */
  readonly tokenProblem: (issuer: string) => string | undefined;
  readonly acceptUndecided: readonly string[];
  /** True for hosts that gave any answer; silence is never accepted. */
  readonly hasAnswered: (host: string) => boolean;
}

/** All results of one protected endpoint: control, probes, then the claims. */
export function concludeEndpoint(report: EndpointReport, closing: Closing): CheckResult[] {
  const { endpoint, calibration, outcomes } = report;
  const proven = calibration.best.control === 'proven' || report.likeNeighbour;
  const controls = [...calibration.byIssuer].map(([issuer, own]) => describeControl(own, endpoint, issuer, closing.tokenProblem(issuer)));
  const probes = outcomes.map((outcome) => {
    const own = outcome.issuer === undefined ? undefined : calibration.byIssuer.get(outcome.issuer);
    return describeOutcome(outcome, endpoint, {
      proven: own ? own.control === 'proven' : proven,
      compared: isCompared(own ?? calibration.best),
    });
  });
  const results = [...controls, ...probes, ...claimsOf(report, closing)].map((result) => withoutIssuer(result, report, closing));
  return report.isCut() ? results.map(withoutVerdict) : results;
}

/** False where even the plain calls got no usable answer: what attacks get there says nothing of the attacks. */
function isCompared({ none, unknown, control }: Calibration): boolean {
  return control !== 'uncompared' && unknown?.kind !== 'failure' && !isTrouble(none);
}

const claims: ReadonlySet<string> = new Set<Claim>(['closed-to-anonymous', 'protected']);

/** Where the limit of the run kept requests back, what is undecided, or only looks decided, says nothing; what got through stays. */
function withoutVerdict(result: CheckResult): CheckResult {
  const decides = result.status === 'pass' && claims.has(result.id);
  return result.status === 'error' || decides ? skippedByLimit(result) : result;
}

function claimsOf(report: EndpointReport, closing: Closing): CheckResult[] {
  const { endpoint, calibration, outcomes, materials, likeNeighbour } = report;
  const atEnd = (issuer: string): boolean => closing.held(report, issuer);
  const lost = (held: boolean): Pick<Evidence, 'controlLost'> =>
    report.isLost() ? { controlLost: 'under the attacks' } : held ? {} : { controlLost: 'at the end of the run' };
  const anyHeld = materials.length === 0 || materials.some(({ route }) => atEnd(route.trust.issuer));
  const unsent = report.withoutEffect ? { unsent: { endpoint, hasNeighbour: report.neighbour !== undefined } } : {};
  const shared: Evidence = { outcomes, calibration: calibration.best, likeNeighbour, ...unsent, ...lost(anyHeld) };
  const show = (verdict: ClaimVerdict, issuer?: string): CheckResult => accepted(describeClaim(verdict, endpoint, issuer), report, closing);
  const anonymous = show(judgeClaim('closed-to-anonymous', shared));
  if (materials.length === 0) return [anonymous, show(judgeClaim('protected', shared))];
  const perIssuer = materials.map(({ route }) => {
    const { issuer } = route.trust;
    const own: Evidence = {
      likeNeighbour,
      ...unsent,
      outcomes: outcomes.filter((outcome) => outcome.issuer === undefined || outcome.issuer === issuer),
      calibration: calibration.byIssuer.get(issuer) ?? calibration.best,
      ...lost(atEnd(issuer)),
    };
    return show(judgeClaim('protected', own), issuer);
  });
  return [anonymous, ...perIssuer];
}

/** An issuer that nobody gave credentials for leaves its own control and claim open, not those of the rule. */
function withoutIssuer(result: CheckResult, { endpoint }: EndpointReport, closing: Closing): CheckResult {
  const issuer = result.route?.issuer;
  const isOpen = result.status === 'error' && (result.id === 'control' || result.id === 'protected');
  if (!isOpen || issuer === undefined || !isUntried(issuer, endpoint, closing)) return result;
  const { fix: _fix, ...rest } = result;
  return { ...rest, status: 'skip', message: `${issuer} was not tried: ${noCredentials}` };
}

/** An undecided claim that the user accepts by name does not count; what nobody answered is not accepted. */
function accepted(result: CheckResult, report: EndpointReport, { acceptUndecided, hasAnswered }: Closing): CheckResult {
  const { endpoint, withoutEffect } = report;
  if (result.status !== 'error' || !isNamed(endpoint, acceptUndecided)) return result;
  if (!hasAnswered(endpoint.host) || !(withoutEffect || wasAnswered(report))) return result;
  return leaveUndecided(result);
}

function wasAnswered({ calibration, outcomes }: EndpointReport): boolean {
  const { none, garbage, good } = calibration.best;
  return good.length > 0 || [none, garbage, ...outcomes.map(({ exchange }) => exchange?.facts)].some((facts) => facts?.kind === 'answer');
}
