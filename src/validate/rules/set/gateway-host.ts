import { hostIn } from '../../../model/cluster';
import { isShortHost } from '../../../model/names';
import { objectsByName } from '../../objects-of';
import type { Finding, SetRule } from '../../rule';
import { exampleApiRule, exampleJwt } from '../security/example-api-rule';
import { documents } from '../security/example-workload';
import { exampleGateway } from './example-gateway';
import { covers, defaultGateway, gatewayKind, servedHosts } from './gateway-facts';

const rule = exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]).replace(defaultGateway, 'shop/shop-gateway');

export const gatewayHost: SetRule = {
  id: 'gateway-host',
  layer: 'set',
  severity: 'medium',
  title: 'The Gateway of an APIRule serves its host',
  why: 'Nobody checks it: the APIRule becomes Ready, and calls end with 404 or without a connection, because no server of the Gateway listens for the host.',
  fix: 'Name a host that the Gateway serves, or another Gateway.',
  refs: ['Istio reference, Gateway, Server, hosts'],
  bad: documents(rule, exampleGateway('shop-gateway', '*.example.org')),
  good: documents(rule, exampleGateway('shop-gateway', '*.example.com')),
  checkSet: (input) =>
    input.cluster.apiRules.flatMap((apiRule) => {
      const gateway = objectsByName(input, gatewayKind).get(apiRule.gateway ?? '');
      const served = gateway ? servedHosts(gateway) : [];
      if (served.length === 0) return [];
      return apiRule.hosts.flatMap((written, index): Finding[] => {
        const host = hostIn(input.cluster, apiRule, written);
        // A label stays one when the Gateway has several hosts; that is for the controller to refuse.
        if (isShortHost(host) || served.some((pattern) => covers(pattern, host))) return [];
        const message = `Gateway ${apiRule.gateway ?? ''} does not serve ${host}; it serves ${served.join(', ')}`;
        return [{ manifest: apiRule.manifest, path: ['spec', 'hosts', index], message }];
      });
    }),
};
