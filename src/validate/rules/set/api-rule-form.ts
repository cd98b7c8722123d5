import { exampleApiRule } from '../security/example-api-rule';
import { clusterProblemRule } from './cluster-problem-rule';

export const apiRuleForm = clusterProblemRule('api-rule-form', {
  why: 'An APIRule that cannot be read is left out of everything that looks at several objects, so nobody can say that what it protects is closed.',
  fix: 'Correct the APIRule; the API server would refuse it, too.',
  refs: ['Kyma documentation, APIRule custom resource'],
  bad: exampleApiRule(['{ path: /orders, methods: GET, noAuth: true }']),
  good: exampleApiRule(['{ path: /orders, methods: [GET], noAuth: true }']),
});
