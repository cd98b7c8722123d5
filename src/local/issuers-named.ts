import { closest } from '../model/closest';
import { UsageError } from '../model/errors';
import type { IssuerPlan } from './issuer-plan';

/**
 * The issuers that names stand for: the issuer string, its host or the first labels of that, or the name of the application whose client
 * it has.
 * @throws {UsageError} ERR_USAGE when a name fits no issuer, or the start of a host fits several
 */
export function issuersNamed(plans: readonly IssuerPlan[], names: readonly string[]): ReadonlySet<string> {
  return new Set(names.flatMap((name) => issuersOf(plans, name)));
}

function issuersOf(plans: readonly IssuerPlan[], name: string): string[] {
  const known = plans.map(({ issuer }) => issuer);
  const wanted = name.toLowerCase();
  const exact = known.filter((issuer) => issuer === name || hostOf(issuer) === wanted);
  if (exact.length > 0) return exact;
  const loose = plans.filter(({ issuer, accepted }) => hostOf(issuer).startsWith(`${wanted}.`) || appNameOf(accepted.appName) === wanted);
  const [one, other] = loose;
  const hint = `The issuers are ${known.join(', ') || 'none'}.`;
  if (one && other) throw new UsageError(`--issuer-down ${JSON.stringify(name)} fits several issuers; give one as a whole`, hint);
  if (one) return [one.issuer];
  const near = closest(
    wanted,
    known.flatMap((issuer) => [issuer, hostOf(issuer), hostOf(issuer).split('.', 1)[0] ?? '']),
  );
  throw new UsageError(
    `no issuer "${name}" is in the manifests${near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`}`,
    hint,
  );
}

function hostOf(issuer: string): string {
  return URL.canParse(issuer) ? new URL(issuer).host : issuer;
}

/** `geo!t1` is called `geo`. */
function appNameOf(appName: string): string {
  return appName.replace(/![a-z]\d+$/, '').toLowerCase();
}
