import { listAt, objectAt, objectsAt, textOf } from '../../../model/json-fields';
import type { Finding, SetRule } from '../../rule';
import { examplePolicy } from '../security/example-workload';
import { handMadePolicies, type HandMadePolicy } from './hand-made-policies';

const oathkeeper = 'cluster.local/ns/kyma-system/sa/oathkeeper-maester-account';
const migrationNames = new Set(['allow-migration', 'allow-internal']);

export const policyLeftover: SetRule = {
  id: 'policy-leftover',
  layer: 'set',
  severity: 'low',
  title: 'Policies of a migration are gone when it is done',
  why: 'The policies allow-migration and allow-internal of the migration guides open workloads beside their APIRules, to Oathkeeper, to whole hosts or to the whole cluster.',
  fix: 'Delete the policy, or give it a name and callers of its own.',
  refs: ['Kyma documentation, APIRule migration, several APIRules on one workload'],
  bad: examplePolicy(
    `selector: { matchLabels: { app: orders } }, action: ALLOW, rules: [{ from: [{ source: { principals: [${oathkeeper}] } }] }]`,
  ),
  good: examplePolicy('selector: { matchLabels: { app: orders } }, action: ALLOW', 'allow-nothing'),
  checkSet: (input) =>
    handMadePolicies(input).flatMap((policy): Finding[] => {
      const named = migrationNames.has(policy.name);
      if (policy.action !== 'ALLOW' || (!named && !namesOathkeeper(policy))) return [];
      const what = named
        ? `is named like the policy ${policy.name} of the migration guides`
        : 'admits Oathkeeper, which APIRules v2 do not use';
      return [
        {
          manifest: policy.manifest,
          path: named ? ['metadata', 'name'] : ['spec', 'rules'],
          message: `${what}; it should be gone after the migration`,
        },
      ];
    }),
};

function namesOathkeeper({ rules }: HandMadePolicy): boolean {
  return rules.some(([rule]) =>
    objectsAt(rule, 'from').some(([from]) => listAt(objectAt(from, 'source'), 'principals').map(textOf).includes(oathkeeper)),
  );
}
