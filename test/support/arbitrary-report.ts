import fc from 'fast-check';
import { checkResult, severities, suppressors, type CheckResult } from '../../src/model/check-result';
import { families } from '../../src/model/family';
import { statusOrder } from '../../src/report/order';
import { createReport, type Report } from '../../src/report/report';

/** Few names, so that two reports speak of the same checks; some of them mean something to an object. */
const name = fc.constantFrom('protected', 'no-token', 'alg-none', '__proto__', 'constructor', 'toString');
const text = fc.string({ minLength: 1, maxLength: 8 });

/** Anything that JSON can hold, as it is after a way through JSON: -0 is 0 then. */
const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as typeof value);
/** A number, a list, or anything that JSON can hold, as facts of a run. */
const fact = fc.oneof(fc.nat(9), fc.array(text, { maxLength: 3 }), json);

const result: fc.Arbitrary<CheckResult> = fc
  .record(
    {
      id: name,
      status: fc.constantFrom(...statusOrder),
      severity: fc.constantFrom(...severities),
      title: text,
      message: text,
      fix: text,
      family: fc.constantFrom(...families),
      where: fc.record({ file: text, line: fc.nat(99), path: text }, { requiredKeys: [] }),
      route: fc.record({ host: fc.constant('h'), path: fc.constantFrom('/a', '/b'), method: fc.constantFrom('GET', 'POST') }),
    },
    { requiredKeys: ['id', 'status', 'severity', 'title', 'message', 'where'] },
  )
  .chain((one) =>
    one.status === 'skip'
      ? fc
          .option(fc.record({ by: fc.constantFrom(...suppressors), reason: text }), { nil: undefined })
          .map((suppressed) => checkResult({ ...one, ...(suppressed && { suppressed }) }))
      : fc.constant(checkResult(one)),
  );

/** A report of `verify`, with members that no verb writes. */
export const anyReport: fc.Arbitrary<Report> = fc
  .record({
    results: fc.array(result, { maxLength: 6 }),
    labels: fc.dictionary(name, text, { noNullPrototype: true }),
    id: text,
    data: fc.option(fc.dictionary(name, fact, { noNullPrototype: true }), { nil: undefined }),
  })
  .map(({ results, labels, id, data }) =>
    createReport({
      verb: 'verify',
      version: '1',
      run: { labels, inputDigest: 'd', id },
      results,
      ...(data && { data: data }),
    }),
  );
