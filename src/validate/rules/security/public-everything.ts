import { objectsAt, textOf } from '../../../model/json-fields';
import type { ObjectRule } from '../../rule';
import { exampleApiRule } from './example-api-rule';
import { apiRuleKind, servedSpec } from './token-rules-of';

export const publicEverything: ObjectRule = {
  id: 'public-everything',
  layer: 'security',
  severity: 'info',
  title: 'Public paths are named one by one',
  why: 'A public rule for every path also opens what the workload will offer tomorrow: consoles, metrics, debug pages.',
  fix: 'Name the public paths, if they can be named; otherwise nothing is to be done.',
  refs: ['CWE-1188', 'OWASP API Security Top 10, API9:2023'],
  bad: exampleApiRule(['{ path: /*, methods: [GET], noAuth: true }']),
  good: exampleApiRule(['{ path: "/public/{**}", methods: [GET], noAuth: true }']),
  kinds: apiRuleKind,
  check: ({ manifest }) =>
    objectsAt(servedSpec(manifest), 'rules').flatMap(([rule, index]) => {
      const path = textOf(rule['path']);
      if (rule['noAuth'] !== true || (path !== '/*' && path !== '/{**}')) return [];
      return [
        {
          manifest,
          path: ['spec', 'rules', index, 'path'],
          message: `${path} is public: every path that no earlier rule takes is open by intent`,
        },
      ];
    }),
};
