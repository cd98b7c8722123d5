import { checkResult, type CheckResult } from '../model/check-result';
import { closest } from '../model/closest';
import { UsageError } from '../model/errors';
import { isForWant, isWant } from '../model/for-want';
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

/** A failure for each required probe that the profile leaves out, or that was not tried somewhere for want of what the user can give. */
export function requiredResults(required: readonly Probe[], results: readonly CheckResult[], profile: Profile): CheckResult[] {
  return required.flatMap(({ id, profile: least, severity }) => {
    const left = profiles.indexOf(least) > profiles.indexOf(profile);
    const [first] = results.filter((result) => result.id === id && result.status === 'skip' && isWant(result.message));
    if (!left && !first) return [];
    const why = left ? `it runs from profile ${least} on` : (first?.message ?? '');
    return [
      checkResult({
        id: 'required-probe',
        title: 'Every probe that is required was tried',
        status: 'fail',
        severity,
        message: `${id} was not tried: ${why}`,
        fix: left ? `Run with --profile ${least}.` : 'Give what it needs, or do not require it.',
        docs: `docs/probes.md#${id}`,
        where: { object: id },
      }),
    ];
  });
}
