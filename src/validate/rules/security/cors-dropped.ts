import type { ObjectRule } from '../../rule';
import { corsOf, corsPath } from './cors-of';
import { exampleJwt } from './example-api-rule';
import { exampleSpec } from './example-issuer';
import { apiRuleKind } from './token-rules-of';

const rules = [`{ path: /orders, methods: [GET, OPTIONS], ${exampleJwt} }`];

export const corsDropped: ObjectRule = {
  id: 'cors-dropped',
  layer: 'security',
  severity: 'low',
  title: 'A CORS policy names origins',
  why: 'Without origins the controller drops the whole policy, and the CORS headers of the workload are removed as well: no page of another origin can call.',
  fix: 'Name the origins, or remove corsPolicy.',
  refs: ['Kyma documentation, APIRule custom resource, spec.corsPolicy'],
  bad: exampleSpec(rules, ['corsPolicy: { allowMethods: [GET], allowHeaders: [Authorization] }']),
  good: exampleSpec(rules, ["corsPolicy: { allowOrigins: [{ exact: 'https://shop.example.com' }], allowHeaders: [Authorization] }"]),
  kinds: apiRuleKind,
  check: ({ manifest }) => {
    const policy = corsOf(manifest);
    if (!policy || policy.origins.length > 0 || Object.keys(policy.cors).length === 0) return [];
    return [{ manifest, path: corsPath, message: 'allows no origin, so the controller drops the policy; allowOrigins should name one' }];
  },
};
