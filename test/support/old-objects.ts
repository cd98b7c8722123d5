import type { JsonObject } from '../../src/model/json';
import type { Manifest } from '../../src/model/manifest';
import { readManifests } from '../../src/model/read-manifests';
import { readOldApiRule, type ReadOldApiRule } from '../../src/migrate/read/read-old-api-rule';
import { translateApiRule, type TranslateSettings } from '../../src/migrate/translate/translate-api-rule';
import type { Translation } from '../../src/migrate/translation';

/** An issuer with keys of a form that is known. */
export const realm = 'https://id.example.com/realms/shop';
export const realmKeys = `${realm}/protocol/openid-connect/certs`;

/** An entry of `spec.rules` with one handler. */
export function handlerRule(path: string, handler: string, config?: JsonObject, more: JsonObject = {}): JsonObject {
  return { path, methods: ['GET'], accessStrategies: [{ handler, ...(config && { config }) }], ...more };
}

/** A rule for tokens of one realm. */
export function jwtRule(path: string, config: JsonObject = {}, more: JsonObject = {}): JsonObject {
  return handlerRule(path, 'jwt', { trusted_issuers: [realm], jwks_urls: [realmKeys], ...config }, more);
}

/** An APIRule v1beta1 `shop/orders`; `spec` replaces members, `metadata` adds some. */
export function oldObject(rules: readonly JsonObject[], spec: JsonObject = {}, metadata: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'gateway.kyma-project.io/v1beta1',
    kind: 'APIRule',
    metadata: { name: 'orders', namespace: 'shop', ...metadata },
    spec: {
      host: 'orders.example.com',
      gateway: 'kyma-system/kyma-gateway',
      service: { name: 'orders', port: 8080 },
      rules: [...rules],
      ...spec,
    },
  };
}

/** The object as the reader gives it: `old.yaml`, one member a line. */
export function manifestFrom(object: JsonObject): Manifest {
  const { manifests, problems } = readManifests(JSON.stringify(object, null, 1), 'old.yaml');
  const [manifest] = manifests;
  if (!manifest) throw new Error(problems.map(({ message }) => message).join('\n'));
  return manifest;
}

/** Reads an object as an old APIRule. */
export function readOld(object: JsonObject): ReadOldApiRule {
  return readOldApiRule(manifestFrom(object));
}

/** Settings of a call without options. */
export const defaults: TranslateSettings = { oldJwtHandler: 'ory', allowWidening: () => false, issuers: [], allowMethods: 'listed' };

/** Translates an object that reads without problems. */
export function translateOld(object: JsonObject, settings: Partial<TranslateSettings> = {}): Translation {
  const { apiRule, problems } = readOld(object);
  if (!apiRule) throw new Error(problems.map(({ message }) => message).join('\n'));
  return translateApiRule(apiRule, { ...defaults, ...settings });
}

/** Translates rules of an otherwise usable APIRule. */
export function translateRules(
  rules: readonly JsonObject[],
  settings: Partial<TranslateSettings> = {},
  spec: JsonObject = {},
): Translation {
  return translateOld(oldObject(rules, spec), settings);
}

/** `spec` of the migrated APIRule; empty when none was written. */
export function specOf({ apiRule }: Translation): JsonObject {
  return (apiRule?.['spec'] ?? {}) as JsonObject;
}

/** Rules of the migrated APIRule; empty when none was written. */
export function rulesOf(translation: Translation): JsonObject[] {
  return (specOf(translation)['rules'] ?? []) as JsonObject[];
}

/** `id effect` of each note, without those about the CORS default, which every other APIRule has, too. */
export function noted({ notes }: Translation): string[] {
  return notes.filter(({ id }) => id !== 'migrate-cors').map(({ id, effect }) => `${id} ${effect}`);
}

/** Messages of the notes of an id. */
export function messagesOf({ notes }: Translation, id: string): string[] {
  return notes.filter((one) => one.id === id).map(({ message }) => message);
}
