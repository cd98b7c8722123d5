import * as fc from 'fast-check';
import type { IstioObjects } from '../../../src/model/istio';
import { ingressPrincipal } from '../../../src/model/mesh';
import type { Translation } from '../../../src/migrate/translation';
import { apiRule, istioFrom, nothing, request, rule, service, status } from '../../support/model';
import { migration, oldApiRule, oldRule } from '../../support/migrations';

import { around, deployment, foreign, functionNamed, inMesh, other, planOf, policiesOf, shop, written } from './plans';

test('the temporary policy admits Oathkeeper, and of the gateway only what the new public rules admit', () => {
  const selector = { matchLabels: { app: 'orders' } };
  expect(policiesOf(planOf([shop]))).toEqual({
    'allow-migration-orders': {
      ...{ action: 'ALLOW', selector },
      rules: [
        { from: [{ source: { principals: ['cluster.local/ns/kyma-system/sa/oathkeeper-maester-account'] } }] },
        {
          from: [{ source: { principals: [ingressPrincipal] } }],
          to: [{ operation: { hosts: ['shop.example.com'], methods: ['GET'], paths: ['/{**}'], notPaths: ['/admin'] } }],
        },
      ],
    },
    'orders-closed': { action: 'ALLOW', selector },
  });
});

test.each([
  [
    'no Oathkeeper where Istio checked tokens and the rest was open',
    migration(oldApiRule('shop', [oldRule('/a', 'istio'), oldRule('/b', 'allow')]), ['/a https://id.example', '/b noAuth']),
    1,
  ],
  ['no gateway where nothing is public', migration(oldApiRule('shop', [oldRule('/a', 'jwt')]), ['/a https://id.example']), 1],
  ['no policy where neither is', migration(oldApiRule('shop', [oldRule('/a', 'istio')]), ['/a https://id.example']), undefined],
])('%s', (_, translation, rules) => {
  const temporary = policiesOf(planOf([translation]))['allow-migration-orders'] as { rules: unknown[] } | undefined;
  expect(temporary?.rules.length).toBe(rules);
});

test('each APIRule is a step of its own between the policies and their end, those without tokens first', () => {
  expect(
    planOf([shop, other]).steps.map(({ number, title, apply, remove }) => [number, title.split(/[ (]/)[0], ...apply, ...remove]),
  ).toEqual([
    [1, 'Close', 'AuthorizationPolicy shop/allow-migration-orders', 'AuthorizationPolicy shop/orders-closed'],
    [2, 'Apply', 'APIRule shop/other'],
    [3, 'Apply', 'APIRule shop/shop'],
    [4, 'Delete', 'AuthorizationPolicy shop/allow-migration-orders'],
  ]);
});

test('the steps of APIRules are said to be forward only, those of policies are not', () => {
  const ways = planOf([shop]).steps.map(({ wayBack }) => wayBack.startsWith('Forward only'));
  expect(ways).toEqual([false, true, false]);
});

test('each step says how to check it', () => {
  expect(planOf([shop]).steps.map(({ check }) => check)).toEqual([
    [`curl -s -o /dev/null -w '%{http_code}\\n' https://shop.example.com/sample`],
    [
      "kubectl wait apirule shop -n shop --for=jsonpath='{.status.state}'=Ready --timeout=5m",
      'kubectl get apirule shop -n shop -o yaml | kyma-guard verify - --scope shop.example.com --credentials CREDENTIALS.json --wait 10m',
    ],
    ['kubectl get apirule shop -n shop -o yaml | kyma-guard verify - --scope shop.example.com --credentials CREDENTIALS.json --wait 10m'],
  ]);
});

test('tokens of issuers that the workload does not know yet are said to be refused in between', () => {
  const [, first] = planOf([shop, foreign]).steps;
  expect(first?.meanwhile).toContain('DOWN: shop.example.com answers 401 to tokens of https://id.example until its step.');
});

describe('without the Service in the input', () => {
  const plan = planOf([shop, other], []);

  test('no policy is written, and that is said', () => {
    expect(plan).toMatchObject({ assumed: true, companions: [] });
    expect(plan.warnings.map(({ id, severity }) => `${id} ${severity}`)).toContain('migrate-service-unknown medium');
  });

  test('the steps say what is open and what is down', () => {
    const meanwhile = plan.steps.map((step) => step.meanwhile).join('\n');
    expect(meanwhile).toMatch(/OPEN without a token/);
    expect(meanwhile).toMatch(/DOWN: the new policies refuse shop\.example\.com/);
  });
});

test('an authorizer is there before the rules that need it, and what may stand open is said', () => {
  const asking = rule('/a', 'GET', {});
  const { jwt: _, ...head } = asking;
  const extAuth = { ...head, extAuth: { authorizers: ['oauth2-proxy'] } };
  const translation = {
    ...migration(oldApiRule('shop', [oldRule('/a', 'oauth2_introspection')]), ['/a noAuth']),
    apiRule: apiRule([extAuth], {}, 'shop'),
  };
  const [authorizer, , applied] = planOf([translation]).steps;
  expect(authorizer?.title).toContain('oauth2-proxy');
  expect(applied?.meanwhile).toContain('may be OPEN for a moment');
});

test.each([
  ['the namespace asks for a sidecar', around, []],
  ['nobody asks for one', [service(), deployment, { ...inMesh, metadata: { name: 'shop' } }], ['Give']],
  ['the namespace is not in the input', [service(), deployment], ['See']],
  ['the Pods are not in the input', [service(), inMesh], ['See']],
  ['a Function asks for one', [functionNamed({ 'sidecar.istio.io/inject': 'true' })], []],
  ['a Function of a namespace that is in the input does not', [functionNamed(), { ...inMesh, metadata: { name: 'shop' } }], ['Give']],
])('step 0 where %s', (_, objects, titles) => {
  const steps = planOf([shop], objects).steps.filter(({ number }) => number === 0);
  expect(steps.map(({ title }) => title.split(' ')[0])).toEqual(titles);
});

test('a short host needs the domain of its gateway for policies, and is checked with a variable without it', () => {
  const short = migration(oldApiRule('shop', [oldRule('/.*', 'noop')], { host: 'shop' }), ['/* noAuth']);
  expect(planOf([short]).warnings.map(({ id }) => id)).toContain('migrate-domain-unknown');
  expect(planOf([short]).steps[0]?.check[1]).toContain('--domain "$DOMAIN" --scope shop."$DOMAIN"');
  expect(policiesOf(planOf([short], around, { domain: 'example.com' }))).toHaveProperty('allow-migration-orders');
});

test('without the domain the policies that stay come last, because they would shut out the old rules', () => {
  const short = migration(oldApiRule('shop', [oldRule('/.*', 'noop')], { host: 'shop' }), ['/* noAuth']);
  expect(planOf([short]).steps.map(({ apply }) => apply)).toEqual([['APIRule shop/shop'], ['AuthorizationPolicy shop/orders-closed']]);
});

test('one APIRule that has no new form holds up all others of its workload', () => {
  const { apiRule: _, ...unwritten } = other;
  expect(planOf([shop, unwritten])).toMatchObject({ blockedBy: ['shop/other'], companions: [], steps: [] });
});

test('a baseline that is there already is not written again', () => {
  const closed = {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'mine', namespace: 'shop' },
    spec: { action: 'ALLOW', selector: { matchLabels: { app: 'orders' } } },
  };
  expect(Object.keys(policiesOf(planOf([shop], [...around, closed])))).toEqual(['allow-migration-orders']);
});

