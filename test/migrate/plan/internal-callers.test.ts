import { UsageError } from '../../../src/model/errors';
import { ingressPrincipal } from '../../../src/model/mesh';
import { printManifests } from '../../../src/model/print-manifests';
import { readInternalCallers } from '../../../src/migrate/plan/internal-callers';
import { validateText } from '../../support/validate';

import { around, callers, other, planOf, policiesOf, shop, written } from './plans';

describe('callers inside the cluster', () => {
  test.each([
    ['a namespace', ['web'], [{ source: { namespaces: ['web'] } }]],
    ['a principal', ['cluster.local/ns/web/sa/ui'], [{ source: { principals: ['cluster.local/ns/web/sa/ui'] } }]],
    [
      'both, each once',
      ['web', 'cluster.local/ns/web/sa/ui', 'web'],
      [{ source: { namespaces: ['web'] } }, { source: { principals: ['cluster.local/ns/web/sa/ui'] } }],
    ],
    [
      'the namespace of the gateway, without the gateway',
      ['istio-system'],
      [{ source: { namespaces: ['istio-system'], notPrincipals: [ingressPrincipal] } }],
    ],
    ['everybody', ['*'], [{ source: { notPrincipals: [ingressPrincipal] } }]],
  ])('%s', (_, texts, from) => {
    expect(policiesOf(planOf([shop], around, callers(...texts)))['orders-internal']).toMatchObject({ rules: [{ from }] });
  });

  test.each([
    ['Web'],
    ['a b'],
    [ingressPrincipal],
    ['*/ns/istio-system/sa/istio-ingressgateway-service-account'],
    ['cluster.local/ns/istio-system/sa/*'],
    ['shop.example.com/ns/istio-system/sa/istio-ingressgateway-service-account'],
  ])('%s is refused', (text) => {
    expect(() => readInternalCallers([text])).toThrow(UsageError);
  });

  test.each([
    ['nobody is named', [], ['migrate-internal-refused low']],
    ['somebody is named', ['web'], []],
    ['everybody is let in', ['*'], ['migrate-internal-anybody medium']],
  ])('%s: %j', (_, texts, warnings) => {
    const { warnings: found } = planOf([shop], around, callers(...texts));
    expect(found.map(({ id, severity }) => `${id} ${severity}`)).toEqual(warnings);
  });
});

test.each([
  ['nobody', [], []],
  ['a namespace', ['web'], []],
  ['the namespace of the gateway', ['istio-system'], []],
  ['everybody, as the user asked', ['*'], ['policy-plaintext-callers']],
])('validate has nothing of weight to say of the companions for %s', async (_, texts, ids) => {
  const plan = planOf([shop, other], around, callers(...texts));
  const rules = [shop, other].flatMap(written);
  const results = await validateText(printManifests([...around, ...rules, ...plan.companions]));
  expect(results.filter(({ status: found }) => found === 'fail' || found === 'error').map(({ id }) => id)).toEqual(
    expect.arrayContaining(ids) as string[],
  );
  const ofPolicies = results.filter(({ where, status: found }) => found === 'fail' && where.object?.startsWith('AuthorizationPolicy'));
  expect(ofPolicies.map(({ id }) => id)).toEqual(ids);
});
