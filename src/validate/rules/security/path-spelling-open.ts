import { ruleText } from '../../rests-on';
import type { SetRule } from '../../rule';
import { searchOf } from '../../search-of';
import { anonymous } from '../../../model/search/caller';
import { witnessOf } from '../../witness';
import { exampleApiRule, exampleJwt } from './example-api-rule';

export const pathSpelling: SetRule = {
  id: 'path-spelling-open',
  layer: 'security',
  severity: 'low',
  title: 'Other spellings of a protected path are not public',
  why: 'Gateways compare paths letter by letter, many workloads do not: a slash, another case or an escape makes it another path here and the same path there.',
  fix: 'Let the workload refuse spellings that it does not mean, or name the public paths one by one instead of everything else.',
  refs: ['CWE-178', 'CWE-647', 'Istio documentation, path normalization'],
  bad: exampleApiRule([`{ path: /admin, methods: [GET], ${exampleJwt} }`, '{ path: /*, methods: [GET], noAuth: true }']),
  good: exampleApiRule([`{ path: /admin, methods: [GET], ${exampleJwt} }`, '{ path: /shop, methods: [GET], noAuth: true }']),
  checkSet: (input) =>
    searchOf(input).spellings.map(({ closed, open, method, host, path, variant }) => ({
      manifest: closed.apiRule.manifest,
      path: ['spec', 'rules', closed.index],
      message: `protects ${path}, but the public rule ${open.rule.path} takes ${variant}: a workload that reads both alike gives it to everybody`,
      ...witnessOf({ host, method, path: variant, caller: anonymous }),
      actual: 'reaches the workload',
      rests: [method, ruleText(open)],
      reason: 'whether the workload takes both for the same path is not known here; kyma-guard verify asks it',
    })),
};
