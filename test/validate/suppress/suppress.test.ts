import { exampleIssuer } from '../../../src/validate/rules/security/example-issuer';
import { isDay } from '../../../src/model/calendar-day';
import { examplePolicy } from '../../../src/validate/policy/example-policy';
import { isAtOrBelow } from '../../../src/validate/suppress/suppression';
import { parseSuppressions } from '../../../src/validate/suppress/suppression-annotation';
import type { ConfiguredSuppression } from '../../../src/validate/suppress/suppression-entry';
import { suppressionMalformed, suppressionRules } from '../../../src/validate/suppress/suppression-rules';
import type { ValidateOptions } from '../../../src/validate/validate';
import { idsOf, validateText } from '../../support/validate-text';

/** One finding of `issuer-http` (medium) at `spec.rules[0].jwt.authentications[0].issuer`, and the annotation. */
function annotated(ignore: string): string {
  const metadata = `metadata: { name: orders, namespace: shop, annotations: { kyma-guard/ignore: ${JSON.stringify(ignore)} } }`;
  return exampleIssuer('http://id.example.com', 'https://id.example.com/keys').replace(/^metadata:.*$/m, metadata);
}

async function judged(ignore: string, options: ValidateOptions = {}): Promise<string[]> {
  return idsOf(await validateText(annotated(ignore), options));
}

test.each([
  ['the rule alone', 'issuer-http: a mock'],
  ['the exact place', 'issuer-http@spec.rules[0].jwt.authentications[0].issuer: a mock'],
  ['a place above', 'issuer-http@spec.rules[0]: a mock'],
  ['today as the last day', 'issuer-http until=2026-06-15: a mock'],
  ['a place and a day', 'issuer-http@spec until=2027-01-31: a mock'],
  ['one of several entries', 'issuer-http: a mock'],
])('%s suppresses the finding', async (_, ignore) => {
  expect(await judged(ignore)).toEqual(['issuer-http skip']);
});

test.each([
  ['no annotation at all', '', ['issuer-http fail']],
  ['another rule', 'issuer-dex: a mock', ['issuer-http fail', 'suppression-unused warn']],
  ['another place', 'issuer-http@spec.rules[1]: a mock', ['issuer-http fail', 'suppression-unused warn']],
  ['a place whose name only begins alike', 'issuer-http@spec.rules[0].jw: a mock', ['issuer-http fail', 'suppression-unused warn']],
  ['a day that is over', 'issuer-http until=2026-06-14: a mock', ['issuer-http fail', 'suppression-expired fail']],
  ['no reason', 'issuer-http', ['issuer-http fail', 'suppression-malformed fail']],
  ['an empty reason', 'issuer-http: ', ['issuer-http fail', 'suppression-malformed fail']],
  ['a day that does not exist', 'issuer-http until=2027-02-30: a', ['issuer-http fail', 'suppression-malformed fail']],
  ['a word that is no day', 'issuer-http forever: a mock', ['issuer-http fail', 'suppression-malformed fail']],
  ['a day and one word more', 'issuer-http until=2027-01-01 x: a', ['issuer-http fail', 'suppression-malformed fail']],
  ['a rule that does not exist', 'issuer-htpp: a mock', ['issuer-http fail', 'suppression-malformed fail']],
  ['a layer instead of a rule', 'security: a mock', ['issuer-http fail', 'suppression-malformed fail']],
  ['a result about suppressions', 'suppression-unused: x', ['issuer-http fail', 'suppression-malformed fail']],
  ['documents that cannot be read', 'manifest-syntax: x', ['issuer-http fail', 'suppression-malformed fail']],
  ['an @ without a place', 'issuer-http@: a mock', ['issuer-http fail', 'suppression-malformed fail']],
  [
    'good and bad entries',
    'issuer-http: a; nonsense\nissuer-dex: b',
    ['issuer-http skip', 'suppression-malformed fail', 'suppression-unused warn'],
  ],
])('%s: the rest is told', async (_, ignore, expected) => {
  expect(await judged(ignore)).toEqual(expected);
});

test('a suppressed finding stays in the report with reason and last day', async () => {
  const { results } = await validateText(annotated('issuer-http until=2027-01-31: a mock: it has no TLS'));
  expect(results.find(({ id }) => id === 'issuer-http')).toMatchObject({
    severity: 'medium',
    suppressed: { by: 'annotation', reason: 'a mock: it has no TLS', until: '2027-01-31' },
  });
});

test('a suppression of a rule that did not run is not called unused', async () => {
  expect(await judged('issuer-dex: a mock', { ignore: ['issuer-dex', 'issuer-http'] })).toEqual([]);
});

test('an annotation speaks of its own object only', async () => {
  const other = exampleIssuer('http://id.example.com', 'https://id.example.com/keys')
    .replace('name: orders', 'name: other')
    .replace('orders.example', 'other.example');
  expect(idsOf(await validateText(`${annotated('issuer-http: a mock')}---\n${other}`, { select: ['issuer-http'] }))).toEqual([
    'issuer-http skip',
    'issuer-http fail',
  ]);
});

