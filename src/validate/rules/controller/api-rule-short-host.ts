import { attributeFailure } from '../../../model/controller/controller-words';
import { gatewayDomain } from '../../../model/controller/gateway-domain';
import { isShortHost } from '../../../model/names';
import { objectsByName } from '../../objects-of';
import type { Finding, SetRule } from '../../rule';
import { exampleDefaultGateway } from './example-external-gateway';
import { documents, exampleApiRule, publicRule, specWith } from './example-gateway-objects';

const rule = exampleApiRule([publicRule('/orders')], specWith({ hosts: 'hosts: [orders]' }));
const words =
  'Lowercase RFC 1123 label (short host) is only supported as the APIRule host when selected Gateway has a single host definition matching *.<fqdn> format';

export const apiRuleShortHost: SetRule = {
  id: 'api-rule-short-host',
  layer: 'controller',
  severity: 'high',
  title: 'A host of one label has a Gateway with one wildcard host',
  why: 'The controller takes the domain from the Gateway, and refuses the APIRule when the Gateway has several hosts, or one without "*.".',
  fix: 'Give the full host name.',
  refs: ['Kyma documentation, APIRule custom resource, spec.hosts'],
  bad: documents(rule, exampleDefaultGateway('orders.example.com')),
  good: documents(rule, exampleDefaultGateway()),
  checkSet: (input) =>
    input.cluster.apiRules.flatMap(({ manifest, hosts, gateway = '' }) => {
      const found = objectsByName(input, 'Gateway.networking.istio.io').get(gateway);
      if (!found || gatewayDomain(found.body) !== undefined) return [];
      return hosts.flatMap((host, index): Finding[] => {
        if (!isShortHost(host)) return [];
        const message = `"${host}" is a label, but Gateway ${gateway} has not exactly one host that begins with "*."`;
        return [{ manifest, path: ['spec', 'hosts', index], message, reason: attributeFailure(`.spec.hosts[${index}]`, words) }];
      });
    }),
};
