import type { Rule } from '../../../src/validate/rule';
import { exampleApiRule, exampleJwt } from '../../../src/validate/rules/security/example-api-rule';
import {
  documents,
  exampleDeployment,
  exampleFunction,
  examplePolicy,
  exampleService,
} from '../../../src/validate/rules/security/example-workload';
import { authenticationWithoutPolicy } from '../../../src/validate/rules/set/authentication-without-policy';
import { handlerMixed } from '../../../src/validate/rules/set/handler-mixed';
import { policyAllowsAll } from '../../../src/validate/rules/set/policy-allows-all';
import { policyLeftover } from '../../../src/validate/rules/set/policy-leftover';
import { policyPlaintextCallers } from '../../../src/validate/rules/set/policy-plaintext-callers';
import { policySelectsNothing } from '../../../src/validate/rules/set/policy-selects-nothing';
import { strategiesMixed } from '../../../src/validate/rules/set/strategies-mixed';
import { rawFindings, severitiesOf } from '../../support/rule-findings';

const ingress = 'cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account';
const closed = `{ path: /orders, methods: [GET], ${exampleJwt} }`;
const open = '{ path: /health, methods: [GET], noAuth: true }';
const rule = exampleApiRule([closed]);
const shop = documents(rule, exampleService);
const forOrders = 'selector: { matchLabels: { app: orders } }';
const forOthers = 'selector: { matchLabels: { app: other } }';
const from = (source: string): string => `action: ALLOW, rules: [{ from: [{ source: { ${source} } }] }]`;
const authentication = `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: tokens, namespace: shop }
spec: { ${forOrders}, jwtRules: [{ issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/keys' }] }
`;

type Row = readonly [rule: Rule, what: string, said: string, yaml: string];

