import { decide } from '../../src/model/decide';
import type { JsonObject } from '../../src/model/json';
import { ingressPrincipal } from '../../src/model/mesh';
import { apiRule, istioFrom, nothing, policy, request, rule, service, status } from '../support/model';

const jwt = {};
const orders = istioFrom(apiRule([rule('/health', 'GET'), rule('/{**}', 'GET,POST', jwt)]), service());

describe('policies', () => {
  const open = apiRule([rule('/a', 'GET')]);
  const protectedRule = apiRule([rule('/a', 'GET', jwt)]);
  const ingress = { from: [{ source: { principals: [ingressPrincipal] } }] };
  const custom = { path: '/a', methods: ['GET'], extAuth: { authorizers: ['proxy'] } };

  test.each([
    ['an open ALLOW policy beside a protected rule', protectedRule, { rules: [{}] }, 200],
    ['a closed baseline beside a public rule', open, {}, 200],
    ['a closed baseline beside a protected rule', protectedRule, { action: 'ALLOW' }, 403],
    ['a DENY policy for the path', open, { action: 'DENY', rules: [{ to: [{ operation: { paths: ['/a'] } }] }] }, 403],
    ['a DENY policy for another path', open, { action: 'DENY', rules: [{ to: [{ operation: { paths: ['/b'] } }] }] }, 200],
    [
      'a DENY policy for all but the ingress gateway',
      open,
      { action: 'DENY', rules: [{ from: [{ source: { notPrincipals: [ingressPrincipal] } }] }] },
      200,
    ],
    ['a DENY policy without rules', open, { action: 'DENY' }, 200],
    ['an AUDIT policy', open, { action: 'AUDIT', rules: [{}] }, 200],
    ['an ALLOW policy for the ingress gateway', protectedRule, { rules: [ingress] }, 200],
    ['an ALLOW policy for others', protectedRule, { rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] }, 403],
    ['an ALLOW policy on addresses', protectedRule, { rules: [{ from: [{ source: { ipBlocks: ['10.0.0.0/8'] } }] }] }, 'unknown'],
    ['an ALLOW policy on ports', protectedRule, { rules: [{ to: [{ operation: { ports: ['80'] } }] }] }, 'unknown'],
    ['an ALLOW policy on a header', protectedRule, { rules: [{ when: [{ key: 'request.headers[X-Key]', values: ['a'] }] }] }, 403],
    [
      'a DENY policy on a condition nobody knows',
      open,
      { action: 'DENY', rules: [{ when: [{ key: 'source.ip', values: ['1.1.1.1'] }] }] },
      'unknown',
    ],
    [
      'a DENY policy for requests without identity',
      open,
      { action: 'DENY', rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }] }] },
      403,
    ],
    ['a policy of other Pods', protectedRule, { selector: { matchLabels: { app: 'other' } }, rules: [{}] }, 403],
    ['a policy of perhaps the same Pods', protectedRule, { selector: { matchLabels: { tier: 'x' } }, rules: [{}] }, 'unknown'],
    ['a policy of the whole namespace', protectedRule, { selector: null, rules: [{}] }, 200],
    ['a CUSTOM policy for the path', open, { action: 'CUSTOM', provider: { name: 'p' }, rules: [{}] }, 'unknown'],
    ['a CUSTOM policy where a token is missing anyway', protectedRule, { action: 'CUSTOM', provider: { name: 'p' }, rules: [{}] }, 403],
  ])('%s', (_name, objects, spec: JsonObject, expected) => {
    expect(status(istioFrom(objects, service(), policy(spec)), request('GET /a'))).toBe(expected);
  });

  test('a policy of the mesh counts in every namespace', () => {
    const mesh = { ...policy({ selector: null, action: 'DENY', rules: [{}] }), metadata: { name: 'm', namespace: 'istio-system' } };
    expect(status(istioFrom(open, service(), mesh), request('GET /a'))).toBe(403);
  });

  test('a policy on the ingress gateway itself leaves the decision open', () => {
    const spec = { selector: { matchLabels: { istio: 'ingressgateway' } }, rules: [{}] };
    const atGateway = { ...policy(spec), metadata: { name: 'm', namespace: 'istio-system' } };
    expect(status(istioFrom(open, service(), atGateway), request('GET /a'))).toBe('unknown');
  });

  test('an external authorizer that is not in the input is named', () => {
    const { verdict, missing } = decide(istioFrom(apiRule([custom]), service()), request('GET /a'), nothing);
    expect([verdict, missing]).toEqual(['unknown', 'unknown because the external authorizer proxy is not in the input']);
  });

  test('a header condition holds for the header that a client may send', () => {
    const keyed = policy({ rules: [{ when: [{ key: 'request.headers[X-Key]', values: ['a*'] }] }] });
    expect(status(istioFrom(protectedRule, service(), keyed), request('GET /a', undefined, { headers: { 'x-key': 'abc' } }))).toBe(200);
  });

  test.each<[string, JsonObject, number | string]>([
    ['of other Pods', { selector: { matchLabels: { app: 'other' } } }, 200],
    ['of perhaps the same Pods', { selector: { matchLabels: { tier: 'x' } } }, 'unknown'],
    ['of the same Pods', {}, 403],
  ])('with nothing but a closed baseline %s', (_name, spec, expected) => {
    const objects = istioFrom(open, service(), policy(spec));
    const baseline = objects.authorizationPolicies.filter(({ origin }) => !origin);
    expect(status({ ...objects, authorizationPolicies: baseline }, request('GET /a'))).toBe(expected);
  });

  test('hosts of a policy are compared without regard to case', () => {
    const written = policy({ rules: [{ to: [{ operation: { hosts: ['Orders.EXAMPLE.com'] } }] }] });
    expect(status(istioFrom(protectedRule, service(), written), request('GET /a'))).toBe(200);
  });

  test('without any ALLOW policy on the workload everything that is routed is admitted', () => {
    const objects = { ...istioFrom(open, service()), authorizationPolicies: [] };
    expect(decide(objects, request('GET /a'), nothing)).toMatchObject({ verdict: 'forward' });
  });

  test('rules of all APIRules on the workload add up', () => {
    const other = apiRule([rule('/a', 'GET')], { hosts: ['*.example.com'] }, 'wild');
    expect(status(istioFrom(protectedRule, other, service()), request('GET /a'))).toBe(200);
  });

  test('rules of a workload with other labels do not, though its Pods might carry both', () => {
    const tiered = { ...service('other'), spec: { selector: { tier: 'back' }, ports: [{ port: 1 }] } };
    const other = apiRule([rule('/a', 'GET')], { hosts: ['*.example.com'], service: { name: 'other', port: 1 } }, 'wild');
    expect(status(istioFrom(protectedRule, other, service(), tiered), request('GET /a'))).toBe(403);
  });

  test('rules of other workloads do not', () => {
    const other = apiRule([rule('/a', 'GET')], { hosts: ['*.example.com'], service: { name: 'other', port: 1 } }, 'wild');
    expect(status(istioFrom(protectedRule, other, service(), service('other')), request('GET /a'))).toBe(403);
  });

  test('without Services in the input equal names mean equal workloads', () => {
    const other = (name: string): JsonObject =>
      apiRule([rule('/a', 'GET')], { hosts: ['*.example.com'], service: { name, port: 1 } }, 'wild');
    const at = (name: string): number | string => status(istioFrom(protectedRule, other(name)), request('GET /a'));
    expect([at('orders'), at('other')]).toEqual([200, 403]);
  });

  test('a closed baseline of a workload that is not in the input changes nothing', () => {
    const baseline = policy({ action: 'ALLOW' });
    expect([status(istioFrom(open, baseline), request('GET /a')), status(istioFrom(protectedRule, baseline), request('GET /a'))]).toEqual([
      200, 403,
    ]);
  });
});

