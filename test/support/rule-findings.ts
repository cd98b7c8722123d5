import type { Manifest } from '../../src/model/manifest';
import { readManifests } from '../../src/model/read-manifests';
import { kindOf } from '../../src/validate/known-kinds';
import { isSetRule } from '../../src/validate/run-rules';
import type { Finding, ObjectRule, Rule } from '../../src/validate/rule';
import { subjectOf } from '../../src/validate/subject';
import { requireToldSeverity } from './severity-range';
import { setInput } from '../../src/validate/set-input';

/** What one rule finds in manifests, each as `severity place: message`. */
export function findingsOf(rule: Rule, yaml: string): string[] {
  return rawFindings(rule, yaml).map(({ severity = rule.severity, path, message }) => `${severity} ${path.join('.')}: ${message}`);
}

/** What one rule finds in manifests, of a severity that it tells of; `context` is read and not reported on. */
export function rawFindings(rule: Rule, yaml: string, context = ''): Finding[] {
  const findings = foundBy(rule, yaml, context);
  for (const { severity = rule.severity } of findings) requireToldSeverity(rule, severity);
  return findings;
}

function foundBy(rule: Rule, yaml: string, context: string): Finding[] {
  const manifests = manifestsIn(yaml);
  if (!isSetRule(rule)) return manifests.flatMap((manifest) => checked(rule, manifest));
  const input = setInput(manifests, { context: manifestsIn(context) });
  return [...rule.checkSet(input)].filter(({ manifest }) => input.isReported(manifest));
}

function manifestsIn(yaml: string): Manifest[] {
  const { manifests, problems } = readManifests(yaml, 'test.yaml');
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  return manifests;
}

/** The severities that one rule gives, the word `silent` when it finds nothing. */
export function severitiesOf(rule: Rule, yaml: string): string {
  const found = rawFindings(rule, yaml).map(({ severity = rule.severity }) => severity);
  return found.length === 0 ? 'silent' : found.join(' ');
}

function checked(rule: ObjectRule, manifest: Manifest): readonly Finding[] {
  return rule.kinds.includes(kindOf(manifest)) || rule.kinds.includes('*') ? rule.check(subjectOf(manifest, undefined)) : [];
}
