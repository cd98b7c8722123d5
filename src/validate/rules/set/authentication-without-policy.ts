import { meshNamespace } from '../../../model/mesh';
import { selectsIngress, type Selecting } from '../../../model/select-workload';
import { groupBy, handMade } from '../../objects-of';
import type { Finding, SetInput, SetRule } from '../../rule';
import { documents, examplePolicy } from '../security/example-workload';
import { selectingOf } from './hand-made-policies';

const authentication = `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: tokens, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  jwtRules: [{ issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/keys' }]
`;
const requiring = 'action: ALLOW, rules: [{ from: [{ source: { requestPrincipals: ["https://id.example.com/*"] } }] }]';

export const authenticationWithoutPolicy: SetRule = {
  id: 'authentication-without-policy',
  layer: 'set',
  severity: 'medium',
  title: 'A RequestAuthentication has a policy that asks for its tokens',
  why: 'A RequestAuthentication refuses wrong tokens only. A request without a token passes, so alone it protects nothing.',
  fix: 'Add an AuthorizationPolicy for the same Pods that asks for requestPrincipals, or use an APIRule with jwt.',
  refs: ['Istio documentation, RequestAuthentication, "requests without credentials are accepted"', 'CWE-306'],
  bad: documents(authentication, examplePolicy(`selector: { matchLabels: { app: other } }, ${requiring}`)),
  good: documents(authentication, examplePolicy(`selector: { matchLabels: { app: orders } }, ${requiring}`)),
  checkSet: (input) =>
    handMade(input, 'RequestAuthentication.security.istio.io').flatMap((manifest): Finding[] => {
      const selecting = selectingOf(manifest);
      if (policiesNear(input, selecting.namespace).some((policy) => mayShare(policy.selector, selecting.selector))) return [];
      return [{ manifest, path: ['spec'], message: 'no policy of the input asks for these tokens, so calls without one pass; one should' }];
    }),
};

function policiesNear(input: SetInput, namespace: string): readonly Selecting[] {
  const policies = input.shared('deciding policies', () =>
    groupBy(
      input.istio.authorizationPolicies.filter(
        (policy) => (policy.action === 'ALLOW' || policy.action === 'DENY') && !selectsIngress(policy),
      ),
      (policy) => policy.namespace,
    ),
  );
  return [...(policies.get(namespace) ?? []), ...(namespace === meshNamespace ? [] : (policies.get(meshNamespace) ?? []))];
}

/** True unless a label that both ask for has two values. */
function mayShare(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return Object.entries(a).every(([key, value]) => b[key] === undefined || b[key] === value);
}
