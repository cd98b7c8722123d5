import type { Rule } from '../../../src/validate/rule';
import { exampleApiRule, exampleJwt } from '../../../src/validate/rules/security/example-api-rule';
import { documents, exampleDeployment, exampleFunction, exampleService } from '../../../src/validate/rules/security/example-workload';
import { bindingInstance } from '../../../src/validate/rules/set/binding-instance';
import { bindingSecretTaken } from '../../../src/validate/rules/set/binding-secret-taken';
import { hostTaken } from '../../../src/validate/rules/set/host-taken';
import { manifestDuplicate } from '../../../src/validate/rules/set/manifest-duplicate';
import { apiRuleForm } from '../../../src/validate/rules/set/api-rule-form';
import { istioObjectForm } from '../../../src/validate/rules/set/istio-object-form';
import { exampleBinding, exampleInstance } from '../../../src/validate/rules/set/example-bindings';
import { exampleGateway } from '../../../src/validate/rules/set/example-gateway';
import { gatewayHost } from '../../../src/validate/rules/set/gateway-host';
import { gatewayUnknown } from '../../../src/validate/rules/set/gateway-unknown';
import { namesCollide } from '../../../src/validate/rules/set/names-collide';
import { secretUnknown } from '../../../src/validate/rules/set/secret-unknown';
import { servicePort } from '../../../src/validate/rules/set/service-port';
import { serviceSelectsNothing } from '../../../src/validate/rules/set/service-selects-nothing';
import { serviceUnknown } from '../../../src/validate/rules/set/service-unknown';
import { findingsOf, rawFindings, severitiesOf } from '../../support/rule-findings';

const closed = `{ path: /orders, methods: [GET], ${exampleJwt} }`;
const rule = exampleApiRule([closed]);
const onGateway = (gateway: string, host = 'orders.example.com'): string =>
  exampleApiRule([closed], 'orders', host).replace('kyma-system/kyma-gateway', gateway);
const mounting = (secret: string): string => exampleFunction(`secretMounts: [{ secretName: ${secret}, mountPath: /bindings/geo }]`);
const secret = (more = ''): string => `apiVersion: v1\nkind: Secret\nmetadata: { name: geo, namespace: shop${more} }\n`;

type Row = readonly [rule: Rule, what: string, said: string, yaml: string];

