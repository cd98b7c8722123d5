/** An APIRule for the examples of rules. `rules` are lines of YAML in flow style; `spec` replaces its other lines. */
export function exampleApiRule(rules: readonly string[], spec = exampleSpec, metadata = 'name: orders, namespace: shop'): string {
  return `apiVersion: gateway.kyma-project.io/v2
kind: APIRule
metadata: { ${metadata} }
spec:
${spec}
  rules:${rules.length === 0 ? ' []' : ''}
${rules.map((rule) => `    - ${rule}`).join('\n')}
`;
}

/** Host, gateway and Service of the example. */
export const exampleSpec = specWith();

/** The lines of `spec` before `rules`, some of them replaced. */
export function specWith({
  hosts = 'hosts: [orders.example.com]',
  gateway = 'gateway: kyma-system/kyma-gateway',
  service = 'service: { name: orders, port: 8080 }',
} = {}): string {
  return [hosts, gateway, service].map((line) => `  ${line}`).join('\n');
}

/** A public rule of the example. */
export function publicRule(path: string, methods = 'GET', more = ''): string {
  return `{ path: "${path}", methods: [${methods}], noAuth: true${more} }`;
}

/** A rule of the example that asks for a token of these authentications, in flow style. */
export function jwtRule(authentications: string, authorizations?: string, path = '/orders'): string {
  const more = authorizations === undefined ? '' : `, authorizations: ${authorizations}`;
  return `{ path: "${path}", methods: [GET], jwt: { authentications: ${authentications}${more} } }`;
}

/** An issuer of the example, with more members in flow style. */
export function exampleIssuer(more = '', name = 'id'): string {
  return `{ issuer: "https://${name}.example.com", jwksUri: "https://${name}.example.com/keys"${more} }`;
}

/** Several documents of one stream. */
export function documents(...texts: readonly string[]): string {
  return texts.join('---\n');
}

/** A ConfigMap with one value. */
export function exampleConfigMap(namespace: string, name: string, key: string, lines: readonly string[]): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: ${namespace} }
data:
  ${key}: |
${lines.map((line) => `    ${line}`).join('\n')}
`;
}
