import * as fc from 'fast-check';
import { severities } from '../../../src/model/check-result';
import { exampleApiRule, exampleJwt } from '../../../src/validate/rules/security/example-api-rule';
import { printBaseline, readBaseline, type AcceptedFinding, type Baseline } from '../../../src/validate/suppress/baseline';
import { exampleIssuer } from '../../../src/validate/rules/security/example-issuer';
import type { BaselineUse } from '../../../src/model/accepted-findings';
import { idsOf, validateText } from '../../support/validate-text';

const yaml = exampleIssuer('http://id.example.com', 'https://id.example.com/keys');
const empty: Baseline = { accepted: [] };

/** The baseline of a text, of one rule alone. */
async function update(text: string): Promise<Baseline> {
  const { baseline } = await validateText(text, { baseline: empty, baselineUse: 'update', select: ['issuer-http'] });
  return baseline ?? empty;
}

/** Entries of the rule that these tests are about. */
function acceptedIds(baseline: Baseline = empty): string[] {
  return baseline.accepted.map(({ id }) => id).filter((id) => id === 'issuer-http');
}

test('update accepts what is found, and the next run is quiet about it', async () => {
  const baseline = await update(yaml);
  expect(baseline.accepted.map(({ id }) => id)).toEqual(['issuer-http']);
  expect(idsOf(await validateText(yaml, { baseline }))).toEqual(['issuer-http skip']);
});

test('another value at an accepted place is another finding', async () => {
  const baseline = await update(yaml);
  const ids = idsOf(await validateText(yaml.replace('//id.example.com', '//evil.example.com'), { baseline, select: ['issuer-http'] }));
  expect(ids).toEqual(['issuer-http fail']);
});

test('one entry accepts one finding', async () => {
  const { accepted } = await update(yaml);
  const twice = [...accepted, ...accepted];
  expect(idsOf(await validateText(yaml, { baseline: { accepted: twice } }))).toEqual(['issuer-http skip', 'baseline-stale warn']);
});

test.each<[BaselineUse, string[], number]>([
  ['keep', ['baseline-stale warn'], 1],
  ['prune', [], 0],
  ['update', [], 0],
])('with %s, an entry whose finding is gone gives %j', async (baselineUse, ids, left) => {
  const baseline = await update(yaml);
  const outcome = await validateText(yaml.replace('http:', 'https:'), { baseline, baselineUse });
  expect([idsOf(outcome), acceptedIds(outcome.baseline).length]).toEqual([ids, left]);
});

test.each<BaselineUse>(['keep', 'prune', 'update'])(
  'with %s, what a rule would say that did not run stays accepted',
  async (baselineUse) => {
    const baseline = await update(yaml);
    const outcome = await validateText(yaml, { baseline, baselineUse, ignore: ['issuer-http'] });
    expect([idsOf(outcome), acceptedIds(outcome.baseline)]).toEqual([[], ['issuer-http']]);
  },
);

test('a document that cannot be read is never accepted', async () => {
  const outcome = await validateText(`${yaml}---\na: [\n`, { baseline: empty, baselineUse: 'update' });
  expect(idsOf(outcome)).toEqual(['manifest-syntax fail', 'issuer-http skip']);
});

const entry: fc.Arbitrary<AcceptedFinding> = fc.record(
  {
    id: fc.string({ minLength: 1 }),
    object: fc.string(),
    path: fc.string(),
    severity: fc.constantFrom(...severities),
    message: fc.string({ minLength: 1 }),
    content: fc.string(),
    file: fc.string(),
    reason: fc.string(),
    until: fc.constantFrom('2027-03-31', '2024-02-29'),
  },
  { requiredKeys: ['id', 'severity', 'message'] },
);

test('the order of findings does not change a byte, and what is written is read again', () => {
  fc.assert(
    fc.property(fc.array(entry), (accepted) => {
      const text = printBaseline({ accepted });
      expect(printBaseline({ accepted: accepted.toReversed() })).toBe(text);
      const { baseline, problems } = readBaseline(JSON.parse(text));
      expect([problems, printBaseline(baseline)]).toEqual([[], text]);
    }),
  );
});

test.each([
  ['another version', { version: 2, accepted: [] }, 'version'],
  ['no list', { version: 1 }, 'accepted'],
  ['an entry without severity', { version: 1, accepted: [{ id: 'a', message: 'b' }] }, 'accepted.0.severity'],
  ['an unknown severity', { version: 1, accepted: [{ id: 'a', severity: 'bad', message: 'b' }] }, 'accepted.0.severity'],
  ['a day that is none', { version: 1, accepted: [{ id: 'a', severity: 'low', message: 'b', until: '2027-02-30' }] }, 'accepted.0.until'],
  ['an unknown member', { version: 1, accepted: [{ id: 'a', severity: 'low', message: 'b', line: 1 }] }, 'accepted.0.line'],
])('%s is a problem with a place', (_, data, path) => {
  expect(readBaseline(data).problems.map((problem) => problem.path.join('.'))).toContain(path);
});