const rows: readonly Row[] = [
  [
    policyAllowsAll,
    'an empty rule on a protected workload',
    'critical',
    documents(shop, examplePolicy(`${forOrders}, action: ALLOW, rules: [{}]`)),
  ],
  [policyAllowsAll, 'an empty rule without an action', 'critical', documents(shop, examplePolicy(`${forOrders}, rules: [{}]`))],
  [policyAllowsAll, 'an empty rule for the whole namespace', 'critical', documents(shop, examplePolicy('rules: [{}]'))],
  [policyAllowsAll, 'an empty rule on another workload', 'medium', documents(shop, examplePolicy(`${forOthers}, rules: [{}]`))],
  [policyAllowsAll, 'an empty rule on an unknown workload', 'medium', examplePolicy(`${forOrders}, rules: [{}]`)],
  [policyAllowsAll, 'a policy that denies everything', 'silent', documents(shop, examplePolicy(`${forOrders}, action: DENY, rules: [{}]`))],
  [policyAllowsAll, 'a policy without rules', 'silent', documents(shop, examplePolicy(`${forOrders}, action: ALLOW`))],
  [
    policyAllowsAll,
    'a rule with a method',
    'silent',
    documents(shop, examplePolicy(`${forOrders}, rules: [{ to: [{ operation: { methods: [GET] } }] }]`)),
  ],
  [
    policyPlaintextCallers,
    'everybody but the gateway on a protected workload',
    'medium',
    documents(shop, examplePolicy(`${forOrders}, ${from(`notPrincipals: ["${ingress}"]`)}`)),
  ],
  [
    policyPlaintextCallers,
    'everybody but a namespace',
    'medium',
    documents(shop, examplePolicy(`${forOrders}, ${from('notNamespaces: [geo]')}`)),
  ],
  [
    policyPlaintextCallers,
    'everybody but the gateway, alone in the input',
    'low',
    examplePolicy(`${forOrders}, ${from(`notPrincipals: ["${ingress}"]`)}`),
  ],
  [
    policyPlaintextCallers,
    'callers that are named',
    'silent',
    documents(shop, examplePolicy(`${forOrders}, ${from('principals: [cluster.local/ns/a/sa/b]')}`)),
  ],
  [
    policyPlaintextCallers,
    'a namespace without one account',
    'silent',
    documents(shop, examplePolicy(`${forOrders}, ${from('namespaces: [a], notPrincipals: [cluster.local/ns/a/sa/b]')}`)),
  ],
  [
    policySelectsNothing,
    'a selector with a typing error',
    'info',
    documents(exampleDeployment(), examplePolicy('selector: { matchLabels: { app: order } }')),
  ],
  [policySelectsNothing, 'a selector that fits', 'silent', documents(exampleDeployment(), examplePolicy(forOrders))],
  [
    policySelectsNothing,
    'a Function that is selected',
    'silent',
    documents(exampleFunction(), examplePolicy('selector: { matchLabels: { serverless.kyma-project.io/function-name: orders } }')),
  ],
  [policySelectsNothing, 'a namespace without workloads', 'silent', examplePolicy(forOrders)],
  [policyLeftover, 'the name of the guide', 'low', examplePolicy(forOrders, 'allow-internal')],
  [policyLeftover, 'the other name of the guide', 'low', examplePolicy(forOrders, 'allow-migration')],
  [policyLeftover, 'another name', 'silent', examplePolicy(forOrders, 'allow-internals')],
  [policyLeftover, 'a policy that denies', 'silent', examplePolicy(`${forOrders}, action: DENY`, 'allow-internal')],
  [authenticationWithoutPolicy, 'no policy', 'medium', authentication],
  [authenticationWithoutPolicy, 'a policy for the same Pods', 'silent', documents(authentication, examplePolicy(forOrders))],
  [
    authenticationWithoutPolicy,
    'a policy for the whole namespace',
    'silent',
    documents(authentication, examplePolicy('{}').replace('{ {} }', '{}')),
  ],
  [authenticationWithoutPolicy, 'a policy for other Pods', 'medium', documents(authentication, examplePolicy(forOthers))],
  [
    authenticationWithoutPolicy,
    'a policy that only logs',
    'medium',
    documents(authentication, examplePolicy(`${forOrders}, action: AUDIT`)),
  ],
  [authenticationWithoutPolicy, 'an APIRule on the same Pods', 'silent', documents(authentication, shop)],
  [
    authenticationWithoutPolicy,
    'one that the controller made',
    'silent',
    authentication.replace('namespace: shop', 'namespace: shop, labels: { apirule.gateway.kyma-project.io/name: orders }'),
  ],
  [strategiesMixed, 'public and protected rules of one APIRule', 'info', exampleApiRule([open, closed])],
  [strategiesMixed, 'public and protected rules of two APIRules', 'info', documents(rule, exampleApiRule([open], 'b', 'b.example.com'))],
  [
    strategiesMixed,
    'a public rule beside an authorizer',
    'silent',
    exampleApiRule([open, '{ path: /a, methods: [GET], extAuth: { authorizers: [p] } }']),
  ],
  [strategiesMixed, 'protected rules only', 'silent', rule],
  [handlerMixed, 'both on one Function', 'info', documents(exampleApiRule([open, closed]), exampleFunction())],
  [handlerMixed, 'both on a Service', 'silent', documents(exampleApiRule([open, closed]), exampleService)],
  [handlerMixed, 'protected rules on a Function', 'silent', documents(rule, exampleFunction())],
];

test.each(rows.map(([given, what, said, yaml]) => [given.id, what, said, given, yaml] as const))(
  '%s for %s: %s',
  (_, __, said, given, yaml) => {
    expect(severitiesOf(given, yaml)).toBe(said);
  },
);

test('a policy for everybody is shown by a call without a token', () => {
  const yaml = documents(shop, examplePolicy(`${forOrders}, rules: [{}]`));
  expect(rawFindings(policyAllowsAll, yaml)[0]).toMatchObject({
    request: 'GET https://orders.example.com/orders without a token',
    curl: 'curl -i --path-as-is https://orders.example.com/orders',
    actual: 'reaches Service shop/orders on port 8080',
  });
});

test('an exclusion is shown by a call from inside the cluster', () => {
  const yaml = documents(shop, examplePolicy(`${forOrders}, ${from(`notPrincipals: ["${ingress}"]`)}`));
  expect(rawFindings(policyPlaintextCallers, yaml)[0]).toMatchObject({
    path: ['spec', 'rules', 0, 'from', 0, 'source', 'notPrincipals'],
    request: 'GET http://orders.shop.svc.cluster.local:8080/orders from a Pod without a sidecar, without a token',
    curl: 'curl -i --path-as-is http://orders.shop.svc.cluster.local:8080/orders',
  });
});
