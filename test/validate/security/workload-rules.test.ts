import { authorizersSeveral } from '../../../src/validate/rules/security/authorizers-several';
import { closedBaselineMissing } from '../../../src/validate/rules/security/closed-baseline-missing';
import { exampleApiRule, exampleJwt } from '../../../src/validate/rules/security/example-api-rule';
import {
  documents,
  exampleDeployment,
  exampleFunction,
  exampleNamespace,
  examplePolicy,
  exampleService,
} from '../../../src/validate/rules/security/example-workload';
import { sidecarBypassed } from '../../../src/validate/rules/security/sidecar-bypassed';
import { issuerKeysSeveral } from '../../../src/validate/rules/security/issuer-keys-several';
import { sidecarMissing } from '../../../src/validate/rules/security/sidecar-missing';
import { sidecarRefused } from '../../../src/validate/rules/security/sidecar-refused';
import { findingsOf, severitiesOf } from '../../support/rule-findings';

/** What is given, the manifests, and what the rule says of them. */
type Row = readonly [what: string, yaml: string, said: string];

function rows(list: readonly Row[]): (readonly [string, string, string])[] {
  return list.map(([what, yaml, said]) => [what, said, yaml]);
}

const rule = exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]);
const off = "sidecar.istio.io/inject: 'false'";
const on = "sidecar.istio.io/inject: 'true'";
const pod = (container: string, status = ''): string => `apiVersion: v1
kind: Pod
metadata: { name: orders-1, namespace: shop, labels: { app: orders } }
spec: { containers: [{ name: ${container}, image: a }] }
${status}`;

test.each(
  rows([
    ['a Deployment that refuses injection', documents(rule, exampleService, exampleDeployment(off)), 'high'],
    ['a Deployment that asks for injection', documents(rule, exampleService, exampleDeployment(on)), 'silent'],
    ['a Deployment that says nothing', documents(rule, exampleService, exampleDeployment()), 'silent'],
    ['a Deployment that nobody exposes', documents(exampleService, exampleDeployment(off)), 'silent'],
    [
      'a Deployment of other Pods',
      documents(rule, exampleService, exampleDeployment(off).replaceAll('app: orders', 'app: other')),
      'silent',
    ],
    ['a namespace that refuses injection', documents(rule, exampleNamespace('istio-injection: disabled'), exampleFunction()), 'high'],
    ['a Function that refuses injection', documents(rule, exampleFunction(`labels: { ${off} }`)), 'high'],
    ['a running Pod without a sidecar', documents(rule, exampleService, pod('orders', 'status: { phase: Running }\n')), 'high'],
    ['a running Pod with a sidecar', documents(rule, exampleService, pod('istio-proxy', 'status: { phase: Running }\n')), 'silent'],
  ]),
)('sidecar-refused for %s: %s', (_, said, yaml) => {
  expect(severitiesOf(sidecarRefused, yaml)).toBe(said);
});

test.each(
  rows([
    ['a Function and a namespace without injection', documents(rule, exampleNamespace(), exampleFunction()), 'medium'],
    ['a Function whose namespace is not in the input', documents(rule, exampleFunction()), 'low'],
    [
      'a Function in a namespace with injection',
      documents(rule, exampleNamespace('istio-injection: enabled'), exampleFunction()),
      'silent',
    ],
    ['a Function in a namespace with a revision', documents(rule, exampleNamespace('istio.io/rev: default'), exampleFunction()), 'silent'],
    ['a Function with the label', documents(rule, exampleNamespace(), exampleFunction(`labels: { ${on} }`)), 'silent'],
    ['a Function that nobody exposes', documents(exampleNamespace(), exampleFunction()), 'silent'],
    ['a Deployment and a namespace without injection', documents(rule, exampleService, exampleNamespace(), exampleDeployment()), 'medium'],
    ['a Deployment whose namespace is not in the input', documents(rule, exampleService, exampleDeployment()), 'info'],
  ]),
)('sidecar-missing for %s: %s', (_, said, yaml) => {
  expect(severitiesOf(sidecarMissing, yaml)).toBe(said);
});

test('a label on the Function itself does not reach its Pods', () => {
  const misplaced = exampleFunction().replace('namespace: shop }', `namespace: shop, labels: { ${on} } }`);
  expect(findingsOf(sidecarMissing, documents(rule, exampleNamespace(), misplaced))).toEqual([
    'medium spec.labels: its Pods do not ask for a sidecar, nor does namespace shop; metadata of the Function does not reach its Pods; one of them should',
  ]);
});

const selector = 'selector: { matchLabels: { app: orders } }';

test.each(
  rows([
    ['a Service without policy', documents(rule, exampleService), 'info'],
    ['a policy without rules', documents(rule, exampleService, examplePolicy(`${selector}, action: ALLOW`)), 'silent'],
    ['a policy for the whole namespace', documents(rule, exampleService, examplePolicy('{}').replace('{ {} }', '{}')), 'silent'],
    ['a policy for other Pods', documents(rule, exampleService, examplePolicy('selector: { matchLabels: { app: other } }')), 'info'],
    ['a policy that denies', documents(rule, exampleService, examplePolicy(`${selector}, action: DENY, rules: [{}]`)), 'info'],
    ['a Service that is not in the input', rule, 'silent'],
    ['a public rule only', documents(exampleApiRule(['{ path: /a, methods: [GET], noAuth: true }']), exampleService), 'silent'],
  ]),
)('closed-baseline-missing for %s: %s', (_, said, yaml) => {
  expect(severitiesOf(closedBaselineMissing, yaml)).toBe(said);
});

const asking = (path: string, authorizers: string): string =>
  `{ path: ${path}, methods: [GET], extAuth: { authorizers: [${authorizers}] } }`;

