import type { JsonObject } from '../../../src/model/json';
import { apiRule, rule } from '../../support/model';
import { handlerRule, jwtRule, oldObject, readOld } from '../../support/old-objects';

const oldSpec = 'gateway.kyma-project.io/v1beta1-spec';
const origin = 'gateway.kyma-project.io/original-version';
const messages = (object: JsonObject): string[] => readOld(object).problems.map(({ message }) => message);
/** A live object in the form of v2, with the old spec in its annotation. */
const live = (spec: unknown, body: JsonObject = {}): JsonObject => ({
  ...apiRule([], body),
  metadata: {
    name: 'orders',
    namespace: 'shop',
    annotations: { [origin]: 'v1beta1', [oldSpec]: typeof spec === 'string' ? spec : JSON.stringify(spec) },
  },
});

test('version v1beta1 is read whole', () => {
  const object = oldObject(
    [
      handlerRule('/.*', 'noop', undefined, {
        timeout: 5,
        service: { name: 's', port: 1, namespace: 'n', external: true },
        mutators: [{ handler: 'header', config: { headers: { a: 'b' } } }],
      }),
    ],
    {
      timeout: 9,
      corsPolicy: { allowOrigins: [{ exact: 'https://a.example' }, { prefix: 'https://b' }], maxAge: '1m30s', allowCredentials: true },
    },
  );
  expect(readOld(object)).toMatchObject({
    problems: [],
    apiRule: {
      ...{
        namespace: 'shop',
        name: 'orders',
        form: 'v1beta1',
        foundIn: 'spec',
        host: 'orders.example.com',
        gateway: 'kyma-system/kyma-gateway',
      },
      ...{ service: { name: 'orders', port: 8080 }, timeoutSeconds: 9 },
      corsPolicy: {
        allowOrigins: [
          { match: 'exact', value: 'https://a.example' },
          { match: 'prefix', value: 'https://b' },
        ],
        allowCredentials: true,
        maxAgeSeconds: 90,
      },
      rules: [
        {
          ...{ path: '/.*', methods: ['GET'], timeoutSeconds: 5, place: ['spec', 'rules', 0] },
          accessStrategies: [{ handler: 'noop', config: {} }],
          mutators: [{ handler: 'header', config: { headers: { a: 'b' } } }],
          service: { name: 's', port: 1, namespace: 'n' },
        },
      ],
    },
  });
});

test('version v1alpha1 has its host in the service', () => {
  const { apiRule: read } = readOld({
    ...oldObject([jwtRule('/a')], { host: null, service: { name: 'orders', port: 80, host: 'orders' } }),
    apiVersion: 'gateway.kyma-project.io/v1alpha1',
  });
  expect([read?.form, read?.host, read?.service]).toEqual(['v1alpha1', 'orders', { name: 'orders', port: 80 }]);
});

