/** A Service of the examples: `shop/orders`, which selects `app: orders`. */
export const exampleService = `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ port: 8080 }] }
`;

/** A Deployment behind it; `labels` are further labels of its Pods, as members of a flow mapping. */
export function exampleDeployment(labels = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders${labels === '' ? '' : `, ${labels}`} } }
    spec: { containers: [{ name: orders, image: orders }] }
`;
}

/** A Namespace of the examples; `labels` as members of a flow mapping. */
export function exampleNamespace(labels = ''): string {
  return `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { ${labels} } }
`;
}

/** A Function `shop/orders`; `spec` as further members of a flow mapping. */
export function exampleFunction(spec = ''): string {
  return `apiVersion: serverless.kyma-project.io/v1alpha2
kind: Function
metadata: { name: orders, namespace: shop }
spec: { runtime: nodejs22, source: { inline: { source: 'module.exports = { main: () => 1 };' } }${spec === '' ? '' : `, ${spec}`} }
`;
}

/** An AuthorizationPolicy in namespace `shop`; `spec` as members of a flow mapping. */
export function examplePolicy(spec: string, name = 'manual'): string {
  return `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ${name}, namespace: shop }
spec: { ${spec} }
`;
}

/** Several documents as one stream. */
export function documents(...texts: readonly string[]): string {
  return texts.join('---\n');
}
