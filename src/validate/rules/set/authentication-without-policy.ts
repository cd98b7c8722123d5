import { meshNamespace } from '../../../model/mesh';
import { selectsIngress, type Selecting } from '../../../model/select-workload';
import { selectorIndex } from '../../../model/label-index';
import { groupBy } from '../../../model/group-by';
import { handMade } from '../../objects-of';
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
      if (policiesNear(input, selecting).some((policy) => mayShare(policy.selector, selecting.selector))) return [];
      return [{ manifest, path: ['spec'], message: 'no policy of the input asks for these tokens, so calls without one pass; one should' }];
    }),
};

/** Policies of the input and those that the controller makes, by namespace. */
function policiesNear(input: SetInput, { namespace, selector }: Selecting): readonly Selecting[] {
  const byNamespace = input.shared('deciding policies', () => {
    const deciding = input.istio.authorizationPolicies.filter(
      (policy) => (policy.action === 'ALLOW' || policy.action === 'DENY') && !selectsIngress(policy),
    );
    const groups = groupBy(deciding, (policy) => policy.namespace);
    return new Map([...groups].map(([name, group]) => [name, selectorIndex<Selecting>(group, (policy) => policy.selector)] as const));
  });
  return [...new Set([namespace, meshNamespace])].flatMap((name) => byNamespace.get(name)?.(selector) ?? []);
}

/** True unless a label that both ask for has two values. */
function mayShare(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return Object.entries(a).every(([key, value]) => b[key] === undefined || b[key] === value);
}
