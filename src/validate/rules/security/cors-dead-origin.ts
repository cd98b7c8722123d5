import { fullMatch } from '../../../model/linear-regex';
import { admitsNobody } from '../../../model/origin-pattern';
import type { Finding, ObjectRule } from '../../rule';
import { corsOf } from './cors-of';
import { exampleJwt } from './example-api-rule';
import { exampleSpec } from './example-issuer';
import { apiRuleKind } from './token-rules-of';

const rules = [`{ path: /orders, methods: [GET, OPTIONS], ${exampleJwt} }`];

export const corsDeadOrigin: ObjectRule = {
  id: 'cors-dead-origin',
  layer: 'security',
  severity: 'low',
  also: { high: 'when Istio refuses the routes of the host' },
  title: 'Allowed origins are written as browsers send them',
  why: 'An origin is a scheme, a host in lower case and perhaps a port, without a slash at its end. Anything else never matches, and the next step is often to allow everybody.',
  fix: 'Write the origin as in https://shop.example.com.',
  refs: ['RFC 6454 section 7', 'Fetch standard, section 3.2'],
  bad: exampleSpec(rules, ["corsPolicy: { allowOrigins: [{ exact: 'https://shop.example.com/' }], allowHeaders: [Authorization] }"]),
  good: exampleSpec(rules, ["corsPolicy: { allowOrigins: [{ exact: 'https://shop.example.com' }], allowHeaders: [Authorization] }"]),
  kinds: apiRuleKind,
  check: ({ manifest }) =>
    (corsOf(manifest)?.origins ?? []).flatMap((origin): Finding[] => {
      const { key, match, value, path } = origin;
      if (match === 'regex' && fullMatch(value) === undefined) {
        const message = `${JSON.stringify(value)} is no regular expression, so Istio refuses the routes of the whole host; it should be one of RE2`;
        return [{ manifest, path, message, severity: 'high' }];
      }
      const message = `${key} ${JSON.stringify(value)} matches no page; it should be scheme, host and port only`;
      return admitsNobody(origin) ? [{ manifest, path, message }] : [];
    }),
};
