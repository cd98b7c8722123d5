import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { atLeast } from '../../../src/model/check-result';
import { readManifests } from '../../../src/model/read-manifests';
import { securityFactRules } from '../../../src/validate/rules/security/security-fact-rules';
import { setRules } from '../../../src/validate/rules/set/set-rules';
import { rawFindings } from '../../support/rule-findings';

const rules = [...securityFactRules, ...setRules];

/** What bites in manifests, as `id place`. */
function bites(yaml: string): string[] {
  return rules.flatMap((rule) =>
    rawFindings(rule, yaml)
      .filter(({ severity = rule.severity }) => atLeast(severity, 'medium'))
      .map(({ path, message }) => `${rule.id} ${path.join('.')}: ${message}`),
  );
}

function apiRule(spec: string): string {
  return `apiVersion: gateway.kyma-project.io/v2
kind: APIRule
metadata: { name: httpbin, namespace: test }
spec:
  hosts: [httpbin.local.kyma.dev]
  service: { name: httpbin, namespace: test, port: 8000 }
  gateway: kyma-system/kyma-gateway
${spec}`;
}

const jwt = 'authentications: [{ issuer: https://example.com, jwksUri: https://example.com/.well-known/jwks.json }]';
const workload = `apiVersion: v1
kind: Service
metadata: { name: httpbin, namespace: test }
spec: { ports: [{ name: http, port: 8000, targetPort: 80 }], selector: { app: httpbin } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: httpbin, namespace: test }
spec:
  selector: { matchLabels: { app: httpbin } }
  template:
    metadata: { labels: { app: httpbin, version: v1 } }
    spec: { containers: [{ name: httpbin, image: httpbin }] }
`;

/** Layouts of Kyma's documentation, typed anew. */
test.each([
  ['a public workload', apiRule('  rules: [{ path: /*, methods: [GET], noAuth: true }]\n')],
  ['a workload behind tokens', apiRule(`  rules: [{ path: /headers, methods: [GET], jwt: { ${jwt} } }]\n`)],
  [
    'a workload behind tokens of Cloud Identity Services that are still to be named',
    apiRule(
      '  rules: [{ path: "/{**}", methods: [GET], jwt: { authentications: [{ issuer: "https://{YOUR_TENANT}.accounts.ondemand.com", jwksUri: "https://{YOUR_TENANT}.accounts.ondemand.com/oauth2/certs" }] } }]\n',
    ),
  ],
  [
    'variables that a shell fills in',
    apiRule('  rules: [{ path: /*, methods: [GET], jwt: { authentications: [{ issuer: "${ISSUER}", jwksUri: "${JWKS_URI}" }] } }]\n'),
  ],
  [
    'tokens in a header of its own',
    apiRule(
      `  rules: [{ path: /a, methods: [GET], jwt: { authentications: [{ issuer: https://example.com, jwksUri: https://example.com/.well-known/jwks.json, fromHeaders: [{ name: X-JWT-Assertion, prefix: "Kyma " }] }] } }]\n`,
    ),
  ],
  [
    'scopes and an audience',
    apiRule(
      `  rules: [{ path: /a, methods: [GET], jwt: { ${jwt}, authorizations: [{ requiredScopes: [read, write], audiences: [app1] }] } }]\n`,
    ),
  ],
  [
    'an authorizer with restrictions',
    apiRule(
      `  rules: [{ path: /get, methods: [GET], extAuth: { authorizers: [x-ext-authz], restrictions: { ${jwt}, authorizations: [{ audiences: [app1] }] } } }]\n`,
    ),
  ],
  [
    'paths with operators',
    apiRule(
      '  rules:\n    - { path: "/anything/{*}/one", methods: [POST], noAuth: true }\n    - { path: "/anything/{**}", methods: [GET], noAuth: true }\n',
    ),
  ],
  [
    'a public path before protected ones',
    apiRule(`  rules:\n    - { path: /healthz, methods: [GET], noAuth: true }\n    - { path: /*, methods: [GET], jwt: { ${jwt} } }\n`),
  ],
  [
    'several methods of the former allow handler',
    apiRule(
      '  rules:\n    - { path: /anything, methods: [POST], noAuth: true }\n    - { path: /headers, methods: [HEAD], noAuth: true }\n',
    ),
  ],
  [
    'a wildcard host',
    apiRule('  rules: [{ path: /headers, methods: [GET], noAuth: true }]\n')
      .replace('httpbin.local', '"*.local')
      .replace('.dev]', '.dev"]'),
  ],
  [
    'two Services on one host',
    apiRule(
      '  rules:\n    - { path: /headers, methods: [GET], noAuth: true }\n    - { path: /ip, methods: [GET], noAuth: true, service: { name: nginx, namespace: nginx, port: 80 } }\n',
    ),
  ],
  ['a Service with its Deployment', `${workload}---\n${apiRule(`  rules: [{ path: /*, methods: [GET], jwt: { ${jwt} } }]\n`)}`],
])('nothing bites in %s', (_, yaml) => {
  expect(bites(yaml)).toEqual([]);
});

test.each(['dev', 'prod'])('nothing bites in dist/%s', (environment) => {
  const folder = join(__dirname, '../../../dist', environment);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  const yaml = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('---\n');
  expect(readManifests(yaml, 'dist').manifests.length).toBeGreaterThan(5);
  expect(bites(yaml)).toEqual([]);
});
