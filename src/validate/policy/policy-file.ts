import type { FieldProblem } from '../../model/field-reader';
import type { JsonObject } from '../../model/json';
import type { Policy } from './policy';
import { readPolicy } from './read-policy';

/** How the file of a policy is read; whoever has access to files does it. */
export const policyFile = {
  what: 'the policy',
  hint: 'Fix the places above; docs/validate.md describes every member of a policy.',
  read: (data: JsonObject): { value: Policy; problems: readonly FieldProblem[] } => {
    const { policy, problems } = readPolicy(data);
    return { value: policy, problems };
  },
};
