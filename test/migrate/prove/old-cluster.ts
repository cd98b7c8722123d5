import type { JsonObject } from '../../../src/model/json';
import type { Manifest } from '../../../src/model/manifest';
import { readManifests } from '../../../src/model/read-manifests';
import { proveMigration, type Proof, type ProofSettings, type RequestClass } from '../../../src/migrate/prove/prove';
import { readOldApiRule } from '../../../src/migrate/read/read-old-api-rule';
import { translateApiRule } from '../../../src/migrate/translate/translate-api-rule';
import type { OldApiRule } from '../../../src/migrate/old-api-rule';
import type { Translation } from '../../../src/migrate/translation';

/** Issuers of the tests, with their keys. */
export const one = { issuer: 'https://one.example.com', jwksUri: 'https://one.example.com/keys' };
export const two = { issuer: 'https://two.example.com', jwksUri: 'https://two.example.com/keys' };

/** An access strategy by its name, or a `jwt` of Oathkeeper by its settings. */
export type Strategy = string | JsonObject;

/** One old rule: `GET,POST /path` with its strategies. */
export function oldRule(line: string, ...strategies: readonly Strategy[]): JsonObject {
  const [methods = '', path = ''] = line.split(' ');
  return {
    path,
    methods: methods.split(','),
    accessStrategies: strategies.map((one) => (typeof one === 'string' ? { handler: one } : { handler: 'jwt', ...one })),
  };
}

/** A `jwt` strategy of Oathkeeper for one issuer. */
export function jwt(trusted = one, more: JsonObject = {}): JsonObject {
  return { config: { jwks_urls: [trusted.jwksUri], trusted_issuers: [trusted.issuer], ...more } };
}

/** An APIRule v1beta1 for Service `shop/orders`. */
export function oldApiRule(rules: JsonObject[], more: { readonly name?: string; readonly spec?: JsonObject } = {}): JsonObject {
  const name = more.name ?? 'orders';
  return {
    apiVersion: 'gateway.kyma-project.io/v1beta1',
    kind: 'APIRule',
    metadata: { name, namespace: 'shop' },
    spec: {
      host: `${name}.example.com`,
      gateway: 'kyma-system/kyma-gateway',
      service: { name: 'orders', port: 8080 },
      rules,
      ...more.spec,
    },
  };
}

/** One rule of an APIRule v2: `GET,POST /path` with `noAuth`, or the members of `jwt`. */
export function newRule(line: string, access: 'noAuth' | JsonObject, more: JsonObject = {}): JsonObject {
  const [methods = '', path = ''] = line.split(' ');
  return { path, methods: methods.split(','), ...(access === 'noAuth' ? { noAuth: true } : { jwt: access }), ...more };
}

export const settings: ProofSettings = { oldJwtHandler: 'ory', allowWidening: () => false, issuers: [] };

/** Objects as manifests. */
export function manifestsOf(...objects: JsonObject[]): Manifest[] {
  return readManifests(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }), 'test.yaml').manifests;
}

export function readOld(object: JsonObject): OldApiRule {
  const [manifest] = manifestsOf(object);
  const { apiRule, problems } = manifest ? readOldApiRule(manifest) : { problems: [] };
  if (!apiRule) throw new Error(JSON.stringify(problems));
  return apiRule;
}

/** What the translation makes of an old APIRule. */
export function translated(old: JsonObject, more: Partial<ProofSettings> = {}): Translation {
  return translateApiRule(readOld(old), { ...settings, ...more, allowMethods: 'listed' });
}

/** An old APIRule beside rules that somebody wrote for it by hand. */
export function rewritten(old: JsonObject, rules: JsonObject[], more: JsonObject = {}): Translation {
  const read = readOld(old);
  const { host, service, gateway } = read;
  return {
    old: read,
    apiRule: {
      apiVersion: 'gateway.kyma-project.io/v2',
      kind: 'APIRule',
      metadata: { name: read.name, namespace: read.namespace },
      spec: { hosts: [host], gateway, service: { ...service }, rules, ...more },
    },
    origins: rules.map((_, index) => index),
    notes: [],
  };
}

/** Proves translations beside objects. */
export function proved(translations: readonly Translation[], around: JsonObject[] = [], more: Partial<ProofSettings> = {}): Proof {
  return proveMigration(translations, manifestsOf(...around), { ...settings, ...more });
}

/** A class of requests in one line. */
export function lineOf({ methods, host, path, caller, before, after }: RequestClass): string {
  const { sub, ...claims } = caller.claims;
  const token =
    caller.issuer === undefined
      ? 'nobody'
      : [caller.issuer, JSON.stringify(claims), sub === undefined ? 'without sub' : ''].join(' ').trim();
  return `${methods.join()} ${host}${path} ${token}: ${before} -> ${after}`;
}
