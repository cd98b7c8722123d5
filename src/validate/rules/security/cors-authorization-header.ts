import { listAt, objectsAt, textOf } from '../../../model/json-fields';
import type { ObjectRule } from '../../rule';
import { corsOf, corsPath } from './cors-of';
import { exampleJwt } from './example-api-rule';
import { exampleSpec } from './example-issuer';
import { apiRuleKind, tokenRulesOf, type TokenIssuer } from './token-rules-of';

const rules = [`{ path: /orders, methods: [GET, OPTIONS], ${exampleJwt} }`];
const origins = "allowOrigins: [{ exact: 'https://shop.example.com' }]";

export const corsAuthorizationHeader: ObjectRule = {
  id: 'cors-authorization-header',
  layer: 'security',
  severity: 'low',
  title: 'Pages may send the header that holds the token',
  why: 'A browser only sends headers that the preflight allows; * does not stand for Authorization. Without the header every page is refused, although its origin is allowed.',
  fix: 'Add the header to corsPolicy.allowHeaders.',
  refs: ['Fetch standard, section 3.2.2, Access-Control-Allow-Headers'],
  bad: exampleSpec(rules, [`corsPolicy: { ${origins}, allowHeaders: [Content-Type, '*'] }`]),
  good: exampleSpec(rules, [`corsPolicy: { ${origins}, allowHeaders: [Content-Type, authorization] }`]),
  kinds: apiRuleKind,
  check: ({ manifest }) => {
    const policy = corsOf(manifest);
    if (!policy || policy.origins.length === 0) return [];
    const allowed = new Set(listAt(policy.cors, 'allowHeaders').map((name) => textOf(name).toLowerCase()));
    const needed = tokenRulesOf(manifest).flatMap(({ issuers }) => issuers.flatMap(headerOf));
    const missing = needed.find((name) => !allowed.has(name.toLowerCase()) && (name === 'Authorization' || !allowed.has('*')));
    if (missing === undefined) return [];
    const path = policy.cors['allowHeaders'] === undefined ? corsPath : [...corsPath, 'allowHeaders'];
    return [{ manifest, path, message: `does not list ${missing}, which pages need for their token; it should be listed by name` }];
  },
};

function headerOf({ entry }: TokenIssuer): string[] {
  const names = objectsAt(entry, 'fromHeaders').map(([header]) => textOf(header['name']));
  return names.length > 0 ? names : listAt(entry, 'fromParams').length > 0 ? [] : ['Authorization'];
}
