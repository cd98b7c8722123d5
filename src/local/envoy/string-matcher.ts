import type { JsonObject } from '../../model/json';

/**
 * Envoy's matcher for a value of an Istio policy: exact, `*` for anything but nothing, `*suffix` or `prefix*`.
 *
 * @param scheme Stands before every value except `*`. @default ''
 */
export function stringMatcher(value: string, scheme = ''): JsonObject {
  if (value === '*') return { safe_regex: { regex: '.+' } };
  if (value.startsWith('*')) {
    const suffix = value.slice(1);
    return scheme === '' ? { suffix } : { safe_regex: { regex: `${scheme}.*${suffix}` } };
  }
  return value.endsWith('*') ? { prefix: `${scheme}${value.slice(0, -1)}` } : { exact: `${scheme}${value}` };
}

/** Matcher for a header: `*` asks only whether it is there. */
export function headerMatcher(name: string, value: string, ignoreCase = false): JsonObject {
  if (value === '*') return { name, present_match: true };
  return { name, string_match: { ...stringMatcher(value), ...(ignoreCase ? { ignore_case: true } : {}) } };
}
