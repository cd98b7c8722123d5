import type { JsonObject } from '../../../src/model/json';
import {
  handlerRule,
  jwtRule,
  messagesOf,
  noted,
  oldObject,
  rulesOf,
  specOf,
  translateOld,
  translateRules,
} from '../../support/old-objects';

const open = handlerRule('/a', 'no_auth');
const withSpec = (spec: JsonObject): ReturnType<typeof translateOld> => translateRules([open], {}, spec);

describe('the gateway', () => {
  test.each([
    ['kyma-gateway', 'shop/kyma-gateway'],
    ['kyma-gateway.kyma-system', 'kyma-system/kyma-gateway'],
    ['kyma-gateway.kyma-system.svc', 'kyma-system/kyma-gateway'],
    ['kyma-gateway.kyma-system.svc.cluster', 'kyma-system/kyma-gateway'],
    ['kyma-gateway.kyma-system.svc.cluster.local', 'kyma-system/kyma-gateway'],
    ['kyma-system/kyma-gateway', 'kyma-system/kyma-gateway'],
    ['gateway.svc', 'svc/gateway'],
  ])('%s is %s', (gateway, expected) => {
    expect(specOf(withSpec({ gateway }))['gateway']).toBe(expected);
  });

  test.each([
    'a.b.c',
    'a.b.svc.local',
    'a.b.svc.cluster.local.x',
    'a/b/c',
    'my_gateway.shop',
    'mesh/',
    '',
    'Gateway',
    'a.b.svc.cluster.example',
  ])('%j has no counterpart', (gateway) => {
    const translation = withSpec({ gateway });
    expect([translation.apiRule, noted(translation)]).toEqual([undefined, expect.arrayContaining(['migrate-gateway manual'])]);
  });
});

test('a gateway without namespace is looked for where the APIRule is, and that is said where nobody knows', () => {
  const object = oldObject([open], { gateway: 'kyma-gateway' });
  const translation = translateOld({ ...object, metadata: { name: 'orders' } });
  expect([specOf(translation)['gateway'], noted(translation)[0]]).toEqual(['default/kyma-gateway', 'migrate-gateway changed']);
});

describe('the host', () => {
  test.each([
    ['orders', 'orders'],
    ['Orders', 'orders'],
    ['ORDERS.Example.COM', 'orders.example.com'],
    ['orders.example.com', 'orders.example.com'],
    ['orders.example.com.', 'orders.example.com'],
  ])('%s is %s', (host, expected) => {
    expect(specOf(withSpec({ host }))['hosts']).toEqual([expected]);
  });

  test.each<[string, string]>([
    ['my_orders.example.com', 'the host "my_orders.example.com" holds an underscore, which APIRule v2 refuses'],
    ['my_orders', 'the host "my_orders" holds an underscore, which APIRule v2 refuses'],
    ['orders.c', 'the host "orders.c" is no lower-case label and no full name, which APIRule v2 asks for'],
    ['orders..example.com', 'the host "orders..example.com" is no lower-case label and no full name, which APIRule v2 asks for'],
    ['orders.example.com:443', 'the host "orders.example.com:443" is no lower-case label and no full name, which APIRule v2 asks for'],
    ['', 'the host "" is no lower-case label and no full name, which APIRule v2 asks for'],
  ])('%j is work', (host, message) => {
    const translation = withSpec({ host });
    expect([translation.apiRule, messagesOf(translation, 'migrate-host')]).toEqual([undefined, [message]]);
    expect(translation.notes.find(({ id }) => id === 'migrate-host')?.place).toEqual(['spec', 'host']);
  });

  test('of v1alpha1 is found wrong where it stands', () => {
    const translation = translateOld({
      ...oldObject([open], { host: null, service: { name: 'a', port: 1, host: 'a_b' } }),
      apiVersion: 'gateway.kyma-project.io/v1alpha1',
    });
    expect(translation.notes.find(({ id }) => id === 'migrate-host')?.place).toEqual(['spec', 'service', 'host']);
  });
});

