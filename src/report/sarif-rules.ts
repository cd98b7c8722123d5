import type { ReportingDescriptor } from 'sarif';
import type { CheckResult, Severity } from '../model/check-result';
import { neutralizeForMarkdown, neutralizeForSarif } from './neutralize';
import { levelOf } from './order';
import type { RuleDescription } from './report';

/** GitHub sorts alerts of tag `security` by this number: over 9 critical, from 7 high, from 4 medium, over 0 low. */
const securitySeverity: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0', info: '0.0' };

/** What is a link, and nothing else in any markup. */
const address = /^https:\/\/[a-z0-9.-]+(?:\/[A-Za-z0-9._~/#?&=+-]*)?$/;

/** The rules of a report: those of the catalog, then those that only its results know. */
export function describeRules(catalog: readonly RuleDescription[], results: readonly CheckResult[]): readonly RuleDescription[] {
  const rules = new Map(catalog.map((rule) => [rule.id, rule]));
  for (const result of results) if (!rules.has(result.id)) rules.set(result.id, fromResult(result));
  return [...rules.values()];
}

/** A rule as SARIF describes it. There is no `helpUri`, which must be absolute: the pages are part of the package. */
export function toDescriptor({ id, title, severity, why, fix, docs, refs }: RuleDescription): ReportingDescriptor {
  const help = [why, ...(fix === '' ? [] : [`Fix: ${fix}`]), ...(docs === undefined ? [] : [`More: ${docs}`]), ...refs];
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: neutralizeForSarif(title) },
    fullDescription: { text: neutralizeForSarif(why) },
    help: {
      text: help.map(neutralizeForSarif).join('\n'),
      markdown: helpMarkdown({ why, fix, refs, ...(docs !== undefined && { docs }) }),
    },
    ...(docs !== undefined && address.test(docs) && { helpUri: docs }),
    defaultConfiguration: { level: levelOf({ status: 'fail', severity }) },
    properties: { 'security-severity': securitySeverity[severity], severity, tags: ['security', 'kyma', ...cweTags(refs)] },
  };
}

function fromResult({ id, title, severity, fix = '', docs }: CheckResult): RuleDescription {
  return { id, title, severity, why: title, fix, refs: [], ...(docs !== undefined && { docs }) };
}

function helpMarkdown({ why, fix, docs, refs }: Pick<RuleDescription, 'why' | 'fix' | 'docs' | 'refs'>): string {
  return [
    neutralizeForMarkdown(why),
    ...(fix === '' ? [] : [`**Fix:** ${neutralizeForMarkdown(fix)}`]),
    ...(docs === undefined ? [] : [`**More:** ${neutralizeForMarkdown(docs)}`]),
    ...(refs.length === 0 ? [] : [refs.map((ref) => `- ${link(ref)}`).join('\n')]),
  ].join('\n\n');
}

function link(ref: string): string {
  return address.test(ref) ? `<${ref}>` : neutralizeForMarkdown(ref);
}

function cweTags(refs: readonly string[]): string[] {
  const numbers = refs.flatMap((ref) => [...ref.matchAll(/\bCWE-(\d{1,5})\b/g)].map(([, number]) => number));
  return [...new Set(numbers)].map((number) => `external/cwe/cwe-${number}`);
}

function pascalCase(id: string): string {
  return id
    .split('-')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');
}
