import { ruleText } from '../../rests-on';
import type { SetRule } from '../../rule';
import { searchOf } from '../../search-of';
import { exampleApiRule, exampleJwt } from './example-api-rule';

export const apiRulesCross: SetRule = {
  id: 'api-rules-cross',
  layer: 'security',
  severity: 'medium',
  title: 'Public rules open special paths of protected ones, not a part of them by crossing',
  why: 'Where two patterns cross, the first rule decides about what they share. If that is the public one, paths that the protected rule names are open.',
  fix: 'Put the protected rule first, or name the public paths one by one.',
  refs: ['Kyma documentation, APIRule, significance of rule path and method order', 'CWE-285'],
  bad: exampleApiRule(['{ path: "/{*}/status", methods: [GET], noAuth: true }', `{ path: "/admin/{*}", methods: [GET], ${exampleJwt} }`]),
  good: exampleApiRule(['{ path: /healthz, methods: [GET], noAuth: true }', `{ path: "/{**}", methods: [GET], ${exampleJwt} }`]),
  checkSet: (input) =>
    searchOf(input).crossings.map(({ open, closed, method, path }) => ({
      manifest: closed.apiRule.manifest,
      path: ['spec', 'rules', closed.index],
      message: `loses ${method} ${path} to the ${open.rule.access.kind === 'noAuth' ? 'public ' : ''}spec.rules[${open.index}], whose path ${open.rule.path} crosses ${closed.rule.path}${open.rule.access.kind === 'noAuth' ? '' : '; there an external authorizer alone decides'}`,
      rests: ruleText(open),
    })),
};
