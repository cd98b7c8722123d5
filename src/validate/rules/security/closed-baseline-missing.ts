import { exposuresByWorkload, isProtected } from '../../exposures-of';
import { policiesOn } from '../../policies-on';
import type { SetRule } from '../../rule';
import { exampleApiRule, exampleJwt } from './example-api-rule';
import { documents, examplePolicy, exampleService } from './example-workload';

const rule = exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]);

export const closedBaselineMissing: SetRule = {
  id: 'closed-baseline-missing',
  layer: 'security',
  severity: 'info',
  title: 'A protected workload is closed before its route exists',
  why: 'The controller creates the route first and the policies after it: the workload stands open in between, and stays open when the policies fail.',
  fix: 'Apply an AuthorizationPolicy of action ALLOW without rules for the Pods before the APIRule.',
  refs: ['Istio documentation, Authorization Policy, allow-nothing', 'CWE-636'],
  bad: documents(rule, exampleService),
  good: documents(rule, exampleService, examplePolicy('selector: { matchLabels: { app: orders } }, action: ALLOW')),
  *checkSet(input) {
    for (const exposures of exposuresByWorkload(input).values()) {
      const exposure = exposures.find(isProtected);
      if (!exposure?.facts || policiesOn(input, 'ALLOW', exposure.workload).length > 0) continue;
      const message = 'no policy closes its Pods before the APIRule opens them; one without rules should';
      yield { manifest: exposure.facts.manifest, path: [], message };
    }
  },
};
