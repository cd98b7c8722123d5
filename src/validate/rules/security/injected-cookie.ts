import { objectAt, objectsAt } from '../../../model/json-fields';
import type { ObjectRule } from '../../rule';
import { exampleApiRule } from './example-api-rule';
import { apiRuleKind, servedSpec } from './token-rules-of';

export const injectedCookie: ObjectRule = {
  id: 'injected-cookie',
  layer: 'security',
  severity: 'medium',
  title: 'Cookies that an authorizer looks at are those of the caller',
  why: 'request.cookies and a Cookie header replace all cookies of the caller before the authorizer is asked: it sees the same session for everybody, or never the one of the caller.',
  fix: 'Remove the cookies from the rule, or pass the value in a header of another name.',
  refs: ['Kyma documentation, APIRule custom resource, spec.rules.request.cookies', 'CWE-287'],
  bad: exampleApiRule(['{ path: /orders, methods: [GET], extAuth: { authorizers: [proxy] }, request: { cookies: { session: abc } } }']),
  good: exampleApiRule(['{ path: /orders, methods: [GET], noAuth: true, request: { cookies: { theme: dark } } }']),
  kinds: apiRuleKind,
  check: ({ manifest }) =>
    objectsAt(servedSpec(manifest), 'rules').flatMap(([rule, index]) => {
      if (rule['extAuth'] === undefined) return [];
      const request = objectAt(rule, 'request');
      const path = ['spec', 'rules', index, 'request'];
      const header = Object.keys(objectAt(request, 'headers')).find((name) => name.toLowerCase() === 'cookie');
      const place = Object.keys(objectAt(request, 'cookies')).length > 0 ? ['cookies'] : header === undefined ? [] : ['headers', header];
      const message = 'replaces the cookies of every caller before the authorizer sees them; they should stay those of the caller';
      return place.length === 0 ? [] : [{ manifest, path: [...path, ...place], message }];
    }),
};
