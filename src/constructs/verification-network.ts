import { k8s } from 'cdk8s-plus-27';
import type { VerificationNetwork } from './verification-props';

/** Addresses of networks that are no part of the internet. @see RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291 */
const privateNetworks = ['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];
const privateNetworks6 = ['::1/128', 'fc00::/7', 'fe80::/10'];

const publicNetworks: readonly k8s.NetworkPolicyPeer[] = [
  { ipBlock: { cidr: '0.0.0.0/0', except: [...privateNetworks] } },
  { ipBlock: { cidr: '::/0', except: [...privateNetworks6] } },
];

const namespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });

/** The name servers of the cluster, on the port of their Service and on those of their Pods; and the cache that some clusters run on each node. */
const dns: k8s.NetworkPolicyEgressRule = {
  to: [namespace('kube-system'), { ipBlock: { cidr: '169.254.20.10/32' } }],
  ports: [53, 8053].flatMap((port) => [portOf(port, 'UDP'), portOf(port)]),
};

/** Where calls of the cluster to its own public address end: at the Pods of the gateway, on their own ports. */
const ingressGateway: k8s.NetworkPolicyEgressRule = {
  to: [{ ...namespace('istio-system'), podSelector: { matchLabels: { app: 'istio-ingressgateway' } } }],
  ports: [portOf(80), portOf(443), portOf(8080), portOf(8443)],
};

/** Lets Pods of the verification reach DNS, targets and issuers, and lets nobody reach them. */
export function networkPolicySpec(network: VerificationNetwork, selector: Readonly<Record<string, string>>): k8s.NetworkPolicySpec {
  const blocks = (cidrs: readonly string[] | undefined) => cidrs?.map((cidr) => ({ ipBlock: { cidr } })) ?? [...publicNetworks];
  return {
    podSelector: { matchLabels: { ...selector } },
    policyTypes: ['Ingress', 'Egress'],
    egress: [
      dns,
      ...(network.targets ? [] : [ingressGateway]),
      { to: blocks(network.targets), ports: [portOf(80), portOf(443)] },
      { to: blocks(network.issuers), ports: [portOf(443)] },
    ],
  };
}

function portOf(port: number, protocol: 'TCP' | 'UDP' = 'TCP'): k8s.NetworkPolicyPort {
  return { protocol, port: k8s.IntOrString.fromNumber(port) };
}
