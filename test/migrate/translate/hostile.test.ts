import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../src/model/json';
import { readApiRules } from '../../../src/model/read-api-rules';
import { bareApiRule } from '../../../src/model/bare-manifest';
import { apiRuleProblems } from '../../../src/model/api-rule-checks';
import { isOldApiRule } from '../../../src/migrate/read/read-old-api-rule';
import { translateApiRule } from '../../../src/migrate/translate/translate-api-rule';
import { noteTitles } from '../../../src/migrate/translate/note-titles';
import type { Translation } from '../../../src/migrate/translation';
import { defaults, handlerRule, jwtRule, manifestFrom, oldObject, readOld, translateRules } from '../../support/old-objects';
import { runs } from '../../support/runs';

/** Text that is meant to upset whoever reads it. */
const text = fc.oneof(
  fc.constantFrom(
    '',
    '/a',
    '/.*',
    '(',
    '((a+)+)+$',
    '${X}',
    '{{ .X }}',
    '__proto__',
    'constructor',
    '\u0000',
    '\u2028',
    '💥',
    'a'.repeat(5000),
    '*',
    'jwt',
    'noop',
    'GET',
  ),
  fc.string({ maxLength: 20, unit: 'grapheme' }),
);
const json: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.constantFrom<JsonValue>(null, true, false, 0, -1, 1e300, 8080),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        'host',
        'hosts',
        'gateway',
        'service',
        'name',
        'port',
        'rules',
        'path',
        'methods',
        'accessStrategies',
        'handler',
        'config',
        'jwt',
        'noAuth',
        'mutators',
        'corsPolicy',
        'maxAge',
        'jwks_urls',
        'token_from',
      ),
      tie('value'),
      { maxKeys: 5 },
    ),
  ),
})).value;

/** A spec of which any member may be anything. */
const spec = fc.record<Record<string, JsonValue>, string>(
  {
    host: fc.oneof(fc.constant<JsonValue>('orders'), json),
    gateway: fc.oneof(fc.constant<JsonValue>('a/b'), json),
    service: fc.oneof(fc.constant<JsonValue>({ name: 'a', port: 1 }), json),
    corsPolicy: json,
    timeout: json,
    rules: fc.oneof(
      json,
      fc.array(
        fc.oneof(
          json,
          fc.record<Record<string, JsonValue>, string>(
            {
              path: text,
              methods: fc.constant<JsonValue>(['GET']),
              accessStrategies: fc.array(
                fc.oneof(json, fc.record<Record<string, JsonValue>, string>({ handler: text, config: json }, { requiredKeys: [] })),
                { maxLength: 2 },
              ),
              mutators: json,
            },
            { requiredKeys: [] },
          ),
        ),
        { maxLength: 3 },
      ),
    ),
  },
  { requiredKeys: [] },
);

test('whatever stands in an object, it is read or said to be wrong, and translated or left to the user', () => {
  fc.assert(
    fc.property(spec, (members) => {
      const object: JsonObject = { ...oldObject([]), spec: members };
      const { apiRule, problems } = readOld(object);
      expect(apiRule === undefined).toBe(problems.length > 0);
      for (const { message, where } of problems) expect([message === '', where.line]).toEqual([false, expect.any(Number)]);
      if (apiRule) expectWhole(translateApiRule(apiRule, defaults));
    }),
    { numRuns: runs(400) },
  );
});

/** Each rule is translated, or a note says why not; each note can be shown. */
function expectWhole({ apiRule, notes, origins }: Translation): void {
  for (const { id, message, effect, fix, place } of notes) {
    expect(Object.keys(noteTitles)).toContain(id);
    expect([message.trim() === '', place.length > 0, effect !== 'manual' || fix !== undefined]).toEqual([false, true, true]);
  }
  if (!apiRule) return expect(notes.some(({ effect }) => effect === 'manual')).toBe(true);
  expect(readApiRules([bareApiRule(apiRule)])).toMatchObject({ problems: [], apiRules: [{ rules: { length: origins.length } }] });
  expect(isOldApiRule(manifestFrom(apiRule))).toBe(false);
}

const handlers = ['allow', 'no_auth', 'noop', 'anonymous', 'unauthorized', 'jwt', 'scoped', 'oauth2_introspection'];
const paths = [
  '/.*',
  '/*',
  '/a',
  '/a/',
  '/a/.*',
  '/a(/.*)?',
  '/a(.*)',
  '/a/[^/]+',
  '/a/[^/]*',
  '/a/[^/]+/b',
  '/a/.*/b',
  '/a|/b',
  '/[ab]',
  '/b',
  '(/a)?/b',
];
const rule = fc
  .record({
    path: fc.constantFrom(...paths),
    handler: fc.constantFrom(...handlers),
    methods: fc.subarray(['GET', 'POST', 'OPTIONS'], { minLength: 1 }),
  })
  .map(({ path, handler, methods }) => {
    if (handler === 'scoped') return jwtRule(path, { required_scope: ['read'] }, { methods });
    return handler === 'jwt' ? jwtRule(path, {}, { methods }) : handlerRule(path, handler, undefined, { methods });
  });

test('what is written is taken by the API server and the controller, in whatever order the old rules stood', () => {
  fc.assert(
    fc.property(fc.array(rule, { minLength: 1, maxLength: 5 }), (rules) => {
      const translation = translateRules(rules);
      expectWhole(translation);
      const refusals = translation.apiRule ? apiRuleProblems(translation.apiRule).filter(({ id }) => id !== 'api-rule-cors') : [];
      expect(refusals.filter(({ says }) => says !== undefined)).toEqual([]);
    }),
    { numRuns: runs(150) },
  );
});

test('the same rules give the same bytes', () => {
  fc.assert(
    fc.property(fc.array(rule, { minLength: 1, maxLength: 4 }), (rules) => {
      const once = (): string => JSON.stringify([translateRules(rules).apiRule, translateRules(rules).notes]);
      expect(once()).toBe(once());
    }),
    { numRuns: runs(30) },
  );
});

test.each([
  ['a thousand nested groups', `${'('.repeat(1000)}a${')'.repeat(1000)}`],
  ['a catastrophic repetition', '/((a+)+)+b'],
  ['a huge repetition', '/a{1000}{1000}'],
  ['a path as long as a book', `/${'a'.repeat(200_000)}`],
])('%s takes no time to speak of', (_, path) => {
  const started = process.cpuUsage().user;
  expectWhole(translateRules([handlerRule(path, 'no_auth')]));
  expect(process.cpuUsage().user - started).toBeLessThan(10_000_000);
});

test('thousands of issuers and keys are paired in no time to speak of', () => {
  const many = Array.from({ length: 2000 }, (_, at) => `https://a${at}.example.com`);
  const started = process.cpuUsage().user;
  expectWhole(translateRules([jwtRule('/a', { trusted_issuers: many, jwks_urls: [...many].reverse().map((url) => `${url}/v1/keys`) })]));
  expect(process.cpuUsage().user - started).toBeLessThan(20_000_000);
});
