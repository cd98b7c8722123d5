import { apiRuleFaults, apiRuleProblems, rulePathProblems } from '../../../src/model/api-rule-checks';
import { apiRuleAdvice } from '../../../src/model/controller/api-rule-advice';
import { coversPath } from '../../../src/model/controller/path-cover';
import { routeMatcher } from '../../../src/model/path-template';
import { samplePaths } from '../../../src/model/sample-paths';
import { apiRule, rule } from '../../support/model';

/** Faults of an APIRule with these paths, each as `id severity`. */
const faults = (...paths: string[]) =>
  apiRuleFaults(apiRule(paths.map((path) => rule(path, 'GET')))).map(({ id, severity }) => [id, ...(severity ? [severity] : [])].join(' '));

test.each([
  ['/a/.*', 'api-rule-path'],
  ['/{**}/{**}', 'api-rule-path-operators'],
  ['/a+b', 'api-rule-path-literal medium'],
  ['/a(b)', 'api-rule-path-literal medium'],
  ['/a$', 'api-rule-path-literal medium'],
  ['/a(b', 'api-rule-path-literal'],
  ['/a//{*}', 'api-rule-path-empty-segment'],
  ['//{**}', 'api-rule-path-empty-segment'],
])('%s: %s', (path, expected) => {
  expect(faults(path)).toEqual([expected]);
});

test.each(['/a//b', '//', '/a/', '/v1.0', '/{*}/', '/{**}/', "/it's/{*}", '/a/{*}/b/{**}/c', '/*'])('%s is fine', (path) => {
  expect(faults(path)).toEqual([]);
});

const message = (...rules: (readonly [string, string])[]) => {
  const [problem] = apiRuleFaults(apiRule(rules.map(([path, methods]) => rule(path, methods))));
  return `${problem?.id ?? ''} ${problem?.path.join('.') ?? ''}: ${problem?.message ?? ''}; ${problem?.fix ?? ''}`;
};

test.each([
  [
    [
      ['/a/{*}', 'GET'],
      ['/a/{**}', 'GET'],
    ],
    'api-rule-path-conflict spec.rules.1.path: "/a/{**}" with GET conflicts, for the controller, with spec.rules[0] "/a/{*}", so it refuses the APIRule; ' +
      "this is a false positive of the controller's check: spec.rules[0] is the more specific one and stands first, as it should; " +
      'drop spec.rules[0]: spec.rules[1] answers its requests in the same way',
  ],
  [
    [
      ['/a/{*}', 'GET,POST'],
      ['/a/{**}', 'GET'],
    ],
    'api-rule-path-conflict spec.rules.1.path: "/a/{**}" with GET conflicts, for the controller, with spec.rules[0] "/a/{*}", so it refuses the APIRule; ' +
      "this is a false positive of the controller's check: spec.rules[0] is the more specific one and stands first, as it should; " +
      'write "/a/{*}/{**}" for the paths below, or give the two rules different methods',
  ],
  [
    [
      ['/a/{*}', 'GET'],
      ['/a/', 'GET'],
    ],
    'api-rule-path-conflict spec.rules.1.path: "/a/" with GET conflicts, for the controller, with spec.rules[0] "/a/{*}", so it refuses the APIRule; ' +
      "this is a false positive of the controller's check: no request path belongs to both rules; " +
      'put spec.rules[1] before spec.rules[0]; nothing else changes by that',
  ],
  [
    [
      ['/{*}/{*}/c', 'GET'],
      ['/a/{**}/c', 'GET'],
    ],
    'api-rule-path-conflict spec.rules.1.path: "/a/{**}/c" with GET conflicts, for the controller, with spec.rules[0] "/{*}/{*}/c", so it refuses the APIRule; ' +
      "this is a false positive of the controller's check: each rule takes paths that the other does not; what both take, such as /a/a/c, goes to spec.rules[0]; " +
      'spell one of them with other segments, or give the two rules different methods',
  ],
  [
    [
      ['/{**}', 'GET,POST'],
      ['/a', 'POST,GET'],
    ],
    'api-rule-path-conflict spec.rules.1.path: "/a" with POST, GET conflicts, for the controller, with spec.rules[0] "/{**}", so it refuses the APIRule; ' +
      'spec.rules[0] takes every path of this rule, so no request would ever reach it; drop spec.rules[1]: spec.rules[0] answers its requests in the same way',
  ],
  [
    [
      ['/a', 'GET,POST'],
      ['/a', 'POST'],
    ],
    'api-rule-repeated spec.rules.1.path: repeats POST /a of spec.rules[0]; keep one rule for each path and method',
  ],
] as const)('%j: with whom, whether it matters, and what to do', (rules, expected) => {
  expect(message(...rules)).toBe(expected);
});

test('a rule is not proposed to be dropped when the other one asks for less', () => {
  const [problem] = apiRuleFaults(apiRule([rule('/{**}', 'GET'), rule('/admin', 'GET', {})]));
  expect(problem?.fix).toBe('put spec.rules[1] before spec.rules[0]');
});

test('a repetition that the controller does not notice is told all the same', () => {
  expect(message(['/a/b', 'GET'], ['/a', 'GET'], ['/a', 'GET'])).toContain(
    'repeats GET /a of spec.rules[1], which the controller does not notice',
  );
});

test('every later rule that conflicts is told once', () => {
  expect(faults('/*', '/a', '/b', '/c')).toEqual(Array(3).fill('api-rule-path-conflict'));
});

test('who refuses everything is told of a conflict in the words of the search, with those of the controller', () => {
  expect(apiRuleProblems(apiRule([rule('/*', 'GET'), rule('/a', 'GET')]))).toMatchObject([
    { id: 'api-rule-shadowed', says: expect.stringContaining('Path /a with method GET conflicts') },
  ]);
  expect(apiRuleProblems(apiRule([rule('/a/{*}', 'GET'), rule('/a/', 'GET')]))).toMatchObject([{ id: 'api-rule-path-conflict' }]);
  expect(rulePathProblems([rule('/a/{*}', 'GET'), rule('/a/', 'GET')])).toMatchObject([{ id: 'api-rule-path-conflict' }]);
});

test('advice is no fault', () => {
  const body = apiRule([rule('/v1.0/{*}', 'GET,CONNECT')], { service: { name: 'a', port: 80, external: true } });
  expect(apiRuleFaults(body)).toEqual([]);
  expect(apiRuleAdvice(body).map(({ id }) => id)).toEqual(['api-rule-path-dot', 'api-rule-connect', 'api-rule-service-external']);
  expect(apiRuleAdvice({ ...body, metadata: { name: 'x'.repeat(40), namespace: 'y'.repeat(37) } }).map(({ path }) => path[1])).toEqual(
    expect.arrayContaining(['name', 'namespace']),
  );
});

test('what covers a path takes all of its samples', () => {
  const parts = ['a', 'b', '', '{*}'];
  const paths = parts.flatMap((one) =>
    parts.flatMap((two) => [`/${one}`, `/${one}/${two}`, `/${one}/{**}`, `/${one}/{**}/${two}`, `/{**}/${two}`]),
  );
  const usable = [...new Set(paths)].filter((path) => !/\{\*\*\}.*\{/.test(path));
  const wrong = usable.flatMap((general) =>
    usable
      .filter((special) => coversPath(general, special) && !samplePaths(special).every(routeMatcher(general)))
      .map((special) => [general, special]),
  );
  expect(wrong).toEqual([]);
});