describe('an entry with a last day', () => {
  const until = (day: string, baseline: Baseline): Baseline => ({
    accepted: baseline.accepted.map((one) => ({ ...one, until: day, reason: 'the mock goes in January' })),
  });
  const run = async (today: string, baselineUse: BaselineUse = 'keep', text = yaml) =>
    validateText(text, {
      baseline: until('2026-01-31', await update(yaml)),
      baselineUse,
      today,
      select: ['issuer-http', 'baseline-expired', 'baseline-stale'],
    });

  test('accepts up to that day, and its reason stands in the report', async () => {
    const [result] = (await run('2026-01-31')).results;
    expect(result).toMatchObject({
      status: 'skip',
      suppressed: { by: 'baseline', reason: 'the mock goes in January', until: '2026-01-31' },
    });
  });

  test('accepts nothing after it, and says so', async () => {
    const { results } = await run('2026-02-01');
    expect(idsOf({ results })).toEqual(['issuer-http fail', 'baseline-expired fail']);
    expect(results[1]).toMatchObject({
      status: 'fail',
      severity: 'medium',
      message: expect.stringMatching(/^issuer-http was accepted until 2026-01-31, which is over: /),
    });
  });

  test('is accepted anew by an update, without the day that is over', async () => {
    const { results, baseline } = await run('2026-02-01', 'update');
    expect([idsOf({ results }), baseline?.accepted.map(({ until: day }) => day)]).toEqual([['issuer-http skip'], [undefined]]);
  });

  test.each<BaselineUse>(['keep', 'update'])('keeps day and reason as long as it holds, with %s', async (use) => {
    const { baseline } = await run('2026-01-31', use);
    expect(baseline?.accepted).toMatchObject([{ id: 'issuer-http', until: '2026-01-31', reason: 'the mock goes in January' }]);
  });

  test.each([
    ['is stale after it when its finding is gone', yaml.replace('http:', 'https:'), ['baseline-stale warn']],
    [
      'is out of date when nobody looked at its object',
      yaml.replaceAll('orders', 'invoices'),
      ['issuer-http fail', 'baseline-expired fail'],
    ],
  ])('%s', async (_, text, ids) => {
    expect(idsOf(await run('2026-02-01', 'keep', text))).toEqual(ids);
  });

  test.each([
    ['keeps', yaml, 1],
    ['drops', yaml.replace('http:', 'https:'), 0],
  ])('--prune-baseline %s it after its day as its finding does', async (_, text, left) => {
    expect((await run('2026-02-01', 'prune', text)).baseline?.accepted).toHaveLength(left);
  });
});

/** What a run finds, unsuppressed, that a baseline of another text does not accept. */
async function beyond(before: string, after: string, rule: string): Promise<string[]> {
  const { baseline = empty } = await validateText(before, { baseline: empty, baselineUse: 'update', select: [rule] });
  const { results } = await validateText(after, { baseline, select: [rule] });
  return results.filter(({ id, status }) => id === rule && status !== 'skip').map(({ message }) => message);
}

const open = (rules: readonly string[], host?: string): string =>
  `${exampleApiRule([`{ path: "/orders/{*}", methods: [GET], ${exampleJwt} }`])}---\n${exampleApiRule(rules, 'pages', host ?? '"*.example.com"')}`;
const narrow = open(['{ path: /orders/a, methods: [GET], noAuth: true }']);
const anyToken = (rule: string): string => exampleApiRule([`{ ${rule}, jwt: { authentications: [${trusted}] } }`]);
const trusted = '{ issuer: https://id.example.com, jwksUri: https://id.example.com/keys }';
const healthy = anyToken('path: /healthz, methods: [GET]');

test.each([
  ['the same hole, through a rule that opens more', narrow, open(['{ path: "/{**}", methods: [GET], noAuth: true }']), 'hole-anonymous'],
  ['the same words about a rule with another path', healthy, anyToken('path: /admin, methods: [GET]'), 'jwt-any-token'],
  ['the same words about a rule with another method', healthy, anyToken('path: /healthz, methods: [GET, POST]'), 'jwt-any-token'],
  ['the same words about a rule with another host', healthy, healthy.replace(/hosts: .*/, 'hosts: [pay.example.com]'), 'jwt-any-token'],
])('%s is another finding', async (_, before, after, rule) => {
  expect([await beyond(before, before, rule), (await beyond(before, after, rule)).length]).toEqual([[], 1]);
});

test('a worse finding than the accepted one counts', async () => {
  const { accepted } = await update(yaml);
  const lower = accepted.map((entry) => ({ ...entry, severity: 'low' as const }));
  expect(idsOf(await validateText(yaml, { baseline: { accepted: lower }, select: ['issuer-http'] }))).toContain('issuer-http fail');
});

test('what could not be told is never accepted', async () => {
  const options = { policy: { allowedHosts: ['*.example.com'] }, select: ['policy-host'] };
  const short = exampleApiRule([`{ path: /a, methods: [GET], ${exampleJwt} }`], 'orders', 'orders');
  const { results, baseline } = await validateText(short, { ...options, baseline: empty, baselineUse: 'update' });
  expect([results.map(({ status }) => status), baseline?.accepted]).toEqual([['error'], []]);
});

test.each<BaselineUse>(['keep', 'prune', 'update'])('with %s, entries of objects that are not in the input stay', async (baselineUse) => {
  const { baseline } = await validateText(yaml, { baseline: await update(yaml), baselineUse, select: ['issuer-http'] });
  const other = yaml.replaceAll('orders', 'invoices');
  const outcome = await validateText(other, { baseline: baseline ?? empty, baselineUse, select: ['issuer-http'] });
  const kept = outcome.baseline?.accepted.map(({ object }) => object);
  expect([kept?.includes('APIRule shop/orders'), idsOf(outcome).includes('baseline-stale warn')]).toEqual([true, false]);
});

test('nothing that may be a secret goes into an entry, not even as a digest', async () => {
  const secret = (value: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: b }\ntype: 7\nstringData: { password: ${value} }\n`;
  const [one, two] = await Promise.all(
    ['first', 'second'].map((value) => validateText(secret(value), { baseline: empty, baselineUse: 'update' })),
  );
  expect(one?.baseline).toEqual(two?.baseline);
});
