import { samplePath } from '../../../model/sample-paths';
import type { JsonObject } from '../../../model/json';
import { listAt, objectsAt, textOf } from '../../../model/json-fields';
import { admitsEverybody, strangerOf } from '../../../model/origin-pattern';
import type { Manifest } from '../../../model/manifest';
import { shellWord } from '../../../model/shell-word';
import type { Finding, ObjectRule } from '../../rule';
import { corsOf } from './cors-of';
import { exampleJwt } from './example-api-rule';
import { exampleSpec } from './example-issuer';
import { apiRuleKind, servedSpec } from './token-rules-of';

const rules = [`{ path: /orders, methods: [GET, OPTIONS], ${exampleJwt} }`];

export const corsWideOrigin: ObjectRule = {
  id: 'cors-wide-origin',
  layer: 'security',
  severity: 'medium',
  also: { high: 'when credentials are allowed', low: 'when all paths are public anyway' },
  title: 'Allowed origins end where the name ends',
  why: 'A prefix without a boundary and a dot that is not escaped also take names that somebody else can register, and his pages then read what the API answers.',
  fix: 'Name each origin with exact; in regex write \\. for a dot and nothing open at the start or the end.',
  refs: ['CWE-942', 'CWE-625', 'Istio reference, StringMatch'],
  bad: exampleSpec(rules, ["corsPolicy: { allowOrigins: [{ prefix: 'https://shop.example.com' }], allowHeaders: [Authorization] }"]),
  good: exampleSpec(rules, ["corsPolicy: { allowOrigins: [{ regex: 'https://[a-z]+\\.example\\.com' }], allowHeaders: [Authorization] }"]),
  kinds: apiRuleKind,
  check: ({ manifest }) => {
    const policy = corsOf(manifest);
    if (!policy) return [];
    return policy.origins.flatMap((origin): Finding[] => {
      const stranger = admitsEverybody(origin) ? undefined : strangerOf(origin);
      if (stranger === undefined) return [];
      const message = `${origin.key} ${JSON.stringify(origin.value)} also takes ${stranger}; it should take the meant origins only`;
      return [{ manifest, path: origin.path, message, severity: policy.severity, ...witness(manifest, stranger) }];
    });
  },
};

function witness(manifest: Manifest, origin: string): Pick<Finding, 'request' | 'expected' | 'actual' | 'curl'> {
  const spec = servedSpec(manifest);
  const rule: JsonObject = objectsAt(spec, 'rules')[0]?.[0] ?? {};
  const method = textOf(listAt(rule, 'methods')[0]) || 'GET';
  const host = textOf(listAt(spec, 'hosts')[0]).replace(/^\*\./, 'sample.');
  const url = `https://${host}${samplePath(textOf(rule['path']))}`;
  const preflight = ['-X', 'OPTIONS', '-H', shellWord(`Origin: ${origin}`), '-H', shellWord(`Access-Control-Request-Method: ${method}`)];
  return {
    request: `OPTIONS ${url} as a preflight of a page at ${origin}`,
    expected: 'an answer without Access-Control-Allow-Origin',
    actual: `Access-Control-Allow-Origin: ${origin}`,
    curl: ['curl', '-i', ...preflight, shellWord(url)].join(' '),
  };
}
