import { listAt, objectsAt, textOf } from '../../../model/json-fields';
import type { ObjectRule } from '../../rule';
import { exampleApiRule } from './example-api-rule';
import { apiRuleKind, servedSpec } from './token-rules-of';

const writing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

export const publicWrite: ObjectRule = {
  id: 'public-write',
  layer: 'security',
  severity: 'info',
  title: 'Methods that change something ask who calls',
  why: 'Everybody on the internet may call these methods as often as he likes. That is right for forms and webhooks that check a signature, and for little else.',
  fix: 'Protect the methods with jwt or extAuth, or leave them out.',
  refs: ['CWE-306', 'OWASP API Security Top 10, API2:2023'],
  bad: exampleApiRule(['{ path: /orders, methods: [GET, POST], noAuth: true }']),
  good: exampleApiRule(['{ path: /orders, methods: [GET, HEAD], noAuth: true }']),
  kinds: apiRuleKind,
  check: ({ manifest }) =>
    objectsAt(servedSpec(manifest), 'rules').flatMap(([rule, index]) => {
      const methods = listAt(rule, 'methods')
        .map(textOf)
        .filter((method) => writing.has(method));
      if (rule['noAuth'] !== true || methods.length === 0) return [];
      return [
        {
          manifest,
          path: ['spec', 'rules', index, 'methods'],
          message: `${methods.join(', ')} on ${textOf(rule['path'])} is open to everybody`,
        },
      ];
    }),
};