test.each(
  rows([
    ['one authorizer twice', exampleApiRule([asking('/a', 'p'), asking('/b', 'p')]), 'silent'],
    ['two authorizers of one rule', exampleApiRule([asking('/a', 'p, q')]), 'medium'],
    ['two authorizers of two rules', exampleApiRule([asking('/a', 'p'), asking('/b', 'q')]), 'medium'],
    [
      'two authorizers of two APIRules',
      documents(exampleApiRule([asking('/a', 'p')]), exampleApiRule([asking('/a', 'q')], 'two', 'b.example.com')),
      'medium',
    ],
    [
      'two authorizers on two Services',
      exampleApiRule([asking('/a', 'p'), asking('/b', 'q').replace('{ path', '{ service: { name: other, port: 80 }, path')]),
      'silent',
    ],
    [
      'a hand-made policy with another provider',
      documents(
        exampleApiRule([asking('/a', 'p')]),
        exampleService,
        examplePolicy(`${selector}, action: CUSTOM, provider: { name: q }, rules: [{}]`),
      ),
      'medium',
    ],
  ]),
)('authorizers-several for %s: %s', (_, said, yaml) => {
  expect(severitiesOf(authorizersSeveral, yaml)).toBe(said);
});

const pods = (annotations: string): string =>
  exampleDeployment().replace(
    'metadata: { labels: { app: orders } }',
    `metadata: { labels: { app: orders }, annotations: { ${annotations} } }`,
  );
const targeting = (target: string): string => exampleService.replace('port: 8080', `port: 8080, targetPort: ${target}`);

test.each(
  rows([
    [
      'a port that is excluded',
      documents(rule, exampleService, pods("traffic.sidecar.istio.io/excludeInboundPorts: '9090, 8080'")),
      'high',
    ],
    [
      'another port that is excluded',
      documents(rule, exampleService, pods("traffic.sidecar.istio.io/excludeInboundPorts: '9090'")),
      'silent',
    ],
    ['the port behind the port', documents(rule, targeting('3000'), pods("traffic.sidecar.istio.io/excludeInboundPorts: '3000'")), 'high'],
    ['the port in front of it', documents(rule, targeting('3000'), pods("traffic.sidecar.istio.io/excludeInboundPorts: '8080'")), 'silent'],
    [
      'a named port that nobody knows',
      documents(rule, targeting('web'), pods("traffic.sidecar.istio.io/excludeInboundPorts: '1'")),
      'high',
    ],
    ['no port that is included', documents(rule, exampleService, pods("traffic.sidecar.istio.io/includeInboundPorts: ''")), 'high'],
    ['every port that is included', documents(rule, exampleService, pods("traffic.sidecar.istio.io/includeInboundPorts: '*'")), 'silent'],
    ['no interception', documents(rule, exampleService, pods('sidecar.istio.io/interceptionMode: NONE')), 'high'],
    [
      'a Function whose port is excluded',
      documents(rule, exampleFunction("annotations: { traffic.sidecar.istio.io/excludeInboundPorts: '8080' }")),
      'high',
    ],
  ]),
)('sidecar-bypassed for %s: %s', (_, said, yaml) => {
  expect(severitiesOf(sidecarBypassed, yaml)).toBe(said);
});

const trusted = 'https://id.example.com';
const keysAt = (keys: string, name = 'orders') =>
  exampleApiRule(
    [`{ path: /orders, methods: [GET], jwt: { authentications: [{ issuer: ${trusted}, jwksUri: ${keys} }] } }`],
    name,
    `${name}.example.com`,
  );
const keysBeside = (entry: string, labels = '', selector = 'app: orders') => `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: own, namespace: shop, labels: { ${labels} } }
spec: { selector: { matchLabels: { ${selector} } }, jwtRules: [{ issuer: ${trusted}, ${entry} }] }
`;
const restricted = exampleApiRule(
  [
    `{ path: /x, methods: [GET], extAuth: { authorizers: [login], restrictions: { authentications: [{ issuer: ${trusted}, jwksUri: ${trusted}/files }] } } }`,
  ],
  'login',
  'login.example.com',
);
const made = 'apirule.gateway.kyma-project.io/name: orders, apirule.gateway.kyma-project.io/namespace: shop';

test.each(
  rows([
    ['two APIRules with one source', documents(keysAt(`${trusted}/k`), keysAt(`${trusted}/k`, 'b'), exampleService), 'silent'],
    ['two APIRules with two sources', documents(keysAt(`${trusted}/k`), keysAt(`${trusted}/l`, 'b'), exampleService), 'high'],
    ['restrictions with another source', documents(keysAt(`${trusted}/k`), restricted, exampleService), 'high'],
    ['keys in a RequestAuthentication', documents(keysAt(`${trusted}/k`), exampleService, keysBeside(`jwks: '{"keys":[]}'`)), 'high'],
    [
      'keys in one with labels of the controller',
      documents(keysAt(`${trusted}/k`), exampleService, keysBeside(`jwks: '{"keys":[]}'`, made)),
      'high',
    ],
    [
      'an address of yesterday, which the controller replaces',
      documents(keysAt(`${trusted}/k`), exampleService, keysBeside(`jwksUri: ${trusted}/l`, made)),
      'low',
    ],
    [
      'keys for other Pods',
      documents(keysAt(`${trusted}/k`), exampleService, keysBeside(`jwks: '{"keys":[]}'`, '', 'app: other')),
      'silent',
    ],
  ]),
)('where the input has %s, issuer-keys-several is %s', (_, said, yaml) => {
  expect(severitiesOf(issuerKeysSeveral, yaml)).toBe(said);
});
