import { bindingAdvice } from '../model/binding-advice';
import { serviceBindingProblems } from '../model/binding-checks';
import { bindingTemplateProblems } from '../model/binding-template-checks';
import { apiRuleReport } from '../model/controller/api-rule-report';
import { jwtHandlerProblems } from '../model/controller/jwt-handler-problems';
import { rateLimitProblems } from '../model/controller/rate-limit-problems';
import { functionAdvice } from '../model/function-advice';
import { functionProblems } from '../model/function-checks';
import { instanceAdvice } from '../model/instance-advice';
import type { JsonObject } from '../model/json';
import { objectAt } from '../model/json-fields';
import type { Manifest } from '../model/manifest';
import type { Problem } from '../model/problem';
import { serviceInstanceProblems } from '../model/service-instance-checks';
import { kindOf } from './known-kinds';
import type { Subject } from './rule';

/** Checks of `model` by kind: those that constructs throw on, and advice. */
const checks: Readonly<Record<string, (body: JsonObject) => readonly Problem[]>> = {
  'APIRule.gateway.kyma-project.io': apiRuleReport,
  'RateLimit.gateway.kyma-project.io': rateLimitProblems,
  'ConfigMap.': jwtHandlerProblems,
  'Function.serverless.kyma-project.io': (body) => [...functionProblems(body), ...functionAdvice(body)],
  'ServiceInstance.services.cloud.sap.com': (body) => [...serviceInstanceProblems(body), ...instanceAdvice(body)],
  'ServiceBinding.services.cloud.sap.com': bindingReport,
};

/** Constructs write no templates, so they need no reader of YAML. */
function bindingReport(body: JsonObject): Problem[] {
  return [...serviceBindingProblems(body), ...bindingTemplateProblems(objectAt(body, 'spec')), ...bindingAdvice(body)];
}

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
