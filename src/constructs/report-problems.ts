import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { isJsonObject, type JsonObject } from '../model/json';
import { formatProblem, type Problem } from '../model/problem';

/** Makes synthesis fail with what a check finds in the object as it will be written, patches included. */
export function reportProblems(construct: Construct, object: ApiObject, check: (body: JsonObject) => readonly Problem[]): void {
  construct.node.addValidation({
    validate: () => {
      const body: unknown = object.toJson();
      return isJsonObject(body) ? check(body).map((problem) => `${object.kind} ${object.name}: ${formatProblem(problem)}`) : [];
    },
  });
}
