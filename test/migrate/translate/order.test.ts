import type { JsonObject } from '../../../src/model/json';
import { authorizerToName } from '../../../src/migrate/translate/ext-auth';
import { handlerRule, jwtRule, messagesOf, noted, rulesOf, translateRules } from '../../support/old-objects';

const order = (...rules: JsonObject[]): string[] =>
  rulesOf(translateRules(rules)).map(
    ({ path, methods, noAuth }) =>
      `${path as string} ${(methods as string[]).filter((one) => one !== 'OPTIONS').join(',')} ${noAuth === true ? 'open' : 'jwt'}`,
  );
const notes = (...rules: JsonObject[]): string[] => noted(translateRules(rules)).filter((one) => one.startsWith('migrate-order'));
const get = (path: string, handler: string, ...methods: string[]): JsonObject => {
  const more = methods.length > 0 ? { methods } : {};
  return handler === 'jwt' ? jwtRule(path, {}, more) : handlerRule(path, handler, undefined, more);
};

test.each<[string, JsonObject[], string[]]>([
  ['special before general already', [get('/a', 'jwt'), get('/.*', 'allow')], ['/a GET jwt', '/* GET open']],
  ['general first', [get('/.*', 'jwt'), get('/a', 'jwt')], ['/a GET jwt', '/* GET jwt']],
  ['rules that do not bear on each other', [get('/b', 'jwt'), get('/a', 'allow')], ['/b GET jwt', '/a GET open']],
  ['three of them', [get('/.*', 'allow'), get('/a/.*', 'jwt'), get('/a/b', 'jwt')], ['/a/b GET jwt', '/a/{**} GET jwt', '/* GET open']],
  ['one segment and any number of them', [get('/a/[^/]+', 'jwt'), get('/.*', 'allow')], ['/a/{*} GET jwt', '/* GET open']],
  ['several paths of one rule', [get('/a(/.*)?', 'jwt'), get('/.*', 'allow')], ['/a GET jwt', '/a/{**} GET jwt', '/* GET open']],
])('the order is one that the controller accepts: %s', (_, rules, expected) => {
  expect(order(...rules)).toEqual(expected);
});

test('each new rule knows the old one that it comes from', () => {
  expect(translateRules([get('/.*', 'allow'), get('/a(/.*)?', 'jwt')]).origins).toEqual([1, 1, 0]);
});

describe('a public rule', () => {
  test.each<[string, JsonObject[], string[]]>([
    ['behind a protected one that took its path first', [get('/.*', 'jwt'), get('/health', 'allow')], ['/* GET jwt']],
    ['of the same path behind a protected one', [get('/a', 'jwt'), get('/a', 'allow', 'POST')], ['/a GET jwt']],
    ['of Oathkeeper behind a protected one', [get('/.*', 'jwt'), get('/health', 'noop')], ['/* GET jwt']],
    ['of Oathkeeper before a protected one', [get('/health', 'noop'), get('/.*', 'jwt')], ['/* GET jwt']],
    [
      'of Oathkeeper with a method that the protected one does not list',
      [get('/.*', 'jwt'), get('/health', 'noop', 'GET', 'POST')],
      ['/health POST open', '/* GET jwt'],
    ],
    ['behind one that Oathkeeper refuses', [get('/.*', 'unauthorized'), get('/a', 'allow'), get('/b', 'no_auth')], []],
    ['behind a route to Oathkeeper that is public', [get('/.*', 'noop'), get('/a', 'allow', 'GET', 'POST')], ['/* GET open']],
    ['of a path that a route had already', [get('/a', 'no_auth'), get('/a', 'no_auth', 'POST')], ['/a GET open']],
  ])('never opens what was closed: %s', (_, rules, expected) => {
    expect(order(...rules)).toEqual(expected);
  });

  test('that is left out is named, with the rule that had the say', () => {
    const translation = translateRules([get('/.*', 'jwt'), get('/health', 'allow')]);
    expect(messagesOf(translation, 'migrate-order')).toEqual([
      'the rule had no say about "/health", because the old gateway left it to spec.rules[0], which asks for a token; there it is left out',
    ]);
    expect(translation.notes.find(({ id }) => id === 'migrate-order')).toMatchObject({
      rule: 1,
      effect: 'lost',
      place: ['spec', 'rules', 1],
    });
  });

  test.each<[string, JsonObject[], string[]]>([
    ['a public one before a protected one', [get('/health', 'allow'), get('/.*', 'jwt')], ['/health GET open', '/* GET jwt']],
    ['a public one with a route of its own methods', [get('/health', 'no_auth'), get('/.*', 'jwt')], ['/health GET open', '/* GET jwt']],
    ['two public ones', [get('/a', 'noop'), get('/.*', 'noop')], ['/a GET open', '/* GET open']],
  ])('that counted still does: %s', (_, rules, expected) => {
    expect([order(...rules), notes(...rules)]).toEqual([expected, []]);
  });
});