const rows: readonly Row[] = [
  [hostTaken, 'one host in one APIRule', 'silent', rule],
  [hostTaken, 'one host in two APIRules', 'high', documents(rule, exampleApiRule([closed], 'second'))],
  [hostTaken, 'a wildcard and a host below it', 'silent', documents(rule, exampleApiRule([closed], 'second', '"*.example.com"'))],
  [manifestDuplicate, 'one object twice', 'high', documents(rule, rule)],
  [
    manifestDuplicate,
    'one name in two namespaces',
    'silent',
    documents(exampleService, exampleService.replace('namespace: shop', 'namespace: geo')),
  ],
  [apiRuleForm, 'a timeout that is no number', 'high', exampleApiRule(['{ path: /a, methods: [GET], noAuth: true, timeout: soon }'])],
  [istioObjectForm, 'an APIRule only', 'silent', rule],
  [serviceSelectsNothing, 'a Service without any Pods in the input', 'silent', documents(rule, exampleService)],
  [serviceSelectsNothing, 'a Service with its Pods', 'silent', documents(rule, exampleService, exampleDeployment())],
  [
    serviceSelectsNothing,
    'a Service beside other Pods',
    'info',
    documents(rule, exampleService, exampleDeployment().replaceAll('app: orders', 'app: carts')),
  ],
  [
    serviceSelectsNothing,
    'a Service with a typing error',
    'medium',
    documents(rule, exampleService, exampleDeployment().replaceAll('app: orders', 'app: order')),
  ],
  [
    serviceSelectsNothing,
    'a Service that no rule leads to',
    'silent',
    documents(exampleService, exampleDeployment().replaceAll('app: orders', 'app: order')),
  ],
  [serviceUnknown, 'a Service that is not there', 'info', rule],
  [serviceUnknown, 'a Service that is there', 'silent', documents(rule, exampleService)],
  [serviceUnknown, 'a Service with nearly that name', 'medium', documents(rule, exampleService.replace('name: orders', 'name: order'))],
  [serviceUnknown, 'a Function with nearly that name', 'medium', documents(rule, exampleFunction().replace('name: orders', 'name: order'))],
  [
    serviceUnknown,
    'a Service with nearly that name elsewhere',
    'info',
    documents(rule, exampleService.replace('name: orders, namespace: shop', 'name: order, namespace: geo')),
  ],
  [
    serviceUnknown,
    'a Service with nearly that name that is used',
    'info',
    documents(
      rule,
      exampleApiRule([closed], 'b', 'b.example.com').replace('name: orders, port', 'name: orders2, port'),
      exampleService.replace('name: orders', 'name: orders2'),
    ),
  ],
  [servicePort, 'a port that the Service has', 'silent', documents(rule, exampleService)],
  [servicePort, 'a port that the Service has not', 'medium', documents(rule, exampleService.replace('8080', '80'))],
  [servicePort, 'a port that a Function has not', 'medium', documents(rule, exampleFunction())],
  [servicePort, 'a Service without ports', 'silent', documents(rule, exampleService.replace('[{ port: 8080 }]', '[]'))],
  [servicePort, 'a Service that is not there', 'silent', rule],
  [gatewayUnknown, 'the Gateway of every cluster', 'silent', documents(rule, exampleGateway('other', '*.example.com'))],
  [gatewayUnknown, 'a Gateway of its own that is not there', 'info', onGateway('shop/own')],
  [
    gatewayUnknown,
    'a Gateway that is not there beside others',
    'medium',
    documents(onGateway('shop/own'), exampleGateway('other', '*.example.com')),
  ],
  [gatewayUnknown, 'a Gateway that is there', 'silent', documents(onGateway('shop/own'), exampleGateway('own', '*.example.com'))],
  [gatewayHost, 'a host below that of the Gateway', 'silent', documents(onGateway('shop/own'), exampleGateway('own', '*.example.com'))],
  [gatewayHost, 'a host of another domain', 'medium', documents(onGateway('shop/own'), exampleGateway('own', '*.example.org'))],
  [gatewayHost, 'a Gateway for one namespace', 'silent', documents(onGateway('shop/own'), exampleGateway('own', 'shop/*.example.com'))],
  [gatewayHost, 'a Gateway for every host', 'silent', documents(onGateway('shop/own'), exampleGateway('own', '*'))],
  [
    gatewayHost,
    'the name that a wildcard stands below',
    'medium',
    documents(onGateway('shop/own', 'example.com'), exampleGateway('own', '*.example.com')),
  ],
  [
    gatewayHost,
    'a label that the Gateway completes',
    'silent',
    documents(onGateway('shop/own', 'orders'), exampleGateway('own', '*.example.com')),
  ],
  [gatewayHost, 'a Gateway that is not there', 'silent', onGateway('shop/own')],
  [bindingInstance, 'an instance that is there', 'silent', documents(exampleInstance('xsuaa'), exampleBinding('geo'))],
  [bindingInstance, 'no instance at all', 'info', exampleBinding('geo')],
  [bindingInstance, 'another instance', 'medium', documents(exampleInstance('maps'), exampleBinding('geo'))],
  [
    bindingInstance,
    'an instance of another namespace',
    'info',
    documents(exampleInstance('xsuaa'), exampleBinding('geo', 'xsuaa', 'serviceInstanceNamespace: other')),
  ],
  [bindingSecretTaken, 'two bindings with two Secrets', 'silent', documents(exampleBinding('geo'), exampleBinding('maps'))],
  [
    bindingSecretTaken,
    'two bindings with one Secret',
    'high',
    documents(exampleBinding('geo'), exampleBinding('maps', 'xsuaa', 'secretName: geo')),
  ],
  [bindingSecretTaken, 'a Secret of the same name', 'high', documents(exampleBinding('geo'), secret())],
  [
    bindingSecretTaken,
    'the Secret that the operator made',
    'silent',
    documents(exampleBinding('geo'), secret(", labels: { services.cloud.sap.com/managed-by-sap-btp-operator: 'true' }")),
  ],
  [secretUnknown, 'a Secret of the input', 'silent', documents(secret(), mounting('geo'))],
  [secretUnknown, 'a Secret of a binding', 'silent', documents(exampleBinding('geo'), mounting('geo'))],
  [secretUnknown, 'a Secret of no binding', 'medium', documents(exampleBinding('maps'), mounting('geo'))],
  [secretUnknown, 'a Secret without any binding', 'info', mounting('geo')],
  [
    secretUnknown,
    'a variable that may be missing',
    'silent',
    exampleFunction('env: [{ name: A, valueFrom: { secretKeyRef: { name: geo, key: a, optional: true } } }]'),
  ],
  [
    secretUnknown,
    'a variable of a Secret that is not there',
    'info',
    exampleFunction('env: [{ name: A, valueFrom: { secretKeyRef: { name: geo, key: a } } }]'),
  ],
  [namesCollide, 'a Function and a Service of one name', 'medium', documents(exampleFunction(), exampleService)],
  [
    namesCollide,
    'the Service that the Function made',
    'silent',
    documents(
      exampleFunction(),
      exampleService.replace('namespace: shop', 'namespace: shop, labels: { serverless.kyma-project.io/managed-by: function-controller }'),
    ),
  ],
  [
    namesCollide,
    'one name in two namespaces',
    'silent',
    documents(exampleFunction(), exampleService.replace('namespace: shop', 'namespace: geo')),
  ],
];

