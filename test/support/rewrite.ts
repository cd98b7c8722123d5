import type { JsonObject } from '../../src/model/json';
import { readManifests } from '../../src/model/read-manifests';
import { rewriteText, type RewrittenText } from '../../src/migrate/output/rewrite-text';

/** A spec of version 2 with one open rule. */
export function spec(path: string): JsonObject {
  return { hosts: ['a.b'], rules: [{ path, methods: ['GET'], noAuth: true }] };
}

/** True for the group of APIRules. */
export function isOldVersion(apiVersion: string): boolean {
  return apiVersion.startsWith('gateway.kyma-project.io/');
}

/** Gives every APIRule of a text the same new spec. */
export function rewriteAll(text: string, newSpec: JsonObject, origins: readonly number[] = [0], more: JsonObject = {}): RewrittenText {
  const { manifests } = readManifests(text, 'a.yaml');
  const old = manifests.filter(({ kind, apiVersion }) => kind === 'APIRule' && isOldVersion(apiVersion));
  const apiRule = { apiVersion: 'gateway.kyma-project.io/v2', kind: 'APIRule', spec: newSpec, ...more };
  return rewriteText(
    text,
    'a.yaml',
    old.map((manifest) => ({
      manifest,
      apiRule: { ...apiRule, metadata: more['metadata'] ?? manifest.body['metadata'] ?? null },
      origins,
    })),
  );
}
