import type { SetRule } from '../../rule';
import { searchOf } from '../../search-of';
import { exampleApiRule, exampleJwt } from './example-api-rule';

export const apiRuleLosesMethod: SetRule = {
  id: 'api-rule-loses-method',
  layer: 'security',
  severity: 'low',
  title: 'A rule serves all of its paths with all of its methods',
  why: 'The paths of an earlier rule are taken out of later rules for every method that they share a rule with, so a request that fits only the later rule is refused.',
  fix: 'List the method on the earlier rule too, or give the path a rule of its own for it.',
  refs: ['Kyma documentation, APIRule, significance of rule path and method order'],
  bad: exampleApiRule([`{ path: /admin, methods: [GET], ${exampleJwt} }`, '{ path: /*, methods: [GET, POST], noAuth: true }']),
  good: exampleApiRule([`{ path: /admin, methods: [GET, POST], ${exampleJwt} }`, '{ path: /*, methods: [GET, POST], noAuth: true }']),
  checkSet: (input) =>
    searchOf(input).reaches.flatMap(({ apiRule, index, method, host, served, refused }) =>
      served === undefined || !refused
        ? []
        : [
            {
              manifest: apiRule.manifest,
              path: ['spec', 'rules', index],
              message: `does not serve ${method} ${refused.path}, which it takes: the call is refused although ${served} is served`,
              request: `${method} https://${host}${refused.path}`,
              actual: '403 RBAC: access denied',
            },
          ],
    ),
};
