import { createHash } from 'node:crypto';
import type { Manifest } from './manifest';
import { isApiRule } from './read-api-rules';
import { shortDigest } from './short-digest';

/**
 * SHA-256 in hex over the APIRules among the manifests: the same rules give the same digest, whatever file they stand in and in whatever
 * order they are read.
 */
export function apiRulesDigest(manifests: readonly Manifest[]): string {
  const rules = manifests.filter(isApiRule).map(({ body }) => shortDigest(body));
  return createHash('sha256').update(rules.sort().join('\n')).digest('hex');
}
