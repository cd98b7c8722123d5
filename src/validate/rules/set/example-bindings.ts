/** A ServiceInstance `shop/NAME`, for the examples of rules. */
export function exampleInstance(name: string): string {
  return `apiVersion: services.cloud.sap.com/v1
kind: ServiceInstance
metadata: { name: ${name}, namespace: shop }
spec: { serviceOfferingName: xsuaa, servicePlanName: application }
`;
}

/** A ServiceBinding `shop/NAME` of an instance; `more` as further members of its spec. */
export function exampleBinding(name: string, instance = 'xsuaa', more = ''): string {
  return `apiVersion: services.cloud.sap.com/v1
kind: ServiceBinding
metadata: { name: ${name}, namespace: shop }
spec: { serviceInstanceName: ${instance}${more === '' ? '' : `, ${more}`} }
`;
}
