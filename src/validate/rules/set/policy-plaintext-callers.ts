import type { JsonObject } from '../../../model/json';
import { listAt, objectAt, objectsAt } from '../../../model/json-fields';
import { samplePath } from '../../../model/sample-paths';
import { shellWord } from '../../../model/shell-word';
import type { Exposure } from '../../exposures-of';
import type { Finding, SetInput, SetRule } from '../../rule';
import { exampleApiRule, exampleJwt } from '../security/example-api-rule';
import { documents, examplePolicy, exampleService } from '../security/example-workload';
import { handMadePolicies, protectedBehind, type HandMadePolicy } from './hand-made-policies';

const rule = exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]);

function exampleOf(source: string): string {
  const policy = examplePolicy(`selector: { matchLabels: { app: orders } }, action: ALLOW, rules: [{ from: [{ source: { ${source} } }] }]`);
  return documents(rule, exampleService, policy);
}

export const policyPlaintextCallers: SetRule = {
  id: 'policy-plaintext-callers',
  layer: 'set',
  severity: 'medium',
  also: { low: 'when no protected rule leads to these Pods' },
  title: 'Callers inside the cluster are named, not excluded',
  why: 'A caller without mTLS has no identity, so an exclusion never applies to it: every Pod of the cluster gets in without a token, also one without a sidecar.',
  fix: 'List the callers under principals or namespaces instead of excluding others.',
  refs: ['Istio reference, AuthorizationPolicy, Source, notPrincipals', 'CWE-183'],
  bad: exampleOf('notPrincipals: [cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account]'),
  good: exampleOf('principals: [cluster.local/ns/shop/sa/shop]'),
  checkSet: (input) =>
    handMadePolicies(input).flatMap((policy) =>
      policy.action === 'ALLOW' ? policy.rules.flatMap(([rule, index]) => findings(input, policy, rule, index)) : [],
    ),
};

function findings(input: SetInput, policy: HandMadePolicy, rule: JsonObject, index: number): Finding[] {
  return objectsAt(rule, 'from').flatMap(([from, position]): Finding[] => {
    const source = objectAt(from, 'source');
    const member = ['notPrincipals', 'notNamespaces'].find((name) => listAt(source, name).length > 0);
    if (member === undefined || ['principals', 'namespaces', 'requestPrincipals'].some((name) => listAt(source, name).length > 0))
      return [];
    const path = ['spec', 'rules', index, 'from', position, 'source', member];
    const message = `${member} lets every caller without mTLS in; callers should be named with principals or namespaces`;
    const open = protectedBehind(input, policy);
    if (open === undefined || open === 'unknown')
      return [{ manifest: policy.manifest, path, message, severity: open === undefined ? 'low' : 'medium' }];
    return [{ manifest: policy.manifest, path, message, ...witness(open) }];
  });
}

function witness({ namespace, service, port, rule }: Exposure): Pick<Finding, 'request' | 'expected' | 'actual' | 'curl' | 'reason'> {
  const url = `http://${service}.${namespace}.svc.cluster.local:${port}${samplePath(rule.path)}`;
  const method = rule.methods[0] ?? 'GET';
  return {
    request: `${method} ${url} from a Pod without a sidecar, without a token`,
    expected: 'refused: 403',
    actual: `reaches Service ${namespace}/${service} on port ${port}`,
    curl: ['curl', '-i', '--path-as-is', ...(method === 'GET' ? [] : ['-X', method]), shellWord(url)].join(' '),
    reason: 'deduced: a caller without mTLS has no principal, and the mesh takes plain text as long as no PeerAuthentication forbids it',
  };
}