test.each<[string, Partial<ConfiguredSuppression>, string[]]>([
  ['for every object', {}, ['issuer-http skip']],
  ['for the object', { object: 'APIRule shop/orders' }, ['issuer-http skip']],
  ['for another object', { object: 'APIRule shop/order' }, ['issuer-http fail', 'suppression-unused warn']],
  ['for a place', { path: 'spec.rules[0]' }, ['issuer-http skip']],
  ['for another place', { path: 'spec.rules[1]' }, ['issuer-http fail', 'suppression-unused warn']],
  ['until today', { until: '2026-06-15' }, ['issuer-http skip']],
  ['until yesterday', { until: '2026-06-14' }, ['issuer-http fail', 'suppression-expired fail']],
  ['for an unknown rule', { rule: 'issuer-htpp' }, ['issuer-http fail', 'suppression-malformed fail']],
])('a configuration suppresses %s', async (_, change, expected) => {
  const suppressions = [{ rule: 'issuer-http', reason: 'a mock', ...change }];
  expect(await judged('', { suppressions })).toEqual(expected);
});

test.each([
  ['medium', ['issuer-http skip']],
  ['high', ['issuer-http skip']],
  ['low', ['issuer-http fail', 'suppression-forbidden fail']],
  ['none', ['issuer-http fail', 'suppression-forbidden fail']],
] as const)('with maxSuppressible %s an annotation for a medium finding gives %j', async (maxSuppressible, expected) => {
  expect(await judged('issuer-http: a mock', { policy: { maxSuppressible } })).toEqual(expected);
});

test('what the policy itself forbids is out of reach of annotations, not of a configuration', async () => {
  const policy = { allowedIssuers: [] };
  const both = await judged('policy-issuer: mine; issuer-http: a mock', { policy });
  expect(both.sort()).toEqual(['issuer-http skip', 'policy-issuer fail', 'suppression-forbidden fail']);
  const suppressions = [{ rule: 'policy-issuer', reason: 'agreed' }];
  expect(await judged('issuer-http: a mock', { policy, suppressions })).toContain('policy-issuer skip');
});

test.each([
  ['2027-01-31', true],
  ['2028-02-29', true],
  ['2027-02-29', false],
  ['2027-1-31', false],
  ['', false],
])('%j is a day: %s', (text, is) => {
  expect(isDay(text)).toBe(is);
});

test.each([
  ['spec.rules[0].path', 'spec.rules[0]', true],
  ['spec.rules[0]', 'spec.rules[0]', true],
  ['spec.rules[10]', 'spec.rules[1]', false],
  ['spec.rulesets', 'spec.rules', false],
  ['spec', 'spec.rules', false],
  [undefined, 'spec', false],
  [undefined, undefined, true],
])('%s is at or below %s: %s', (place, named, is) => {
  expect(isAtOrBelow(place, named)).toBe(is);
});

test('a colon inside a place does not end it', () => {
  expect(parseSuppressions('x@metadata.labels.a:b: reason')).toMatchObject([
    { suppression: { rule: 'x', path: 'metadata.labels.a:b', reason: 'reason' } },
  ]);
});

test.each(suppressionRules.map((rule) => [rule.id, rule] as const))('the examples of %s tell bad from good', async (id, rule) => {
  const old = await validateText(suppressionMalformed.bad, { baseline: { accepted: [] }, baselineUse: 'update', select: ['issuer-http'] });
  const accepted = old.baseline?.accepted ?? [];
  const entries: Partial<Record<string, typeof accepted>> = {
    'baseline-stale': accepted,
    'baseline-expired': accepted.map((entry) => ({ ...entry, until: '2026-01-31' })),
  };
  const options = { baseline: { accepted: entries[id] ?? [] } };
  const policy = id === 'suppression-forbidden' ? { policy: examplePolicy } : {};
  const run = async (yaml: string) => (await validateText(yaml, { ...options, ...policy })).results.map((result) => result.id);
  expect(await run(rule.bad)).toContain(id);
  expect(await run(rule.good)).not.toContain(id);
});

/** Line and excerpt of every result about suppressions, of an annotation as it is written. */
async function placesOf(annotation: string): Promise<string[]> {
  const metadata = `metadata:\n  name: orders\n  namespace: shop\n  annotations:\n    kyma-guard/ignore: ${annotation}`;
  const text = exampleIssuer('https://id.example.com', 'https://id.example.com/keys').replace(/^metadata:.*$/m, () => metadata);
  const { results } = await validateText(text);
  const line = text.split('\n').findIndex((content) => content.includes('kyma-guard/ignore')) + 1;
  return results
    .filter(({ id }) => id.startsWith('suppression-'))
    .map(({ where }) => `+${(where.line ?? 0) - line}:${where.column ?? 0} ${where.excerpt ?? ''}`)
    .sort();
}

test.each([
  [
    'of a block',
    '|\n      nonsense\n\n      issuer-htpp: a\n      issuer-http: b',
    ['+1:7       nonsense', '+3:7       issuer-htpp: a', '+4:7       issuer-http: b'],
  ],
  ['that reads the same twice', '|\n      nonsense\n      nonsense', ['+1:7       nonsense', '+2:7       nonsense']],
  ['of one line', "'a; b'", ["+0:25     kyma-guard/ignore: 'a; b'", "+0:28     kyma-guard/ignore: 'a; b'"]],
  ['that is folded', '>\n      issuer-htpp:\n      a', ['+0:24     kyma-guard/ignore: >']],
])('an entry %s is shown where it stands', async (_, annotation, expected) => {
  expect(await placesOf(annotation)).toEqual(expected);
});
