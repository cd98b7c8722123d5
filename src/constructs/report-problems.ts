import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { isJsonObject, type JsonObject } from '../model/json';
import { formatProblem, type Problem } from '../model/problem';
import { watchChanges } from './watch-changes';

/**
 * Makes synthesis fail with what a check finds in the object as it will be written, patches included. `App.synth` validates the whole App once per
 * chart, so what was found is kept until the object changes.
 */
export function reportProblems(construct: Construct, object: ApiObject, check: (body: JsonObject) => readonly Problem[]): void {
  const stateOf = watchChanges(object);
  let known: { readonly state: number; readonly messages: string[] } | undefined;
  construct.node.addValidation({
    validate: () => {
      const state = stateOf();
      if (known && known.state === state) return known.messages;
      const body: unknown = object.toJson();
      const messages = isJsonObject(body) ? check(body).map((problem) => `${object.kind} ${object.name}: ${formatProblem(problem)}`) : [];
      if (state !== undefined) known = { state, messages };
      return messages;
    },
  });
}
