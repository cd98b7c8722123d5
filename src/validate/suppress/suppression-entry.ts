import type { CheckResult, Severity, Where } from '../../model/check-result';
import type { Manifest } from '../../model/manifest';
import { objectRef, whereOf } from '../../model/object-ref';
import type { Policy } from '../policy/policy';
import { entryPlaces } from './entry-places';
import { isAtOrBelow, type Suppression } from './suppression';
import { parseSuppressions, suppressionAnnotation } from './suppression-annotation';
import { atLeast } from '../../model/check-result';

/** A suppression of a configuration, with its place there. */
export interface ConfiguredSuppression extends Suppression {
  /** @default - no place */
  readonly where?: Where;
}

/** A suppression with its place, and what came of it. */
export interface SuppressionEntry {
  readonly suppression: Suppression;
  readonly by: 'annotation' | 'configuration';
  readonly where: Where;
  /** Findings that it names. */
  readonly matched: CheckResult[];
}

/** An entry of an annotation that cannot be understood. */
export interface MalformedEntry {
  readonly where: Where;
  readonly message: string;
}

/** The suppressions in the annotations of one object. */
export function entriesOf(manifest: Manifest): { entries: SuppressionEntry[]; malformed: MalformedEntry[] } {
  const annotation = manifest.annotations[suppressionAnnotation];
  const found: { entries: SuppressionEntry[]; malformed: MalformedEntry[] } = { entries: [], malformed: [] };
  if (annotation === undefined) return found;
  const parsed = parseSuppressions(annotation);
  const places = entryPlaces(
    manifest,
    annotation,
    parsed.map(({ text }) => text),
  );
  for (const [index, entry] of parsed.entries()) {
    const where = places[index] ?? whereOf(manifest);
    if ('problem' in entry) found.malformed.push({ where, message: `${JSON.stringify(entry.text)} ${entry.problem}` });
    else found.entries.push({ suppression: { ...entry.suppression, object: objectRef(manifest) }, by: 'annotation', where, matched: [] });
  }
  return found;
}

/** True when the suppression speaks of the finding. */
export function speaksOf({ rule, object, path }: Suppression, { id, where }: CheckResult): boolean {
  return id === rule && (object === undefined || where.object === object) && isAtOrBelow(where.path, path);
}

/** True when its last day is over. @param today `YYYY-MM-DD` */
export function isExpired({ until }: Suppression, today: string): boolean {
  return until !== undefined && until < today;
}

/**
 * True when the policy keeps the author of a manifest from deciding about a finding: it is worse than he may suppress, or the policy itself
 * is what it breaks.
 */
export function isForbidden(by: SuppressionEntry['by'], { id, severity }: CheckResult, policy: Policy | undefined): boolean {
  if (by !== 'annotation' || policy === undefined) return false;
  return id.startsWith('policy-') || isWorse(severity, policy.maxSuppressible);
}

function isWorse(severity: Severity, limit: Policy['maxSuppressible']): boolean {
  return limit !== undefined && (limit === 'none' || (severity !== limit && atLeast(severity, limit)));
}
