import { nearName } from '../../near-name';
import { objectsByName, objectsOf } from '../../objects-of';
import type { Finding, SetInput, SetRule } from '../../rule';
import { exampleApiRule, exampleJwt } from '../security/example-api-rule';
import { documents } from '../security/example-workload';
import { exampleGateway } from './example-gateway';
import { defaultGateway, gatewayKind } from './gateway-facts';

const rule = exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]).replace(defaultGateway, 'shop/shop-gateway');

export const gatewayUnknown: SetRule = {
  id: 'gateway-unknown',
  layer: 'set',
  severity: 'info',
  also: { medium: 'when the input holds other Gateways' },
  title: 'The Gateway of an APIRule is in the input',
  why: 'The controller sets an APIRule whose Gateway it does not find to Error and creates nothing; it looks again only after half an hour.',
  fix: 'Check the name, or add the Gateway to the input.',
  refs: ['Kyma documentation, APIRule custom resource, spec.gateway'],
  bad: documents(rule, exampleGateway('shop-gate', '*.example.com')),
  good: documents(rule, exampleGateway('shop-gateway', '*.example.com')),
  checkSet: (input) =>
    input.cluster.apiRules.flatMap(({ manifest, gateway, externalGateway }) => [
      ...missing(input, manifest, 'gateway', gateway, gatewayKind),
      ...missing(input, manifest, 'externalGateway', externalGateway, 'ExternalGateway.gateway.kyma-project.io'),
    ]),
};

function missing(input: SetInput, manifest: Finding['manifest'], member: string, name: string | undefined, kind: string): Finding[] {
  // Every Kyma cluster has the default Gateway, and nobody writes it down.
  if (name === undefined || name === defaultGateway || objectsByName(input, kind).has(name)) return [];
  const near = nearName(name, [...objectsByName(input, kind).keys()]);
  const message = `Gateway ${name} is not in the input${near === undefined ? '' : `; did you mean "${near}"?`}`;
  const severity = objectsOf(input, kind).length > 0 ? 'medium' : 'info';
  return [{ manifest, path: ['spec', member], message, severity }];
}
