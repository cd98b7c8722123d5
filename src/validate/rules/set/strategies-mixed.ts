import { jwtOf } from '../../../model/translate-authentication';
import { exposuresByWorkload, type Exposure } from '../../exposures-of';
import type { Finding, SetRule } from '../../rule';
import { exampleApiRule, exampleJwt } from '../security/example-api-rule';
import { documents } from '../security/example-workload';

const open = '{ path: /health, methods: [GET], noAuth: true }';
const closed = `{ path: /orders, methods: [GET], ${exampleJwt} }`;

export const strategiesMixed: SetRule = {
  id: 'strategies-mixed',
  layer: 'set',
  severity: 'info',
  title: 'Callers of public paths are not judged by their tokens',
  why: 'Tokens are checked for the whole workload. A call of a public path with an expired or foreign token gets 401, which surprises clients that send their token everywhere.',
  fix: 'Nothing, if clients send no token to public paths; otherwise give those paths a workload of their own.',
  refs: ['Istio reference, RequestAuthentication', 'docs/access-model.md'],
  bad: exampleApiRule([open, closed]),
  good: documents(
    exampleApiRule([closed]),
    exampleApiRule([open], 'health', 'health.example.com').replace('name: orders, port', 'name: health, port'),
  ),
  checkSet: (input) =>
    [...exposuresByWorkload(input).values()].flatMap((exposures): Finding[] => {
      const trusting = exposures.find(({ rule }) => jwtOf(rule));
      const open = exposures.find(({ rule }) => rule.access.kind === 'noAuth');
      if (!trusting || !open) return [];
      const message = `${open.rule.path} is public, but a caller with an invalid token gets 401 there, because ${nameOf(trusting, open)} on the same Pods checks tokens`;
      return [{ manifest: open.apiRule.manifest, path: ['spec', 'rules', open.index], message }];
    }),
};

function nameOf({ apiRule, index }: Exposure, beside: Exposure): string {
  const rule = `spec.rules[${index}]`;
  return apiRule === beside.apiRule ? rule : `${rule} of APIRule ${apiRule.namespace}/${apiRule.name}`;
}