describe('a protected rule', () => {
  test.each([['allow'], ['no_auth']])('behind a public %s stood open, and counts from now on', (handler) => {
    const rules = [get('/.*', handler), get('/a', 'jwt')];
    expect([order(...rules), notes(...rules)]).toEqual([['/a GET jwt', '/* GET open'], ['migrate-order stricter']]);
  });

  test('behind a public rule of Oathkeeper counted already, and only moves', () => {
    const rules = [get('/.*', 'noop'), get('/a', 'jwt')];
    expect([order(...rules), notes(...rules)]).toEqual([['/a GET jwt', '/* GET open'], ['migrate-order changed']]);
  });

  test('within another that asks for more gives way to it', () => {
    const strict = jwtRule('/.*', { required_scope: ['admin'] });
    expect(order(strict, get('/a', 'jwt'))).toEqual(['/* GET jwt']);
    expect(rulesOf(translateRules([get('/.*', 'jwt'), jwtRule('/a', { required_scope: ['admin'] })]))).toMatchObject([
      { path: '/a', jwt: { authorizations: [{ requiredScopes: ['admin'] }] } },
      { path: '/*' },
    ]);
  });

  test('within another that asks for something else is work', () => {
    const rules = [jwtRule('/.*', { required_scope: ['read'] }), jwtRule('/a', { target_audience: ['shop'] })];
    expect([order(...rules), notes(...rules)]).toEqual([[], expect.arrayContaining(['migrate-order manual'])]);
  });

  test.each(['noop', 'jwt'])('%s before a public one for other methods would let those in, which is work', (handler) => {
    const first = get('/a', handler, 'GET', 'OPTIONS');
    const only = { allowMethods: 'listed' as const };
    const translation = translateRules([first, get('/.*', 'no_auth', 'POST')], only);
    expect([translation.apiRule, messagesOf(translation, 'migrate-order')]).toEqual([
      undefined,
      ['POST "/a" was refused, because the rule does not list it, and the public "/*" would let it in'],
    ]);
  });

  test('whose path gets narrower before a public rule is work, because what falls out would stand open', () => {
    const translation = translateRules([get('/a(.*)', 'jwt'), get('/.*', 'allow')]);
    expect([translation.apiRule, noted(translation)]).toEqual([undefined, expect.arrayContaining(['migrate-path manual'])]);
    expect(translateRules([get('/a(.*)', 'jwt'), get('/b', 'allow')]).apiRule).toBeDefined();
  });
});

describe('rules of one path', () => {
  test('for different methods stay two', () => {
    expect(order(get('/a', 'noop'), get('/a', 'jwt', 'POST'))).toEqual(['/a GET open', '/a POST jwt']);
  });

  test('for different methods and different tokens stay two, and the first one answers preflights', () => {
    const rules = [jwtRule('/a', { required_scope: ['read'] }), jwtRule('/a', { required_scope: ['write'] }, { methods: ['POST'] })];
    expect(rulesOf(translateRules(rules)).map(({ methods }) => methods)).toEqual([['GET', 'OPTIONS'], ['POST']]);
    expect(notes(...rules)).toEqual([]);
  });

  test.each([[true], [false]])('leave OPTIONS to the one that lists it (the first: %s)', (isFirst) => {
    const rules = [get('/a', 'noop', 'GET', 'OPTIONS'), get('/a', 'jwt', 'POST')];
    const translated = rulesOf(translateRules(isFirst ? rules : rules.reverse()));
    expect(Object.fromEntries(translated.map(({ noAuth, methods }) => [noAuth === true ? 'open' : 'jwt', methods]))).toEqual({
      open: ['GET', 'OPTIONS'],
      jwt: ['POST'],
    });
  });

  test('that ask for the same become one', () => {
    expect(order(get('/a', 'jwt'), get('/a', 'jwt', 'POST'))).toEqual(['/a GET,POST jwt']);
  });

  test('and method that ask for different things are work: the old controller refused them', () => {
    const rules = [get('/a', 'allow', 'GET', 'POST'), get('/a', 'jwt', 'POST')];
    expect([order(...rules), notes(...rules).filter((one) => one.endsWith('manual'))]).toEqual([[], ['migrate-order manual']]);
  });

  test('and method that say the same are one', () => {
    expect(order(get('/a', 'noop'), get('/a', 'noop'))).toEqual(['/a GET open']);
  });
});

describe('paths that the controller takes for a conflict in any order', () => {
  test('are one where both ask for the same', () => {
    expect(order(get('/a/[^/]+', 'no_auth'), get('/a/.*', 'no_auth'))).toEqual(['/a/{**} GET open']);
  });

  test('are work where they do not', () => {
    const rules = [get('/a/[^/]+', 'jwt'), get('/a/.*', 'allow')];
    expect([order(...rules), notes(...rules)]).toEqual([[], expect.arrayContaining(['migrate-order manual'])]);
  });

  test('change places where they do not bear on each other', () => {
    expect(order(get('/a/.*/b', 'no_auth', 'GET'), get('/a/b', 'jwt'))).toEqual(['/a/b GET jwt', '/a/{**}/b GET open']);
  });
});

test('a rule that is left to an authorizer stands in the order, too', () => {
  const translation = translateRules([get('/.*', 'allow'), handlerRule('/a', 'oauth2_introspection')]);
  expect(rulesOf(translation)).toMatchObject([
    { path: '/a', extAuth: { authorizers: [authorizerToName] } },
    { path: '/*', noAuth: true },
  ]);
});

test('hundreds of rules are ordered in no time to speak of', () => {
  const rules = Array.from({ length: 150 }, (_, at) => get(`/a/${at}(/.*)?`, at % 2 === 0 ? 'jwt' : 'allow'));
  const started = process.cpuUsage().user;
  expect(rulesOf(translateRules([get('/.*', 'allow'), ...rules]))).toHaveLength(301);
  expect(process.cpuUsage().user - started).toBeLessThan(10_000_000);
});
