import { objectsAt } from '../../../model/json-fields';
import type { Finding, ObjectRule } from '../../rule';
import { corsOf, corsPath } from './cors-of';
import { exampleJwt } from './example-api-rule';
import { exampleSpec } from './example-issuer';
import { apiRuleKind } from './token-rules-of';

const rules = [`{ path: /orders, methods: [GET, OPTIONS], ${exampleJwt} }`];
const known = new Set(['exact', 'prefix', 'regex']);

export const corsOriginKey: ObjectRule = {
  id: 'cors-origin-key',
  layer: 'security',
  severity: 'medium',
  title: 'Each allowed origin is compared as its author says',
  why: 'The schema takes any key here. The controller reads every key but exact and regex as a prefix, and of several keys in one entry an arbitrary one.',
  fix: 'Give exactly one of exact, prefix and regex.',
  refs: ['Kyma documentation, APIRule custom resource, spec.corsPolicy.allowOrigins', 'CWE-942'],
  bad: exampleSpec(rules, ["corsPolicy: { allowOrigins: [{ suffix: '.example.com' }], allowHeaders: [Authorization] }"]),
  good: exampleSpec(rules, ["corsPolicy: { allowOrigins: [{ prefix: 'https://shop.example.com:' }], allowHeaders: [Authorization] }"]),
  kinds: apiRuleKind,
  check: ({ manifest }) =>
    objectsAt(corsOf(manifest)?.cors ?? {}, 'allowOrigins').flatMap(([entry, index]): Finding[] => {
      const keys = Object.keys(entry);
      const path = [...corsPath, 'allowOrigins', index];
      const other = keys.find((key) => !known.has(key));
      if (other !== undefined)
        return [{ manifest, path, message: `"${other}" is read as a prefix; it should be one of exact, prefix and regex` }];
      return keys.length > 1
        ? [{ manifest, path, message: `has ${keys.length} keys, of which one counts by chance; it should have one` }]
        : [];
    }),
};
