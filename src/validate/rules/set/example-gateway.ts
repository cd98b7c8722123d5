/** A Gateway `shop/NAME` that serves one host, for the examples of rules. */
export function exampleGateway(name: string, host: string): string {
  return `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: ['${host}'] }]
`;
}
