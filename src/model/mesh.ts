/** Identity of the ingress gateway inside the mesh; every request from outside arrives with it. */
export const ingressPrincipal = 'cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account';

/** Namespace whose policies apply to the whole mesh. */
export const meshNamespace = 'istio-system';

/** Labels of the Pods of the ingress gateway. */
export const ingressLabels: Readonly<Record<string, string>> = { app: 'istio-ingressgateway', istio: 'ingressgateway' };