describe('CORS', () => {
  test('is what the old controller put there, and that every origin may call is said', () => {
    const translation = withSpec({});
    expect(specOf(translation)['corsPolicy']).toEqual({
      allowOrigins: [{ regex: '.*' }],
      allowMethods: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'],
      allowHeaders: ['Authorization', 'Content-Type', '*'],
    });
    expect(translation.notes.map(({ id, effect }) => `${id} ${effect}`)).toContain('migrate-cors open');
  });

  test('of its own is kept, with maxAge in seconds', () => {
    const corsPolicy = {
      allowOrigins: [{ exact: 'https://a.example' }, { prefix: 'https://b.example' }],
      ...{ allowMethods: ['GET'], allowHeaders: ['x'], exposeHeaders: ['y'], allowCredentials: false, maxAge: '10m' },
    };
    const translation = withSpec({ corsPolicy });
    expect([specOf(translation)['corsPolicy'], noted(translation)]).toEqual([{ ...corsPolicy, maxAge: 600 }, ['migrate-open open']]);
  });

  test.each<[JsonObject, boolean]>([
    [{ regex: '.*' }, true],
    [{ regex: 'https://.+' }, true],
    [{ regex: 'https://(.*)\\.shop\\.example' }, false],
    [{ regex: '((a+)+)+$' }, false],
    [{ regex: '(' }, false],
    [{ exact: '*' }, true],
    [{ exact: 'https://a.example.org' }, false],
    [{ prefix: 'https://' }, true],
    [{ prefix: '' }, true],
    [{ prefix: 'https://shop.example' }, false],
    [{ suffix: 'https' }, true],
  ])('with the origin %j lets every origin in: %s', (origin, expected) => {
    expect(messagesOf(withSpec({ corsPolicy: { allowOrigins: [origin] } }), 'migrate-cors').length > 0).toBe(expected);
  });

  test.each([
    ['1500ms', 1],
    ['900ms', undefined],
    ['0s', undefined],
    [30, 30],
  ])('with maxAge %j keeps %j', (maxAge, expected) => {
    const translation = withSpec({ corsPolicy: { allowOrigins: [{ exact: 'https://a.example.org' }], maxAge } });
    expect((specOf(translation)['corsPolicy'] as JsonObject)['maxAge']).toBe(expected);
    expect(messagesOf(translation, 'migrate-cors')).toHaveLength(maxAge === 30 ? 0 : 1);
  });

  test('without origins sends no preflights, so that no rule needs OPTIONS', () => {
    const translation = translateRules([jwtRule('/a')], {}, { corsPolicy: { allowMethods: ['GET'] } });
    expect(rulesOf(translation)[0]?.['methods']).toEqual(['GET']);
  });
});

describe('methods', () => {
  const methodsOf = (handler: string, methods: string[], allowMethods: 'listed' | 'all' = 'listed'): unknown[] => {
    const translation = translateRules([handlerRule('/a', handler, undefined, { methods })], { allowMethods });
    return [rulesOf(translation)[0]?.['methods'], noted(translation).filter((one) => !one.startsWith('migrate-open'))];
  };
  const all = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

  test.each<[string, string[], unknown[]]>([
    ['no_auth', ['GET', 'POST'], [['GET', 'POST'], []]],
    ['no_auth', ['GET', 'GET'], [['GET'], []]],
    ['no_auth', ['GET', 'get', 'PURGE'], [['GET'], ['migrate-method stricter']]],
    ['no_auth', ['PURGE'], [undefined, ['migrate-method manual']]],
    ['noop', ['GET'], [['GET'], ['migrate-preflight stricter']]],
    ['noop', ['GET', 'OPTIONS'], [['GET', 'OPTIONS'], []]],
    ['allow', ['GET'], [['GET', 'OPTIONS'], ['migrate-allow-methods stricter']]],
    ['allow', ['get'], [['GET', 'OPTIONS'], ['migrate-allow-methods stricter']]],
    ['allow', all, [all, []]],
  ])('of %s with %j', (handler, methods, expected) => {
    expect(methodsOf(handler, methods)).toEqual(expected);
  });

  test('of allow are all of them on request', () => {
    expect(methodsOf('allow', ['GET'], 'all')).toEqual([all, ['migrate-allow-methods open']]);
  });

  test('that no longer pass are named', () => {
    expect(messagesOf(translateRules([handlerRule('/a', 'allow')]), 'migrate-allow-methods')).toEqual([
      'the handler allow let every method in, whatever the rule listed; from now on HEAD, POST, PUT, DELETE, CONNECT, TRACE and PATCH no longer pass',
    ]);
  });
});

