import { objectsAt, textOf } from '../../../model/json-fields';
import { normalizePath } from '../../../model/normalize-request';
import type { ObjectRule } from '../../rule';
import { exampleApiRule, exampleJwt } from './example-api-rule';
import { apiRuleKind, servedSpec } from './token-rules-of';

export const apiRulePathNormalized: ObjectRule = {
  id: 'api-rule-path-normalized',
  layer: 'security',
  severity: 'medium',
  also: { high: 'for a rule that is not public' },
  title: 'Paths are written as the gateway hands them on',
  why: 'The gateway resolves dot segments and decodes letters before any rule sees the path, so a rule written in another form never gets a request. What it was to protect is left to the other rules.',
  fix: 'Write the path in its normalized form.',
  refs: ['Istio documentation, Security best practices, path normalization', 'RFC 3986 section 6.2.2', 'CWE-436'],
  bad: exampleApiRule([`{ path: "/x/../orders", methods: [GET], ${exampleJwt} }`]),
  good: exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]),
  kinds: apiRuleKind,
  check: ({ manifest }) =>
    objectsAt(servedSpec(manifest), 'rules').flatMap(([rule, index]) => {
      const path = textOf(rule['path']);
      const normal = path.startsWith('/') ? normalizedRulePath(path) : path;
      if (normal === path) return [];
      return [
        {
          manifest,
          path: ['spec', 'rules', index, 'path'],
          message: `${path} never arrives: the gateway makes ${normal} of it before any rule sees it; it should be written so`,
          ...(rule['noAuth'] !== true && { severity: 'high' as const }),
        },
      ];
    }),
};

/** Operators stand for ordinary segments, which stay as they are. */
function normalizedRulePath(path: string): string {
  const operators = [...path.matchAll(/\{\*{1,2}\}|\*$/g)].map(([operator]) => operator);
  let count = 0;
  const marked = path.replace(/\{\*{1,2}\}|\*$/g, () => `~${count++}~`);
  return normalizePath(marked).replace(/~(\d+)~/g, (_, index: string) => operators[Number(index)] ?? '');
}