test.each(rows.map(([given, what, said, yaml]) => [given.id, what, said, given, yaml] as const))(
  '%s for %s: %s',
  (_, __, said, given, yaml) => {
    expect(severitiesOf(given, yaml)).toBe(said);
  },
);

test('a host that another repository takes is reported at the APIRule under test', () => {
  const theirs = exampleApiRule([closed], 'theirs');
  expect(rawFindings(hostTaken, rule, theirs).map(({ manifest, path }) => [manifest.name, path])).toEqual([['orders', ['spec', 'hosts']]]);
});

test('a host of one label beside one that begins with it is undecided while the domain of the gateway is not known', () => {
  const short = exampleApiRule([closed], 'short', 'orders');
  expect(rawFindings(hostTaken, documents(rule, short))).toMatchObject([{ undecided: true, path: ['spec', 'hosts', 0] }]);
  expect(rawFindings(hostTaken, rule, short)).toMatchObject([{ undecided: true, manifest: { name: 'orders' } }]);
  expect(rawFindings(hostTaken, documents(short, onGateway('shop/own')))).toEqual([]);
  expect(rawFindings(hostTaken, documents(short, exampleApiRule([closed], 'other', 'carts.example.com')))).toEqual([]);
});

test('what cannot be read is undecided, never a pass', () => {
  const policy =
    'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: a }\nspec: { targetRefs: [{ name: b }] }\n';
  expect(rawFindings(istioObjectForm, policy)).toMatchObject([{ undecided: true, path: ['spec', 'targetRefs'] }]);
});

test('a typing error is answered with the name that was meant', () => {
  expect(findingsOf(serviceUnknown, documents(rule, exampleService.replace('name: orders', 'name: order')))).toEqual([
    'medium spec.service.name: there is no Service shop/orders; did you mean "order"?',
  ]);
});

test('a Service that several rules name is reported once', () => {
  expect(rawFindings(serviceUnknown, exampleApiRule([closed, closed.replace('/orders', '/b')]))).toHaveLength(1);
});
