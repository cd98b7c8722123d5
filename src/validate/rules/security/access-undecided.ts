import { exposuresByWorkload, isProtected } from '../../exposures-of';
import type { Finding, SetInput, SetRule } from '../../rule';
import { searchOf } from '../../search-of';
import { exampleApiRule, exampleJwt } from './example-api-rule';

const rule = exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]);

export const accessUndecided: SetRule = {
  id: 'access-undecided',
  layer: 'security',
  severity: 'medium',
  title: 'The input tells of every protected rule whether it is closed',
  why: 'What decides about the request is not in the input, so nobody can say that the rule is closed.',
  fix: 'Add what is missing to the input, or read it with --context.',
  refs: ['docs/access-model.md'],
  bad: `${rule}---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: perhaps, namespace: shop }
spec: { selector: { matchLabels: { tier: web } }, action: ALLOW, rules: [{ to: [{ operation: { methods: [GET] } }] }] }
`,
  good: rule,
  checkSet: (input) => [...openQuestions(input), ...unfinished(input), ...incompleteHosts(input)],
};

function openQuestions(input: SetInput): Finding[] {
  return searchOf(input).undecided.map(({ intent, request, missing }) => ({
    manifest: intent.apiRule.manifest,
    path: ['spec', 'rules', intent.index],
    message: `cannot tell whether ${request.method} ${request.path} is closed: ${missing}`,
    undecided: true,
  }));
}

function unfinished(input: SetInput): Finding[] {
  return searchOf(input).incomplete.flatMap(({ host, why, search }) =>
    search.scope.apiRules.slice(0, 1).map(({ manifest }) => ({
      manifest,
      path: ['spec', 'hosts'],
      message: `host ${host} is not searched to the end: ${why}`,
      undecided: true,
    })),
  );
}

/** A host of one label may lie below the wildcard of another APIRule that leads to the same Pods; the domain decides, and what is open there. */
function incompleteHosts(input: SetInput): Finding[] {
  return [...exposuresByWorkload(input).values()].flatMap((exposures) => {
    const wild = exposures.find(({ host }) => host.startsWith('*'));
    const short = exposures.filter((exposure) => !/[.*]/.test(exposure.host) && isProtected(exposure));
    const apiRules = new Set(wild ? short.map(({ apiRule }) => apiRule) : []);
    return [...apiRules].map(({ manifest, hosts }) => ({
      manifest,
      path: ['spec', 'hosts', 0],
      message: `cannot tell whether host "${hosts[0] ?? ''}" lies below ${wild?.host ?? ''} of APIRule ${wild?.apiRule.namespace ?? ''}/${wild?.apiRule.name ?? ''}, which leads to the same Pods: the domain that completes it is not in the input`,
      fix: 'Give the domain of the cluster with --domain, or the Gateway with --context.',
      undecided: true,
    }));
  });
}
