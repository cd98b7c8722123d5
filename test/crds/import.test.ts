import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ApiRule, ServerlessFunction, ServiceBinding, ServiceInstance, type ApiRuleSpecRules } from '../../src/constructs/bindings';
import type { JsonObject } from '../../src/model/json';
import { objectAt, objectsAt } from '../../src/model/json-fields';
import { crdFiles, readCrd } from '../support/crd-schemas';
import { temporaryFolder } from '../support/temporary-folder';

/** Loaded into every Node.js process that the script starts: leaves a trace of whoever opens a socket, and refuses it. */
const noNetwork = `
  const { Socket } = require('node:net');
  Socket.prototype.connect = () => {
    require('node:fs').writeFileSync(__dirname + '/network-was-used', '');
    throw new Error('no network here');
  };
`;

/** A copy of what the script reads and writes, so that a run never touches the working tree. */
function workshop(): string {
  const folder = temporaryFolder({ 'no-network.cjs': noNetwork, 'imports/stale.ts': 'export {};' });
  for (const name of ['scripts', 'crds', 'package.json']) cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return folder;
}

function runImport(folder: string, ...files: string[]) {
  const env = { ...process.env, HOME: folder, NODE_OPTIONS: `--require ${join(folder, 'no-network.cjs')}` };
  return spawnSync(process.execPath, [join(folder, 'scripts/import-crds.mjs'), ...files], { env, encoding: 'utf8' });
}

function texts(folder: string): Record<string, string> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') || file.endsWith('.json'));
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

test('the bindings are what the script makes of the schema facts, without network, and nothing stale stays', () => {
  const folder = workshop();
  expect(runImport(folder)).toMatchObject({ status: 0 });
  expect(texts(join(folder, 'imports'))).toEqual(texts('imports'));
  expect(texts(join(folder, 'crds'))).toEqual(texts('crds'));
  expect(existsSync(join(folder, 'network-was-used'))).toBe(false);
});

const upstream = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: apirules.gateway.kyma-project.io, annotations: { a: b } }
spec:
  group: gateway.kyma-project.io
  conversion: { strategy: Webhook }
  names: { kind: APIRule, plural: apirules }
  scope: Namespaced
  versions:
    - { name: v1beta1, served: true, storage: false, schema: { openAPIV3Schema: { type: object } } }
    - { name: v2alpha1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }
    - name: v2
      served: true
      storage: false
      additionalPrinterColumns: [{ name: Hosts, type: string, jsonPath: .spec.hosts }]
      subresources: { status: {} }
      schema:
        openAPIV3Schema:
          description: A story.
          type: object
          required: [spec]
          properties:
            metadata: { type: object }
            spec:
              type: object
              properties:
                description: { description: About the field., type: string, maxLength: 9, pattern: ^a, default: ab }
                hosts: { type: array, maxItems: 1, items: { description: A host., type: string, x-kubernetes-validations: [{ rule: self != '' }] } }
                podSecurityContext: { type: object, properties: { runAsUser: { type: integer } } }
            status: { type: object, properties: { state: { type: string } } }
`;

test('a definition is reduced to facts: no prose, no dead version, and live objects still fit', () => {
  const folder = workshop();
  writeFileSync(join(folder, 'upstream.yaml'), upstream);
  runImport(folder, join(folder, 'upstream.yaml'));
  const { metadata, spec } = JSON.parse(readFileSync(join(folder, 'crds', crdFiles['APIRule'] ?? ''), 'utf8')) as Record<string, JsonObject>;
  const opaque = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  expect(metadata).toEqual({ name: 'apirules.gateway.kyma-project.io' });
  expect(spec).toMatchObject({ versions: [{ name: 'v2', subresources: { status: {} } }, { name: 'v2alpha1' }] });
  expect(objectsAt(spec ?? {}, 'versions')[0]?.[0]['schema']).toEqual({
    openAPIV3Schema: {
      type: 'object',
      required: ['spec'],
      properties: {
        metadata: { type: 'object' },
        spec: {
          type: 'object',
          properties: {
            description: { type: 'string', maxLength: 9, pattern: '^a', default: 'ab' },
            hosts: { type: 'array', maxItems: 1, items: { type: 'string', 'x-kubernetes-validations': [{ rule: "self != ''" }] } },
            podSecurityContext: opaque,
          },
        },
        status: opaque,
      },
    },
  });
});

test.each([
  ['a kind that nobody here knows', upstream.replace('apirules.gateway', 'gateways.networking'), 'is not one of the kinds'],
  ['a version that is no longer served', upstream.replace('name: v2\n      served: true', 'name: v2\n      served: false'), 'does not serve v2'],
])('%s is refused and the bindings stay', (_, definition, message) => {
  const folder = workshop();
  writeFileSync(join(folder, 'upstream.yaml'), definition);
  expect(runImport(folder, join(folder, 'upstream.yaml')).stderr).toContain(message);
  expect(Object.keys(texts(join(folder, 'imports')))).toEqual(['stale.ts']);
});

test('the classes stand for the versions that are served', () => {
  const versions = [ApiRule, ServerlessFunction, ServiceInstance, ServiceBinding].map(({ GVK }) => `${GVK.apiVersion} ${GVK.kind}`);
  expect(versions).toEqual([
    'gateway.kyma-project.io/v2 APIRule',
    'serverless.kyma-project.io/v1alpha2 Function',
    'services.cloud.sap.com/v1 ServiceInstance',
    'services.cloud.sap.com/v1 ServiceBinding',
  ]);
});

/** A field that upstream adds to a rule breaks the build here, so that somebody decides about it. */
const ruleFields: Readonly<Record<keyof ApiRuleSpecRules, true>> = {
  extAuth: true,
  jwt: true,
  methods: true,
  noAuth: true,
  path: true,
  request: true,
  service: true,
  timeout: true,
};

test('the fields of a rule are the ones we know', () => {
  const version = objectsAt(objectAt(readCrd('APIRule'), 'spec'), 'versions')[0]?.[0] ?? {};
  const step = (schema: JsonObject, name: string) => objectAt(objectAt(schema, 'properties'), name);
  const rules = step(step(objectAt(objectAt(version, 'schema'), 'openAPIV3Schema'), 'spec'), 'rules');
  expect(Object.keys(objectAt(objectAt(rules, 'items'), 'properties')).sort()).toEqual(Object.keys(ruleFields));
});

test('every definition names its origin, and none holds prose', () => {
  const readme = readFileSync('crds/README.md', 'utf8');
  const files = texts('crds');
  expect(Object.keys(files).sort()).toEqual(Object.values(crdFiles).sort());
  expect(Object.keys(files).filter((file) => !readme.includes(`\`${file}\``))).toEqual([]);
  expect(Object.values(files).filter((text) => /"description": "/.test(text))).toEqual([]);
});
