/** An ExternalGateway `shop/NAME` for the examples of rules. */
export function exampleExternalGateway(name = 'partner', domain = 'partner.example.com', subdomain = 'external'): string {
  return `apiVersion: gateway.kyma-project.io/v1alpha1
kind: ExternalGateway
metadata: { name: ${name}, namespace: shop }
spec:
  externalDomain: ${domain}
  internalDomain: { kymaSubdomain: ${subdomain} }
  region: eu10
  regionsConfigMap: regions
  caSecretRef: { name: partner-ca }
`;
}

/** The Gateway of every Kyma cluster, with its wildcard host. */
export function exampleDefaultGateway(host = '*.example.com'): string {
  return `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: kyma-gateway, namespace: kyma-system }
spec: { servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: ["${host}"] }] }
`;
}
