import { printIstio } from '../../../src/model/print-istio';
import { clusterOf } from '../../../src/model/cluster';
import { readManifests } from '../../../src/model/read-manifests';
import { apiRuleText, findingLines, jwtText } from '../../support/validate';

const service =
  'apiVersion: v1\nkind: Service\nmetadata: { name: orders, namespace: shop }\nspec: { selector: { app: orders }, ports: [{ port: 8080 }] }\n---\n';
const closed = apiRuleText([`{ path: /, methods: [GET], ${jwtText()} }`, '{ path: "/{*}", methods: [GET], noAuth: true }']);
const open = apiRuleText([`{ path: /, methods: [GET], ${jwtText()} }`, '{ path: "/{**}", methods: [GET], noAuth: true }']);
const ids = ['hole-anonymous', 'api-rule-objects-differ', 'access-undecided'];

/** What the controller makes of an APIRule, as a cluster gives it out. */
function made(text: string): string {
  const { manifests } = readManifests(service + text, 'test.yaml');
  return printIstio(clusterOf(manifests).cluster)
    .map(({ object }, at) => JSON.stringify({ ...object, metadata: { ...(object['metadata'] as object), name: `made-${at}` } }))
    .map((object) => `${object}\n---\n`)
    .join('');
}

const forged = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: x, namespace: shop, labels: { apirule.gateway.kyma-project.io/name: orders, apirule.gateway.kyma-project.io/namespace: shop } }
spec: { selector: { matchLabels: { app: orders } }, action: DENY, rules: [{}] }
---
`;

test.each<[string, string, string[]]>([
  ['objects of its own', service + closed + made(closed), []],
  ['open objects of its own', service + open + made(open), ['fail critical hole-anonymous spec.rules[0]']],
  [
    'objects of the closed rules of yesterday',
    service + open + made(closed),
    ['fail critical hole-anonymous spec.rules[0]', 'warn info api-rule-objects-differ spec'],
  ],
  [
    'objects of the open rules of yesterday',
    service + closed + made(open),
    ['fail critical hole-anonymous spec.rules[0]', 'warn info api-rule-objects-differ spec'],
  ],
  [
    'a policy with labels that are not its own, which refuses everybody',
    service + open + forged,
    ['fail critical hole-anonymous spec.rules[0]', 'warn info api-rule-objects-differ spec'],
  ],
])('beside an APIRule stand %s', async (_, text, lines) => {
  expect((await findingLines(text, ids)).sort()).toEqual(lines);
});
