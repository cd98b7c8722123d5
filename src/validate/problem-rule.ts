import type { Finding, ObjectRule, RuleFacts, Subject } from './rule';

/** A rule whose check stands in `model`, because constructs throw on it: its findings are the problems of the same id. */
export function problemRule(facts: RuleFacts & Pick<ObjectRule, 'kinds'>): ObjectRule {
  return { ...facts, check: (subject) => findings(subject, facts.id) };
}

function findings({ manifest, problems }: Subject, id: string): Finding[] {
  return problems(id).map(({ path, message, fix, says, severity }) => ({
    manifest,
    path,
    message,
    ...(fix !== undefined && { fix }),
    ...(says !== undefined && { reason: says }),
    ...(severity !== undefined && { severity }),
  }));
}
