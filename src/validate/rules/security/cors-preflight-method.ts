import type { JsonObject } from '../../../model/json';
import { listAt, objectsAt, textOf } from '../../../model/json-fields';
import { routeMatcher } from '../../../model/path-template';
import { samplePath } from '../../../model/sample-paths';
import type { ObjectRule } from '../../rule';
import { corsOf } from './cors-of';
import { exampleJwt } from './example-api-rule';
import { exampleSpec } from './example-issuer';
import { apiRuleKind, servedSpec } from './token-rules-of';

const cors = ["corsPolicy: { allowOrigins: [{ exact: 'https://shop.example.com' }], allowHeaders: [Authorization] }"];
/** Requests that browsers send without asking first. @see Fetch standard, section 2.2.1, CORS-safelisted method */
const simple = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

export const corsPreflightMethod: ObjectRule = {
  id: 'cors-preflight-method',
  layer: 'security',
  severity: 'low',
  title: 'A rule that pages call has a route for their preflight',
  why: 'The gateway answers a preflight on a route for OPTIONS only. Without one the browser gets 404 and never sends the call itself.',
  fix: 'Add OPTIONS to the methods of the rule.',
  refs: ['Fetch standard, section 3.2.2', 'Kyma documentation, APIRule migration, CORS'],
  bad: exampleSpec([`{ path: /orders, methods: [GET], ${exampleJwt} }`], cors),
  good: exampleSpec([`{ path: /orders, methods: [GET, OPTIONS], ${exampleJwt} }`], cors),
  kinds: apiRuleKind,
  check: ({ manifest }) => {
    const rules = objectsAt(servedSpec(manifest), 'rules');
    if ((corsOf(manifest)?.origins ?? []).length === 0) return [];
    const answered = rules.filter(([rule]) => methodsOf(rule).includes('OPTIONS')).map(([rule]) => routeMatcher(textOf(rule['path'])));
    return rules.flatMap(([rule, index]) => {
      const sample = samplePath(textOf(rule['path']));
      if (!needsPreflight(rule) || answered.some((matches) => matches(sample))) return [];
      const path = ['spec', 'rules', index, 'methods'];
      return [
        {
          manifest,
          path,
          message: `has no OPTIONS, nor has another rule for ${textOf(rule['path'])}, so pages cannot call; it should be listed`,
        },
      ];
    });
  },
};

function needsPreflight(rule: JsonObject): boolean {
  return rule['noAuth'] !== true || methodsOf(rule).some((method) => !simple.has(method));
}

function methodsOf(rule: JsonObject): string[] {
  return listAt(rule, 'methods').map(textOf);
}