describe('mutators', () => {
  const mutated = (handler: string, config?: JsonObject, rule = jwtRule): ReturnType<typeof translateOld> =>
    translateRules([rule('/a', {}, { mutators: [{ handler, ...(config && { config }) }] })]);
  const requestOf = (translation: ReturnType<typeof translateOld>): unknown => rulesOf(translation)[0]?.['request'];

  test('of static headers and cookies are set by the gateway', () => {
    expect(requestOf(mutated('header', { headers: { 'X-Team': 'shop', 'X-Share': '100%' } }))).toEqual({
      headers: { 'X-Team': 'shop', 'X-Share': '100%%' },
    });
    const cookies = mutated('cookie', { cookies: { team: 'shop' } });
    expect([requestOf(cookies), noted(cookies)]).toEqual([
      { cookies: { team: 'shop' } },
      expect.arrayContaining(['migrate-cookies changed']),
    ]);
  });

  test('that do nothing are left out', () => {
    expect(requestOf(mutated('noop'))).toBeUndefined();
  });

  test.each<[string, JsonObject | undefined]>([
    ['header', { headers: { 'X-User': '{{ print .Subject }}' } }],
    ['cookie', { cookies: { user: 'a-{{ .Subject }}' } }],
    ['id_token', undefined],
    ['hydrator', { api: { url: 'https://x' } }],
    ['constructor', undefined],
    ['header', undefined],
    ['header', { headers: { a: 1 } }],
    ['header', { headers: { a: 'b' }, cookies: {} }],
    ['header', { headers: { Authorization: 'Bearer x' } }],
    ['header', { headers: { AUTHORIZATION: 'Bearer x' } }],
  ])('%s with %j are work, and nothing is written', (handler, config) => {
    const translation = mutated(handler, config);
    expect([translation.apiRule, noted(translation)]).toEqual([undefined, expect.arrayContaining(['migrate-mutator manual'])]);
  });

  test('that would set the header in which the rule reads tokens are work', () => {
    const rule = jwtRule(
      '/a',
      { token_from: { header: 'X-Token' } },
      { mutators: [{ handler: 'header', config: { headers: { 'x-token': 'y' } } }] },
    );
    expect(noted(translateRules([rule]))).toContain('migrate-mutator manual');
    const beside = jwtRule(
      '/a',
      { token_from: { header: 'X-Token' } },
      { mutators: [{ handler: 'header', config: { headers: { Authorization: 'y' } } }] },
    );
    expect(noted(translateRules([beside]))).not.toContain('migrate-mutator manual');
  });

  test.each(['allow', 'no_auth'])('of %s never ran, and are left out', (handler) => {
    const translation = translateRules([handlerRule('/a', handler, undefined, { mutators: [{ handler: 'id_token' }] })]);
    expect([requestOf(translation), noted(translation)]).toEqual([undefined, expect.arrayContaining(['migrate-mutator lost'])]);
  });
});

describe('metadata', () => {
  const migrated = (metadata: JsonObject, more: JsonObject = {}): unknown =>
    translateOld({ ...oldObject([open], {}, metadata), ...more }).apiRule;

  test('is what its author wrote', () => {
    const annotations = {
      ...{ 'kubectl.kubernetes.io/last-applied-configuration': '{}', 'gateway.kyma-project.io/original-version': 'v1beta1', team: 'a' },
    };
    const live = {
      ...{ uid: 'u', resourceVersion: '1', generation: 3, creationTimestamp: '2021-01-01T00:00:00Z', managedFields: [], selfLink: '/x' },
      ...{ annotations, labels: { app: 'orders' }, finalizers: ['gateway.kyma-project.io/subresources'] },
    };
    expect(migrated(live, { status: { APIRuleStatus: { code: 'OK' } } })).toEqual({
      apiVersion: 'gateway.kyma-project.io/v2',
      kind: 'APIRule',
      metadata: { name: 'orders', namespace: 'shop', annotations: { team: 'a' }, labels: { app: 'orders' } },
      spec: expect.anything(),
    });
  });

  test('keeps finalizers of others, and loses what is empty', () => {
    expect(
      migrated({
        annotations: { 'gateway.kyma-project.io/original-version': 'v2' },
        finalizers: ['a', 'gateway.kyma-project.io/subresources'],
        labels: null,
      }),
    ).toMatchObject({
      metadata: { name: 'orders', namespace: 'shop', finalizers: ['a'] },
    });
  });

  test('with an owner is work, which does not keep the APIRule from being written', () => {
    const translation = translateOld(oldObject([open], {}, { ownerReferences: [{ kind: 'App', name: 'orders', uid: 'u' }] }));
    expect([noted(translation)[0], translation.apiRule?.['metadata']]).toEqual([
      'migrate-owner manual',
      { name: 'orders', namespace: 'shop' },
    ]);
  });
});

describe('services', () => {
  test('keep their namespace, and lose what nobody reads', () => {
    const translation = translateRules(
      [handlerRule('/a', 'no_auth', undefined, { service: { name: 's', port: 1, external: true } })],
      {},
      {
        service: { name: 'orders', port: 8080, namespace: 'other', external: false },
      },
    );
    expect(specOf(translation)['service']).toEqual({ name: 'orders', namespace: 'other', port: 8080 });
    expect(rulesOf(translation)[0]?.['service']).toEqual({ name: 's', port: 1 });
  });

  test('may stand in the rules only', () => {
    const translation = translateRules(
      [handlerRule('/a', 'no_auth', undefined, { service: { name: 's', port: 1 } })],
      {},
      { service: null },
    );
    expect(specOf(translation)).not.toHaveProperty('service');
  });

  test('that no place names are work', () => {
    const translation = translateRules([open], {}, { service: null });
    expect([translation.apiRule, noted(translation)]).toEqual([undefined, expect.arrayContaining(['migrate-service manual'])]);
  });
});

test('timeouts are kept where they stand', () => {
  const translation = translateRules([handlerRule('/a', 'no_auth', undefined, { timeout: 3900 })], {}, { timeout: 1 });
  expect([specOf(translation)['timeout'], rulesOf(translation)[0]?.['timeout']]).toEqual([1, 3900]);
});
