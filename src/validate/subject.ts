import { apiRuleProblems } from '../model/api-rule-checks';
import { serviceBindingProblems } from '../model/binding-checks';
import { functionProblems } from '../model/function-checks';
import type { JsonObject } from '../model/json';
import type { Manifest } from '../model/manifest';
import type { Problem } from '../model/problem';
import { serviceInstanceProblems } from '../model/xsuaa-checks';
import { kindOf } from './known-kinds';
import type { Subject } from './rule';

/** Checks of `model` by kind: the same that constructs throw on. */
const checks: Readonly<Record<string, (body: JsonObject) => readonly Problem[]>> = {
  'APIRule.gateway.kyma-project.io': apiRuleProblems,
  'Function.serverless.kyma-project.io': functionProblems,
  'ServiceInstance.services.cloud.sap.com': serviceInstanceProblems,
  'ServiceBinding.services.cloud.sap.com': serviceBindingProblems,
};

/** An object for its rules; the checks of the model run once, when the first rule asks. */
export function subjectOf(manifest: Manifest, earlier: Manifest | undefined): Subject {
  let byId: Map<string, Problem[]> | undefined;
  const problems = (id: string): readonly Problem[] => {
    byId ??= groupById(checks[kindOf(manifest)]?.(manifest.body) ?? []);
    return byId.get(id) ?? [];
  };
  return { manifest, problems, ...(earlier && { earlier }) };
}

function groupById(problems: readonly Problem[]): Map<string, Problem[]> {
  const byId = new Map<string, Problem[]>();
  for (const problem of problems) {
    const group = byId.get(problem.id);
    if (group) group.push(problem);
    else byId.set(problem.id, [problem]);
  }
  return byId;
}
