import type { CheckResult } from '../../src/model/check-result';
import { readDocuments } from '../../src/model/read-manifests';
import { runValidate, type ValidateOptions } from '../../src/validate/validate';
import { requireToldSeverities } from './severity-range';

/** What validate says of a text of manifests. */
export async function validateText(text: string, options: ValidateOptions = {}): Promise<readonly CheckResult[]> {
  const { results } = await runValidate({ documents: readDocuments(text, 'test.yaml'), options });
  requireToldSeverities(results);
  return results;
}

/** The findings of some rules (all by default), a line each: `status severity id path`. */
export async function findingLines(text: string, ids?: readonly string[], options: ValidateOptions = {}): Promise<string[]> {
  const results = await validateText(text, options);
  return results
    .filter(({ id, status }) => status !== 'pass' && status !== 'skip' && (ids === undefined || ids.includes(id)))
    .map(({ id, status, severity, where }) => `${status} ${severity} ${id} ${where.path ?? ''}`.trim());
}

/** An APIRule as people write it; each rule is a line of YAML in flow style. */
export function apiRuleText(rules: readonly string[], { name = 'orders', host = 'orders.example.com', service = 'orders' } = {}): string {
  return `apiVersion: gateway.kyma-project.io/v2
kind: APIRule
metadata: { name: ${name}, namespace: shop }
spec:
  hosts: ["${host}"]
  gateway: kyma-system/kyma-gateway
  service: { name: ${service}, port: 8080 }
  rules:
${rules.map((rule) => `    - ${rule}`).join('\n')}
---
`;
}

/** A strategy that trusts an issuer, as a member of a rule in flow style. */
export function jwtText(issuer = 'https://id.example.com', authorizations = '[{ audiences: [orders] }]'): string {
  return `jwt: { authentications: [{ issuer: "${issuer}", jwksUri: "${issuer}/keys" }], authorizations: ${authorizations} }`;
}
