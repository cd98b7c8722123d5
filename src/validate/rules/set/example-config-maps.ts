/** A ConfigMap of the examples, in namespace `shop`. */
export function exampleConfigMap(name: string, namespace = 'shop'): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: ${namespace} }
data: { file: text }
`;
}

/** A Deployment whose Pods mount a ConfigMap. */
export function mountingConfigMap(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers: [{ name: orders, image: orders, volumeMounts: [{ name: files, mountPath: /files }] }]
      volumes: [{ name: files, configMap: { name: ${name} } }]
`;
}
