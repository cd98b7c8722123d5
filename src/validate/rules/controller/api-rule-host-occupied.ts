import { hostIn } from '../../../model/cluster';
import { attributeFailure } from '../../../model/controller/controller-words';
import { listAt, objectAt, textOf } from '../../../model/json-fields';
import type { Manifest } from '../../../model/manifest';
import { objectsOf, placeOf } from '../../objects-of';
import type { Finding, SetInput, SetRule } from '../../rule';
import { documents, exampleApiRule, publicRule } from './example-gateway-objects';

const group = 'apirule.gateway.kyma-project.io';
const rule = exampleApiRule([publicRule('/orders')]);
const route = (host: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: manual, namespace: shop }
spec: { hosts: [${host}], http: [{ route: [{ destination: { host: orders } }] }] }
`;

export const apiRuleHostOccupied: SetRule = {
  id: 'api-rule-host-occupied',
  layer: 'controller',
  severity: 'high',
  title: 'No VirtualService of somebody else has the host of an APIRule',
  why: 'The controller refuses the APIRule, whatever namespace and Gateway the other VirtualService has.',
  fix: 'Give the APIRule another host, or remove it from the VirtualService.',
  refs: ['Kyma documentation, APIRule troubleshooting, host is occupied'],
  bad: documents(rule, route('orders.example.com')),
  good: documents(rule, route('"*.example.com"')),
  checkSet(input) {
    const occupied = input.shared('hosts of virtual services', () => occupiedHosts(input));
    return input.cluster.apiRules.flatMap((apiRule) =>
      apiRule.hosts.flatMap((host, index): Finding[] => {
        const full = hostIn(input.cluster, apiRule, host);
        const other = occupied.get(full)?.find((manifest) => isForeign(input, manifest, placeOf(apiRule.manifest)));
        if (!other) return [];
        const message = `host ${full} belongs to VirtualService ${placeOf(other)} already`;
        const reason = attributeFailure(`.spec.hosts[${index}]`, 'Host is occupied by another Virtual Service');
        return [{ manifest: apiRule.manifest, path: ['spec', 'hosts', index], message, reason }];
      }),
    );
  },
};

function occupiedHosts(input: SetInput): ReadonlyMap<string, readonly Manifest[]> {
  const occupied = new Map<string, Manifest[]>();
  for (const manifest of objectsOf(input, 'VirtualService.networking.istio.io')) {
    for (const host of listAt(objectAt(manifest.body, 'spec'), 'hosts').map(textOf)) {
      occupied.set(host, [...(occupied.get(host) ?? []), manifest]);
    }
  }
  return occupied;
}

/** One that was made of another APIRule of the input is told where the two APIRules are. */
function isForeign(input: SetInput, { labels }: Manifest, own: string): boolean {
  const [namespace, name] = own.split('/');
  const legacy = labels[`${group}/v1beta1`];
  if (legacy !== undefined) return legacy !== `${name ?? ''}.${namespace ?? ''}`;
  const owner = `${labels[`${group}/namespace`] ?? ''}/${labels[`${group}/name`] ?? ''}`;
  const known = input.shared('places of api rules', () => new Set(input.cluster.apiRules.map(({ manifest }) => placeOf(manifest))));
  return owner !== own && !known.has(owner);
}
