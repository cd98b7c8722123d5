import { hostIn } from '../../model/cluster';
import { groupBy } from '../../model/group-by';
import { namespaceOf } from '../../model/object-ref';
import { ownerOf } from '../live/owner';
import type { LiveCheck } from './finding';

export const foreignVirtualService: LiveCheck = {
  id: 'foreign-virtual-service',
  severity: 'high',
  title: 'The hosts of an APIRule have no other VirtualService',
  why: 'Of two VirtualServices of one host Istio obeys one, the older as a rule: its routes decide, and the controller refuses the APIRule.',
  fix: 'Give the VirtualService another host, or move its routes into the APIRule.',
  check: ({ cluster, manifests }) => {
    const hosts = cluster.apiRules.flatMap((apiRule) =>
      apiRule.hosts.map((host) => ({ host: hostIn(cluster, apiRule, host), owner: `${apiRule.namespace}/${apiRule.name}` })),
    );
    const owners = groupBy(hosts, ({ host }) => host);
    const services = new Map(cluster.istio.virtualServices.map((service) => [`${service.namespace}/${service.name}`, service]));
    return manifests
      .filter((manifest) => manifest.kind === 'VirtualService')
      .flatMap((manifest) => {
        const service = services.get(`${namespaceOf(manifest)}/${manifest.name}`);
        if (!service || service.gateways.every((gateway) => gateway === 'mesh')) return [];
        const made = ownerOf(manifest);
        const taken = service.hosts.flatMap((host) => (owners.get(host) ?? []).filter(({ owner }) => owner !== made));
        return taken.map(({ host, owner }) => ({
          manifest,
          path: ['spec', 'hosts'],
          message: `has host ${host}, which belongs to APIRule ${owner}`,
        }));
      });
  },
};
