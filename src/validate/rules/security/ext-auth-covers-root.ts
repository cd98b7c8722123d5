import { listAt, objectsAt, textOf } from '../../../model/json-fields';
import type { ObjectRule } from '../../rule';
import { exampleApiRule } from './example-api-rule';
import { apiRuleKind, servedSpec } from './token-rules-of';

const protectedRest = '{ path: /*, methods: [GET], extAuth: { authorizers: [proxy] } }';

export const extAuthCoversRoot: ObjectRule = {
  id: 'ext-auth-covers-root',
  layer: 'security',
  severity: 'low',
  title: 'A public start page stays public beside an external authorizer',
  why: 'The controller leaves / out when it excludes earlier paths from a rule for everything, so the authorizer is asked for the public start page, too.',
  fix: 'Let the authorizer admit /, or offer the public page under another path.',
  refs: ['Kyma documentation, APIRule, external authorization'],
  bad: exampleApiRule(['{ path: /, methods: [GET], noAuth: true }', protectedRest]),
  good: exampleApiRule(['{ path: /start, methods: [GET], noAuth: true }', protectedRest]),
  kinds: apiRuleKind,
  check: ({ manifest }) => {
    const rules = objectsAt(servedSpec(manifest), 'rules');
    return rules.flatMap(([rule, index]) => {
      if (rule['noAuth'] !== true || textOf(rule['path']) !== '/') return [];
      const methods = new Set(listAt(rule, 'methods').map(textOf));
      const later = rules.find(
        ([other, place]) =>
          place > index &&
          other['extAuth'] !== undefined &&
          ['/*', '/{**}'].includes(textOf(other['path'])) &&
          listAt(other, 'methods').some((method) => methods.has(textOf(method))),
      );
      if (!later) return [];
      const message = `/ is public, but spec.rules[${later[1]}] has the authorizer asked for it, too; it should be decided at one place`;
      return [{ manifest, path: ['spec', 'rules', index, 'path'], message, reason: 'deduced from how the controller excludes paths' }];
    });
  },
};
