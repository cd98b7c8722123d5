import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { atLeast } from '../../../src/model/check-result';
import { printManifests } from '../../../src/model/print-manifests';
import { apiRuleAuthorizer } from '../../../src/validate/rules/controller/api-rule-authorizer';
import { apiRuleHostOccupied } from '../../../src/validate/rules/controller/api-rule-host-occupied';
import { apiRuleShortHost } from '../../../src/validate/rules/controller/api-rule-short-host';
import { gatewayRules } from '../../../src/validate/rules/controller/gateway-rules';
import { serviceWithoutSelector } from '../../../src/validate/rules/controller/service-without-selector';
import type { JsonObject } from '../../../src/model/json';
import { apiRule, rule, service } from '../../support/model';
import { findingsOf, rawFindings } from '../../support/rule-findings';

const yaml = (...objects: JsonObject[]) => printManifests(objects);
const istio = (kind: string, name: string, spec: JsonObject, metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind,
  metadata: { name, namespace: 'kyma-system', ...metadata },
  spec,
});
const gateway = (...servers: string[][]) => istio('Gateway', 'kyma-gateway', { servers: servers.map((hosts) => ({ hosts })) });
const short = apiRule([rule('/a', 'GET')], { hosts: ['orders'] });
const words =
  "Attribute '.spec.hosts[0]': Lowercase RFC 1123 label (short host) is only supported as the APIRule host when selected Gateway has a single host definition matching *.<fqdn> format";

test.each([
  ['one wildcard host', gateway(['*.example.com']), []],
  ['the same one in two servers', gateway(['*.example.com'], ['*.example.com']), []],
  ['two hosts in one server', gateway(['*.example.com', '*.example.org']), [words]],
  ['two hosts in two servers', gateway(['*.example.com'], ['*.example.org']), [words]],
  ['a full host', gateway(['orders.example.com']), [words]],
  ['a namespace before the host', gateway(['./*.example.com']), [words]],
])('V15c: a label and a Gateway with %s', (_, object, expected) => {
  expect(rawFindings(apiRuleShortHost, yaml(short, object)).map(({ reason }) => reason)).toEqual(expected);
});

test('V15b, V15c: a full host needs no such Gateway, and a Gateway that is not there is not judged', () => {
  expect(findingsOf(apiRuleShortHost, yaml(apiRule([rule('/a', 'GET')]), gateway(['a.example.com'])))).toEqual([]);
  expect(findingsOf(apiRuleShortHost, yaml(short))).toEqual([]);
});

const prefix = 'apirule.gateway.kyma-project.io';
const route = (host: string, labels: JsonObject = {}) => istio('VirtualService', 'manual', { hosts: [host], http: [] }, { labels });
test.each([
  ['the same host', route('orders.example.com'), 1],
  ['a wildcard around it', route('*.example.com'), 0],
  ['its own', route('orders.example.com', { [`${prefix}/name`]: 'orders', [`${prefix}/namespace`]: 'shop' }), 0],
  ['its own of earlier days', route('orders.example.com', { [`${prefix}/v1beta1`]: 'orders.shop' }), 0],
  ['that of an APIRule which is not there', route('orders.example.com', { [`${prefix}/name`]: 'a', [`${prefix}/namespace`]: 'shop' }), 1],
])('V15e: a VirtualService with %s', (_, object, count) => {
  const reasons = rawFindings(apiRuleHostOccupied, yaml(apiRule([rule('/a', 'GET')]), object)).map(({ reason }) => reason);
  expect(reasons).toEqual(Array(count).fill("Attribute '.spec.hosts[0]': Host is occupied by another Virtual Service"));
});

test('V15e: a label is completed before it is compared', () => {
  expect(findingsOf(apiRuleHostOccupied, yaml(short, gateway(['*.example.com']), route('orders.example.com')))).toHaveLength(1);
});

test('V10b: every rule of a Service without selector is named, the place once', () => {
  const bare = { ...service(), spec: { type: 'ExternalName', externalName: 'a.example.com' } };
  const [finding, ...others] = rawFindings(serviceWithoutSelector, yaml(apiRule([rule('/a', 'GET'), rule('/b', 'GET')]), bare));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ path: ['spec', 'service', 'name'] });
  expect(finding?.reason).toBe(
    [0, 1].map((index) => `Attribute '.spec.rules[${index}].injection': Target service label selectors are not defined`).join('\n'),
  );
});

test('V10a: a Service that is not in the input is no error of the controller', () => {
  expect(findingsOf(serviceWithoutSelector, yaml(apiRule([rule('/a', 'GET')])))).toEqual([]);
});

test('V11: without the configuration of the mesh an authorizer is remembered, once', () => {
  const extAuth = (path: string): JsonObject => ({ path, methods: ['GET'], extAuth: { authorizers: ['proxy'] } });
  expect(findingsOf(apiRuleAuthorizer, yaml(apiRule([extAuth('/a'), extAuth('/b')])))).toEqual([
    'info spec.rules.0.extAuth.authorizers.0: "proxy" must be declared in the configuration of the mesh, which is not in the input',
  ]);
});

test('the place of an authorizer that a migration left open is wrong in any mesh', () => {
  const unnamed = { path: '/a', methods: ['GET'], extAuth: { authorizers: ['fill-in-the-name-of-an-authorizer'] } };
  expect(findingsOf(apiRuleAuthorizer, yaml(apiRule([unnamed])))).toEqual([
    'high spec.rules.0.extAuth.authorizers.0: "fill-in-the-name-of-an-authorizer" stands where the name of an authorizer belongs',
  ]);
});

const files = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.k8s.yaml'));
test.each(files)('nothing at medium or above in %s', (file) => {
  const text = readFileSync(join('dist', file), 'utf8');
  const found = gatewayRules.flatMap((one) =>
    rawFindings(one, text).flatMap(({ severity = one.severity, message }) =>
      atLeast(severity, 'medium') ? [`${one.id}: ${message}`] : [],
    ),
  );
  expect(found).toEqual([]);
});
