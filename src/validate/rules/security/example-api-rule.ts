/** An APIRule with some rules, for the examples of rules; each rule is a line of YAML in flow style. */
export function exampleApiRule(rules: readonly string[], name = 'orders', host = 'orders.example.com'): string {
  return `apiVersion: gateway.kyma-project.io/v2
kind: APIRule
metadata: { name: ${name}, namespace: shop }
spec:
  hosts: [${host}]
  gateway: kyma-system/kyma-gateway
  service: { name: orders, port: 8080 }
  rules:
${rules.map((rule) => `    - ${rule}`).join('\n')}
`;
}

/** Strategy of a rule that trusts one issuer, as a member of a flow mapping. */
export const exampleJwt = jwtOf('https://id.example.com/realms/main');

/** Strategy that trusts an issuer, with what its tokens must carry. */
export function jwtOf(issuer: string, authorizations = '[{ audiences: [orders] }]'): string {
  return `jwt: { authentications: [{ issuer: '${issuer}', jwksUri: '${issuer}/keys' }], authorizations: ${authorizations} }`;
}
