/** An APIRule with one public rule, for examples; `lines` go below `spec` and replace nothing. */
export function exampleSpec(lines: string, rule = '{ path: /*, methods: [GET], noAuth: true }', version = 'v2'): string {
  return `apiVersion: gateway.kyma-project.io/${version}
kind: APIRule
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  gateway: kyma-system/kyma-gateway
  service: { name: orders, port: 8080 }
  rules:
    - ${rule}
${lines}`;
}

/** A Function with inline source; `lines` go below `spec`. */
export function exampleFunction(lines: string, version = 'v1alpha2'): string {
  return `apiVersion: serverless.kyma-project.io/${version}
kind: Function
metadata: { name: location, namespace: geo }
spec:
  runtime: nodejs22
  source: { inline: { source: "module.exports = { main: () => 'ok' }" } }
${lines}`;
}
