import { createHash } from 'node:crypto';

/** Longest name that is taken as it is. */
const nameLimit = 45;

/** Name from which the controller builds those of all objects that it makes of an ExternalGateway. */
export function externalGatewayBase(name: string): string {
  if (name.length <= nameLimit) return name;
  return `${name.slice(0, 37)}-${createHash('sha256').update(name).digest('hex').slice(0, 7)}`;
}

/** `namespace/name` of the Istio Gateway that the controller makes of an ExternalGateway `namespace/name`. */
export function generatedGateway(externalGateway: string): string {
  const [namespace = '', name = ''] = externalGateway.split('/');
  return `${namespace}/${externalGatewayBase(name)}-gw`;
}
