import type { CheckResult } from '../model/check-result';

/** What a finding says beyond its message, by name, in the order of reading: what was seen, why, what to do. */
export function detailsOf(result: CheckResult): readonly (readonly [name: string, value: string])[] {
  const { request, expected, actual, reason, fix, curl, docs } = result;
  return Object.entries({ request, expected, actual, reason, fix, curl, docs }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
}

/** `file:line:column path` as editors and people follow it, or the object when there is no file. */
export function renderPlace({ where, route }: CheckResult): string {
  if (route) return `${route.method} ${route.host}${route.path}`;
  return [where.file && `${where.file}${positionOf({ where })}`, where.object, where.path].filter(Boolean).join(' ');
}

/** What took a finding out of the count. */
export function renderSuppression({ suppressed }: CheckResult): string {
  if (!suppressed) return '';
  const until = suppressed.until === undefined ? '' : ` until ${suppressed.until}`;
  return `suppressed by ${suppressed.by}${until}: ${suppressed.reason}`;
}

function positionOf({ where: { line, column } }: Pick<CheckResult, 'where'>): string {
  return line === undefined ? '' : `:${line}${column === undefined ? '' : `:${column}`}`;
}