describe('callers inside the cluster', () => {
  const inside = { host: 'orders.shop.svc.cluster.local', caller: 'cluster.local/ns/shop/sa/web' };

  test.each([
    ['with an identity', inside, 403],
    ['in plain text', { ...inside, caller: '' }, 403],
    ['of a Service that is not in the input', { ...inside, host: 'nothing.shop' }, 'unknown'],
  ])('%s get %s', (_name, more, expected) => {
    expect(status(orders, request('GET /health', undefined, more))).toBe(expected);
  });

  test('do not meet the policies of the ingress gateway', () => {
    const spec = { selector: { matchLabels: { istio: 'ingressgateway' } }, rules: [{}] };
    const atGateway = { ...policy(spec), metadata: { name: 'm', namespace: 'istio-system' } };
    expect(status(istioFrom(apiRule([rule('/a', 'GET')]), service(), atGateway), request('GET /a', undefined, inside))).toBe(403);
  });

  test('are admitted by a policy for their namespace', () => {
    const own = policy({ rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] });
    const objects = istioFrom(apiRule([rule('/a', 'GET', jwt)]), service(), own);
    expect([
      status(objects, request('GET /x', undefined, inside)),
      status(objects, request('GET /x', undefined, { ...inside, caller: '' })),
    ]).toEqual([200, 403]);
  });
});
