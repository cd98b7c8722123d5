import { ruleMethods } from '../../model/api-rule';
import { fullMatch } from '../../model/linear-regex';
import type { HostScope } from '../../model/search/host-scope';
import { matchesText } from '../../model/text-pattern';
import type { OldHost } from './old/old-model';

/** A method that no APIRule v2 can list, for all of its kind: an old rule with the handler `allow` took them as well. */
const unlisted = 'PROPFIND';

/** Methods that a gateway routes. CONNECT has no path. */
const methods = [...ruleMethods.filter((method) => method !== 'CONNECT'), unlisted];

/** Methods in groups that nothing in either state tells apart. */
export function methodGroups({ objects }: HostScope, old: OldHost | undefined): readonly (readonly string[])[] {
  const lists = [...(old?.checks ?? []), ...(old?.routes ?? []), ...(old?.proxied ?? [])].map((place) => place.rule.methods);
  const routes = objects.virtualServices.flatMap(({ http }) => http.map(({ methodRegex }) => methodRegex));
  const operations = objects.authorizationPolicies.flatMap(({ rules }) => rules.flatMap(({ to }) => to));
  const patterns = operations.flatMap(({ methods: named = [], notMethods = [] }) => [...named, ...notMethods]);
  const tests: ((method: string) => boolean)[] = [
    ...new Map(lists.map((list) => [list.join(), (method: string) => list.includes(method)])).values(),
    ...[...new Set(routes)].map((regex) => (method: string) => regex === undefined || (fullMatch(regex)?.(method) ?? false)),
    // Preflights make OPTIONS a case of its own.
    (method) => method === 'OPTIONS',
    ...[...new Set(patterns)].map((pattern) => (method: string) => matchesText(pattern, method)),
  ];
  const groups = new Map<string, string[]>();
  for (const method of methods) {
    const key = tests.map((test) => Number(test(method))).join('');
    groups.set(key, [...(groups.get(key) ?? []), method]);
  }
  return [...groups.values()];
}