describe('a live object', () => {
  const spec = (oldObject([handlerRule('/.*', 'allow')])['spec'] ?? {}) as JsonObject;

  test('has the spec of its author in the annotation, whatever is missing in its own', () => {
    for (const body of [{}, { hosts: ['Orders.example.com'] }, { hosts: [] }, { gateway: null }]) {
      const { apiRule: read, problems } = readOld(live(spec, body));
      expect([read?.foundIn, read?.rules[0]?.path, problems]).toEqual(['annotation', '/.*', []]);
      expect(read?.rules[0]?.place).toEqual(['metadata', 'annotations', oldSpec]);
    }
  });

  const pair = { issuer: 'https://a.example', jwksUri: 'https://a.example/keys' };
  const ory = { trusted_issuers: [pair.issuer], jwks_urls: [pair.jwksUri] };
  const tokens = (jwt: JsonObject, path = '/a'): JsonObject => ({ path, methods: ['GET'], jwt });
  const jwtOf = (config: JsonObject): JsonObject => handlerRule('/a', 'jwt', config);

  test.each<[string, JsonObject[], JsonObject[]]>([
    ['a public rule', [handlerRule('/a', 'no_auth')], [rule('/a', 'GET')]],
    ['tokens of one issuer', [jwtOf(ory)], [tokens({ authentications: [pair], authorizations: [{}] })]],
    ['empty lists', [jwtOf({ ...ory, required_scope: [] })], [tokens({ authentications: [pair] })]],
    [
      'scopes and audiences',
      [jwtOf({ ...ory, required_scope: ['read'], target_audience: ['orders'] })],
      [tokens({ authentications: [pair], authorizations: [{ audiences: ['orders'], requiredScopes: ['read'] }] })],
    ],
    ['what Istio checked', [jwtOf({ authentications: [pair] })], [tokens({ authentications: [pair] })]],
  ])('may hold what the webhook made of its annotation: %s', (_, old, rules) => {
    const { apiRule: read, problems } = readOld(live({ ...spec, rules: old }, { rules }));
    expect([read?.foundIn, problems]).toEqual(['annotation', []]);
  });

  test.each<[string, JsonObject[], JsonObject, string]>([
    ['a token where the annotation asks for none', [handlerRule('/a', 'noop')], { rules: [tokens({ authentications: [pair] })] }, 'rules'],
    ['no token where the annotation asks for one', [jwtOf(ory)], { rules: [rule('/a', 'GET')] }, 'rules'],
    ['another path', [handlerRule('/.*', 'no_auth')], { rules: [rule('/a', 'GET')] }, 'rules'],
    ['other methods', [handlerRule('/a', 'no_auth')], { rules: [rule('/a', 'GET,POST')] }, 'rules'],
    ['a rule more', [handlerRule('/a', 'no_auth')], { rules: [rule('/a', 'GET'), rule('/b', 'GET')] }, 'rules'],
    ['a scope more', [jwtOf(ory)], { rules: [tokens({ authentications: [pair], authorizations: [{ requiredScopes: ['a'] }] })] }, 'rules'],
    [
      'a stricter alternative less',
      [jwtOf({ authentications: [pair], authorizations: [{ requiredScopes: ['a'] }, {}] })],
      { rules: [tokens({ authentications: [pair], authorizations: [{ requiredScopes: ['a'] }] })] },
      'rules',
    ],
    ['another host', [handlerRule('/a', 'no_auth')], { hosts: ['other.example.com'] }, 'hosts'],
  ])('whose spec has %s is a problem, because nobody knows which of the two is meant', (_, old, body, member) => {
    const { apiRule: read, problems } = readOld(live({ ...spec, rules: old }, body));
    expect(read).toBeUndefined();
    expect(problems).toMatchObject([{ id: 'migrate-annotation', status: 'fail', where: { path: `spec.${member}` } }]);
    expect(problems[0]?.message).toContain(`says one thing in spec.${member} and another one in the annotation ${oldSpec}`);
  });

  test('that was asked for in its old version has it in its spec', () => {
    const object = live({ host: 'stale' }, spec);
    expect(readOld({ ...object, apiVersion: 'gateway.kyma-project.io/v1beta1' }).apiRule).toMatchObject({
      foundIn: 'spec',
      host: 'orders.example.com',
    });
  });

  test('that was migrated has the spec of today, whatever annotation is left over', () => {
    const object = { ...live(spec, { rules: [rule('/a', 'GET')], gateway: 'kyma-gateway' }) };
    const metadata = { ...(object['metadata'] as JsonObject), annotations: { [origin]: 'v2', [oldSpec]: JSON.stringify(spec) } };
    expect(readOld({ ...object, metadata }).apiRule).toMatchObject({ foundIn: 'spec', rules: [{ path: '/a' }] });
  });

  test.each<[string, string, string]>([
    ['no JSON', '{"host":', 'is no JSON'],
    ['a list', '[]', 'is no JSON object'],
    ['a text', '"spec"', 'is no JSON object'],
    ['nothing', 'null', 'is no JSON object'],
    ['a key twice', '{"host":"a","host":"b"}', 'the key "host" is here for the second time; each key of an object is there once'],
    ['lists in lists', `{"rules":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'values are nested deeper than'],
  ])('whose annotation holds %s is a problem at the annotation', (_, text, flaw) => {
    const [problem, ...more] = readOld(live(text)).problems;
    expect([problem?.id, problem?.where.line, more]).toEqual(['migrate-annotation', expect.any(Number), []]);
    expect(problem?.message).toContain(`APIRule shop/orders has its old spec in the annotation ${oldSpec}, and that text ${flaw}`);
  });

  test('names the annotation and the place in it where something is wrong', () => {
    expect(messages(live({ ...spec, rules: [{ path: 1, methods: [] }] }))).toEqual([
      `in the annotation ${oldSpec}: spec.rules[0].accessStrategies is missing; give at least one handler`,
      `in the annotation ${oldSpec}: spec.rules[0].path is 1; give text`,
      `in the annotation ${oldSpec}: spec.rules[0].methods is empty; give at least one method`,
    ]);
  });
});

describe('what is wrong', () => {
  test.each<[string, JsonObject, string[]]>([
    ['an empty spec', { ...oldObject([]), spec: {} }, ['spec is empty; give host, gateway, service and rules']],
    ['a spec that is null', { ...oldObject([]), spec: null }, ['spec is empty; give host, gateway, service and rules']],
    ['no rules', oldObject([]), ['spec.rules is empty; give at least one rule']],
    ['rules that are null', oldObject([], { rules: null }), ['spec.rules is empty; give at least one rule']],
    ['rules that are an object', oldObject([], { rules: {} }), ['spec.rules is an object; give a list']],
    ['no host', oldObject([handlerRule('/a', 'noop')], { host: null }), ['spec.host is missing; give one host']],
    ['no gateway', oldObject([handlerRule('/a', 'noop')], { gateway: null }), ['spec.gateway is missing; give a text']],
    [
      'a port in quotes',
      oldObject([handlerRule('/a', 'noop')], { service: { name: 'a', port: '8080' } }),
      ['spec.service.port is text; give a whole number'],
    ],
    [
      'a port out of range',
      oldObject([handlerRule('/a', 'noop')], { service: { name: 'a', port: 70_000 } }),
      ['spec.service.port is 70000; give a port from 1 to 65535'],
    ],
    ['a timeout out of range', oldObject([handlerRule('/a', 'noop')], { timeout: 0 }), ['spec.timeout is 0; give seconds from 1 to 3900']],
    [
      'a day as maxAge',
      oldObject([handlerRule('/a', 'noop')], { corsPolicy: { maxAge: '1d' } }),
      ['spec.corsPolicy.maxAge is "1d"; give a duration such as 10m'],
    ],
    ['a rule that is null', oldObject([], { rules: [null] }), ['spec.rules[0] is empty; give a rule']],
    [
      'no methods',
      oldObject([handlerRule('/a', 'noop', undefined, { methods: [] })]),
      ['spec.rules[0].methods is empty; give at least one method'],
    ],
    [
      'no handlers',
      oldObject([{ path: '/a', methods: ['GET'], accessStrategies: [] }]),
      ['spec.rules[0].accessStrategies is empty; give at least one handler'],
    ],
    [
      'a handler without name',
      oldObject([{ path: '/a', methods: ['GET'], accessStrategies: [{ config: {} }] }]),
      ['spec.rules[0].accessStrategies[0].handler is missing; give a text'],
    ],
    [
      'a handler that is null, and one that is a text',
      oldObject([{ path: '/a', methods: ['GET'], accessStrategies: [null, 'noop'] }]),
      [
        'spec.rules[0].accessStrategies[0] is empty; give a handler',
        'spec.rules[0].accessStrategies[0].handler is missing; give a text',
        'spec.rules[0].accessStrategies[1] is text; give an object',
        'spec.rules[0].accessStrategies[1].handler is missing; give a text',
      ],
    ],
    [
      'a configuration that is a list',
      oldObject([{ path: '/a', methods: ['GET'], accessStrategies: [{ handler: 'jwt', config: [] }] }]),
      ['spec.rules[0].accessStrategies[0].config is a list; give an object'],
    ],
  ])('is said all at once: %s', (_, object, expected) => {
    expect(messages(object)).toEqual(expected);
    expect(readOld(object).apiRule).toBeUndefined();
  });

  test('points at the line', () => {
    const [problem] = readOld(oldObject([handlerRule('/a', 'noop')], { service: { name: 'a', port: '8080' } })).problems;
    expect(problem?.where).toMatchObject({ file: 'old.yaml', line: 13, object: 'APIRule shop/orders', path: 'spec.service.port' });
  });
});

describe('placeholders', () => {
  test.each<[string, JsonObject, string, string]>([
    ['of envsubst', oldObject([handlerRule('/a', 'noop')], { host: 'orders.${DOMAIN}' }), 'spec.host', '${DOMAIN}'],
    ['of Helm', oldObject([handlerRule('/a', 'noop')], { host: 'orders.{{ .Values.domain }}' }), 'spec.host', '{{ .Values.domain }}'],
    ['of Kustomize', oldObject([handlerRule('/a', 'noop')], { gateway: '$(GATEWAY)' }), 'spec.gateway', '$(GATEWAY)'],
    [
      'where a number belongs',
      oldObject([handlerRule('/a', 'noop')], { service: { name: 'a', port: '${PORT}' } }),
      'spec.service.port',
      '${PORT}',
    ],
    ['where a list belongs', oldObject([], { rules: '${RULES}' }), 'spec.rules', '${RULES}'],
    [
      'in a configuration',
      oldObject([jwtRule('/a', { jwks_urls: ['${KEYS}'] })]),
      'spec.rules[0].accessStrategies[0].config.jwks_urls[0]',
      '${KEYS}',
    ],
    ['in the name', oldObject([handlerRule('/a', 'noop')], {}, { name: 'orders-${ENV}' }), 'metadata.name', '${ENV}'],
  ])('%s are said, and nothing is read', (_, object, path, text) => {
    const { apiRule: read, problems } = readOld(object);
    const found = problems.filter(({ id }) => id === 'migrate-placeholder');
    expect([read, found.map(({ message }) => message)]).toEqual([
      undefined,
      [`${path} holds the placeholder ${text}; the document stays as it is`],
    ]);
    expect(problems.filter(({ where }) => where.path === path)).toHaveLength(1);
  });

  test('are no templates of Oathkeeper, and no groups of an expression', () => {
    const mutators = [{ handler: 'header', config: { headers: { 'X-User': '{{ print .Subject }}' } } }];
    const object = oldObject([handlerRule('/a(b)?$', 'noop', undefined, { mutators })]);
    expect(readOld(object).problems).toEqual([]);
  });
});
