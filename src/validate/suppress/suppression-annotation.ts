import { isDay } from '../../model/calendar-day';
import type { Suppression } from './suppression';

/** Annotation of an object that suppresses findings in it. */
export const suppressionAnnotation = 'kyma-guard/ignore';

/** One entry of the annotation: what it asks for, or why it cannot be understood. */
export type AnnotationEntry = { readonly text: string } & ({ readonly suppression: Suppression } | { readonly problem: string });

/**
 * Reads `RULE[@PATH] [until=YYYY-MM-DD]: reason`; entries are separated by line ends or semicolons.
 */
export function parseSuppressions(annotation: string): AnnotationEntry[] {
  return annotation
    .split(/[;\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(parseEntry);
}

function parseEntry(text: string): AnnotationEntry {
  const colon = colonAfterHead(text);
  const reason = text.slice(colon + 1).trim();
  if (colon < 0 || reason === '')
    return { text, problem: 'gives no reason; write it behind a colon, as in "rule-id@spec.rules[0]: reason"' };
  const [target = '', ...words] = text.slice(0, colon).trim().split(/\s+/);
  const at = target.indexOf('@');
  const rule = at < 0 ? target : target.slice(0, at);
  const path = at < 0 ? undefined : target.slice(at + 1);
  if (rule === '' || path === '') return { text, problem: `names no ${rule === '' ? 'rule' : 'place behind the @'}` };
  const [until, ...more] = words;
  const surplus = until?.startsWith('until=') === true ? more[0] : until;
  if (surplus !== undefined)
    return { text, problem: `has ${JSON.stringify(surplus)} before the colon, where only until=YYYY-MM-DD may stand` };
  const day = until?.slice('until='.length);
  if (day !== undefined && !isDay(day)) return { text, problem: `has until=${day}, which is no day; write it as 2027-01-31` };
  return { text, suppression: { rule, reason, ...(path !== undefined && { path }), ...(day !== undefined && { until: day }) } };
}

/** The first colon that a space or the end follows: a path may hold others. */
function colonAfterHead(text: string): number {
  const match = /:(?=\s|$)/.exec(text);
  return match ? match.index : text.indexOf(':');
}
