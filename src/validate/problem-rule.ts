import type { Manifest } from '../model/manifest';
import type { Problem } from '../model/problem';
import type { Finding, ObjectRule, RuleFacts } from './rule';

/** A rule whose check stands in `model`, because constructs throw on it: its findings are the problems of the same id. */
export function problemRule(facts: RuleFacts & Pick<ObjectRule, 'kinds'>): ObjectRule {
  return { ...facts, check: ({ manifest, problems }) => problems(facts.id).map((problem) => problemFinding(manifest, problem)) };
}

/** A problem of an object as a finding. */
export function problemFinding(manifest: Manifest, { path, message, fix, says, severity }: Problem): Finding {
  return {
    manifest,
    path,
    message,
    ...(fix !== undefined && { fix: sentence(fix) }),
    ...(says !== undefined && { reason: says }),
    ...(severity !== undefined && { severity }),
  };
}

/** Errors of constructs run on after the message; in a report the advice stands alone. A field or a command keeps its spelling. */
function sentence(text: string): string {
  const begun = /^[a-z]+[ ,]/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
