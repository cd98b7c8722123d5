import type { JsonObject } from '../../src/model/json';
import type { OldApiRule, OldHandler, OldRule } from '../../src/migrate/old-api-rule';
import type { Translation } from '../../src/migrate/translation';
import type { Manifest } from '../../src/model/manifest';
import { readManifests } from '../../src/model/read-manifests';
import { manifestOf } from './local-manifests';
import { apiRule, rule } from './model';

/** Objects as the reader gives them. */
export function manifestsFrom(...objects: JsonObject[]): Manifest[] {
  return readManifests(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }), 'test.yaml').manifests;
}

/** An old rule with one handler; `jwt` is the Ory flavour, `istio` the other one. */
export function oldRule(path: string, handler: string, more: Partial<OldRule> = {}): OldRule {
  const strategy: OldHandler = handler === 'istio' ? { handler: 'jwt', config: { authentications: [] } } : { handler, config: {} };
  return { path, methods: ['GET'], accessStrategies: [strategy], mutators: [], place: ['spec', 'rules', 0], ...more };
}

/** An old APIRule in namespace `shop` for Service `orders`; `spec` replaces members. */
export function oldApiRule(name: string, rules: readonly OldRule[], spec: Partial<OldApiRule> = {}): OldApiRule {
  const namespace = spec.namespace ?? 'shop';
  const manifest = manifestOf({
    apiVersion: 'gateway.kyma-project.io/v1beta1',
    kind: 'APIRule',
    metadata: { name, namespace },
    spec: {},
  });
  return {
    ...{ namespace, name, form: 'v1beta1', foundIn: 'spec', host: `${name}.example.com`, gateway: 'kyma-system/kyma-gateway' },
    ...{ service: { name: 'orders', port: 8080 }, rules, manifest },
    ...spec,
  };
}

/** An old APIRule beside the rules that take its place: `PATH STRATEGY` with `noAuth` or an issuer. */
export function migration(old: OldApiRule, lines: readonly string[]): Translation {
  const rules = lines.map((line) => {
    const [path = '', strategy = ''] = line.split(' ');
    return strategy === 'noAuth'
      ? rule(path, 'GET')
      : rule(path, 'GET', {
          authentications: [{ issuer: strategy, jwksUri: `${strategy}/keys` }],
          authorizations: [{ audiences: ['orders'] }],
        });
  });
  const body = apiRule(rules, { hosts: [old.host], ...(old.service && { service: { ...old.service } }) }, old.name);
  body['metadata'] = { name: old.name, namespace: old.namespace };
  return { old, apiRule: body, origins: lines.map((_, at) => Math.min(at, old.rules.length - 1)), notes: [] };
}