test('a policy of somebody else that has the name of a companion is told', () => {
  const theirs = {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'orders-closed', namespace: 'shop' },
    spec: { action: 'DENY' },
  };
  expect(planOf([shop], [...around, theirs]).warnings.map(({ id }) => id)).toContain('migrate-policy-name-taken');
});

describe('never open on the way', () => {
  const path = fc.constantFrom('/', '/a', '/b', '/a/b', '/{**}', '/a/{*}');
  const strategy = fc.constantFrom('noAuth', 'https://id.example', 'https://two.example');
  const handler = fc.constantFrom('jwt', 'noop', 'allow', 'no_auth', 'istio');
  const rules = fc.uniqueArray(fc.tuple(path, strategy, handler), { minLength: 1, maxLength: 4, selector: ([text]) => text });
  const pathsAsked = ['/', '/a', '/b', '/a/b', '/a/b/c', '/x'];

  function translationsOf(all: readonly (readonly (readonly [string, string, string])[])[]): Translation[] {
    return all.map((lines, at) =>
      migration(
        oldApiRule(
          `r${at}`,
          lines.map(([text, , name]) => oldRule(text, name)),
        ),
        lines.map(([text, access]) => `${text} ${access}`),
      ),
    );
  }

  test('when all is applied, the temporary policy admits nobody whom the new rules refuse', () => {
    fc.assert(
      fc.property(fc.array(rules, { minLength: 1, maxLength: 3 }), (all) => {
        const translations = translationsOf(all);
        const apiRules = translations.flatMap(written);
        const { companions } = planOf(translations);
        const [alone, accompanied] = [istioFrom(service(), ...apiRules), istioFrom(service(), ...apiRules, ...companions)];
        for (const [at] of all.entries())
          for (const asked of pathsAsked) {
            const call = request(`GET ${asked}`, undefined, { host: `r${at}.example.com` });
            expect([asked, status(accompanied, call, nothing)]).toEqual([asked, status(alone, call, nothing)]);
          }
      }),
    );
  });

  test('between route and policies nobody without a token gets to a protected path', () => {
    fc.assert(
      fc.property(rules, (lines) => {
        const translations = translationsOf([lines]);
        const apiRules = translations.flatMap(written);
        const complete = istioFrom(service(), ...apiRules);
        const onlyRoutes = { ...istioFrom(service(), ...apiRules, ...planOf(translations).companions), requestAuthentications: [] };
        const policies = onlyRoutes.authorizationPolicies.filter(({ origin }) => origin === undefined);
        const reached = (objects: IstioObjects): string[] =>
          pathsAsked.filter((asked) => status(objects, request(`GET ${asked}`, undefined, { host: 'r0.example.com' }), nothing) === 200);
        const later = reached(complete);
        expect(reached({ ...onlyRoutes, authorizationPolicies: policies }).filter((asked) => !later.includes(asked))).toEqual([]);
      }),
    );
  });
});
