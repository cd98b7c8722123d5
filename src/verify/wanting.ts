import { checkResult, type CheckResult } from '../model/check-result';
import { closest } from '../model/closest';
import { UsageError } from '../model/errors';
import { isForWant } from '../model/for-want';
import { explainedBy } from './attribute';
import { profiles, type Probe, type Profile } from './probe';
import { allProbes } from './probes/all-probes';

/** Lines about probes of weight that were not tried for want of what the user can give, a line for each want. */
export function wantingNotes(results: readonly CheckResult[]): string[] {
  const byWant = new Map<string, CheckResult[]>();
  for (const result of results.filter(isForWant)) byWant.set(result.message, [...(byWant.get(result.message) ?? []), result]);
  return [...byWant].map(([want, all]) => {
    const routes = new Set(all.map(({ route }) => `${route?.method} ${route?.host}${route?.path}`)).size;
    const ids = [...new Set(all.map(({ id }) => id))].sort();
    return `Not tried at ${routes} ${routes === 1 ? 'route' : 'routes'}: ${ids.join(', ')} (${want})`;
  });
}

/** The probes that a user asks for by name. @throws {UsageError} ERR_USAGE when there is none of a name */
export function requiredProbes(ids: readonly string[]): Probe[] {
  return ids.map((id) => {
    const probe = allProbes.find((one) => one.id === id);
    if (probe) return probe;
    const near = closest(
      id,
      allProbes.map((one) => one.id),
    );
    const hint = `${near === undefined ? '' : `Did you mean ${near}? `}docs/probes.md lists them all.`;
    throw new UsageError(`--require-probe is ${JSON.stringify(id)}, which is no probe`, hint);
  });
}

/** What a run was asked for, as far as required probes depend on it. */
export interface Asked {
  readonly profile: Profile;
  /** True for a shard: what it has no route for, another one may have tried. */
  readonly isPart: boolean;
}

/** A failure for each required probe that the profile leaves out, that lacks something at a route, or that was tried nowhere. */
export function requiredResults(required: readonly Probe[], results: readonly CheckResult[], asked: Asked): CheckResult[] {
  return required.flatMap((probe) => {
    const { id, severity } = probe;
    const why = whyUntried(
      probe,
      results.filter((result) => result.id === id),
      asked,
    );
    if (why === undefined) return [];
    return [
      checkResult({
        id: 'required-probe',
        title: 'Every probe that is required was tried',
        status: 'fail',
        severity,
        message: `${id} was not tried: ${why}`,
        fix: 'Give what it needs, choose its profile or a route that it is for, or do not require it.',
        docs: `docs/probes.md#${id}`,
        where: { object: id },
      }),
    ];
  });
}

function whyUntried({ profile: least }: Probe, own: readonly CheckResult[], { profile, isPart }: Asked): string | undefined {
  if (profiles.indexOf(least) > profiles.indexOf(profile)) return `it runs from profile ${least} on`;
  const skipped = own.filter(({ status, message }) => status === 'skip' && !message.startsWith(explainedBy));
  const wanting = skipped.find(({ message }) => /\bneeds /.test(message));
  if (wanting) return wanting.message;
  if (isPart || skipped.length < own.length) return undefined;
  return skipped[0]?.message ?? 'none of these routes is one for it';
}
