import { isApiRuleHost } from '../../../model/names';
import type { SetRule } from '../../rule';
import { searchOf } from '../../search-of';
import { exampleApiRule, exampleJwt } from './example-api-rule';

export const apiRuleRefusesAll: SetRule = {
  id: 'api-rule-refuses-all',
  layer: 'security',
  severity: 'medium',
  title: 'A caller with all that a rule asks for gets in',
  why: 'Routes, policies or another rule refuse every request that the rule speaks about, so that it only seems to offer something.',
  fix: 'Write the path so that route and policy agree on it, and ask for claims that the issuer gives.',
  refs: ['Kyma documentation, APIRule custom resource, spec.rules.path', 'docs/access-model.md'],
  bad: exampleApiRule([`{ path: /a+b, methods: [GET], ${exampleJwt} }`]),
  good: exampleApiRule([`{ path: /a-b, methods: [GET], ${exampleJwt} }`]),
  checkSet: (input) =>
    searchOf(input).reaches.flatMap(({ apiRule, index, method, meant, served, open }) =>
      // A host that is none, such as a placeholder, is told by others.
      meant === undefined || served !== undefined || open || !apiRule.hosts.every(isApiRuleHost)
        ? []
        : [
            {
              manifest: apiRule.manifest,
              path: ['spec', 'rules', index],
              message: `refuses everybody: ${method} ${meant} does not reach the workload even with all that the rule asks for`,
            },
          ],
    ),
};
