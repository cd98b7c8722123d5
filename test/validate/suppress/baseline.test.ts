import * as fc from 'fast-check';
import { printBaseline, readBaseline, type AcceptedFinding, type Baseline } from '../../../src/model/baseline';
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
    fingerprint: fc.string({ minLength: 1 }),
    id: fc.string({ minLength: 1 }),
    object: fc.string(),
    path: fc.string(),
    message: fc.string({ minLength: 1 }),
  },
  { requiredKeys: ['fingerprint', 'id', 'message'] },
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
  ['an entry without fingerprint', { version: 1, accepted: [{ id: 'a', message: 'b' }] }, 'accepted.0.fingerprint'],
])('%s is a problem with a place', (_, data, path) => {
  expect(readBaseline(data).problems.map((problem) => problem.path.join('.'))).toContain(path);
});
