import { admitsEverybody } from '../../../model/origin-pattern';
import type { ObjectRule } from '../../rule';
import { corsOf } from './cors-of';
import { exampleJwt } from './example-api-rule';
import { exampleSpec } from './example-issuer';
import { apiRuleKind } from './token-rules-of';

const rules = [`{ path: /orders, methods: [GET, OPTIONS], ${exampleJwt} }`];

export const corsAnyOrigin: ObjectRule = {
  id: 'cors-any-origin',
  layer: 'security',
  severity: 'medium',
  also: { high: 'when credentials are allowed', low: 'when all paths are public anyway' },
  title: 'Browsers are told which pages may call',
  why: 'The gateway answers with the origin of whatever page calls. Every page on the internet can read what the API answers, with credentials in the name of its visitor.',
  fix: 'Name the origins of your own pages with exact.',
  refs: ['Fetch standard, section 3.2', 'CWE-942', 'Istio reference, CorsPolicy, allowOrigins'],
  bad: exampleSpec(rules, ["corsPolicy: { allowOrigins: [{ regex: '.*' }], allowHeaders: [Authorization] }"]),
  good: exampleSpec(rules, ["corsPolicy: { allowOrigins: [{ exact: 'https://shop.example.com' }], allowHeaders: [Authorization] }"]),
  kinds: apiRuleKind,
  check: ({ manifest }) => {
    const policy = corsOf(manifest);
    if (!policy) return [];
    const { origins, credentials, severity } = policy;
    return origins.filter(admitsEverybody).map(({ key, value, path }) => ({
      manifest,
      path,
      message: `${key} ${JSON.stringify(value)} lets ${value === 'null' ? 'sandboxed and local pages' : 'every page'} in${credentials ? ', with the credentials of its visitor' : ''}; origins should be named`,
      severity,
    }));
  },
};
