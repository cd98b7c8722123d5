import fc from 'fast-check';
import { checkResult, type CheckResult, type Status } from '../../src/model/check-result';
import { renderJunit } from '../../src/report/junit';
import { hostileText } from '../support/hostile-text';
import { everyElement, parseStrictXml, type XmlElement } from '../support/strict-xml';
import { reportFullOf } from './formats';
import { reportOf, sampleReport, sampleResults } from './sample-report';

const named = (element: XmlElement, name: string) => everyElement(element).filter((one) => one.name === name);
const counted = ({ attributes }: XmlElement) => [attributes['tests'], attributes['failures'], attributes['errors'], attributes['skipped']];
const root = parseStrictXml(renderJunit(sampleReport));

test('a suite per file, and the tool as the suite of what has none', () => {
  expect(root.elements.map(({ attributes }) => attributes['name'])).toEqual(['deploy/orders.yaml', 'kyma-guard validate']);
});

test.each([
  ['fails', 'hole-no-token', ['failure']],
  ['could not be told', 'issuer-https', ['error']],
  ['warns, which passes and says so', 'timeout-long', ['system-out']],
  ['is suppressed', 'wildcard-host', ['skipped']],
  ['is skipped', 'kind-not-checked', ['skipped']],
])('a case that %s', (_, id, inner) => {
  const [one] = named(root, 'testcase').filter(({ attributes }) => attributes['name']?.startsWith(`${id}:`));
  expect(one?.elements.map(({ name }) => name)).toEqual(inner);
});

test('a failure carries place, source, witness and fix', () => {
  const [, failure] = named(root, 'failure');
  expect(failure?.attributes).toEqual({
    message: 'a public rule also matches /admin/{*}, which another rule protects',
    type: 'critical',
  });
  expect(failure?.text).toMatch(/^deploy\/orders\.yaml:22:13 .*\n22 \| {7}path: .*\n {3}\| {13}\^\nrequest: GET /);
});

test('what is suppressed says by whom and why', () => {
  expect(named(root, 'skipped')[0]?.attributes['message']).toMatch(/^suppressed by annotation until 2027-01-31: one host per tenant/);
});

test('routes are the suites of verify, and issuers tell their cases apart', () => {
  const of = (method: string, issuer: string): CheckResult =>
    checkResult({ id: 'x', status: 'pass', severity: 'high', title: 't', message: 'm', route: { host: 'h', path: '/a', method, issuer } });
  const report = {
    ...reportOf([of('GET', 'i'), of('GET', 'j'), of('POST', 'i')]),
    run: { labels: {}, inputDigest: '', startedAt: '2026-01-01T10:00:00.123Z' },
  };
  const suites = parseStrictXml(renderJunit(report)).elements;
  expect(suites.map(({ attributes }) => attributes)).toMatchObject([
    { name: 'GET h/a', tests: '2', timestamp: '2026-01-01T10:00:00' },
    { name: 'POST h/a', tests: '1' },
  ]);
  expect(suites.flatMap(({ elements }) => elements).map(({ attributes }) => Object.values(attributes).join(' '))).toEqual([
    'GET h/a x: t (i)',
    'GET h/a x: t (j)',
    'POST h/a x: t (i)',
  ]);
});

test('one object and one check are one case, in which the worst decides and nothing is lost', () => {
  const [first] = sampleResults;
  const again = (status: Status, message: string): CheckResult => ({ ...first!, status, message });
  const xml = parseStrictXml(renderJunit(reportOf([again('warn', 'first'), again('fail', 'second'), again('fail', 'third')])));
  const [one, ...others] = named(xml, 'testcase');
  expect(others).toEqual([]);
  expect(one?.elements.map(({ name, attributes }) => [name, attributes['message']])).toEqual([
    ['failure', 'second (and 1 more)'],
    ['system-out', undefined],
  ]);
  expect(one?.elements.map(({ text }) => /first|third/.exec(text)?.[0])).toEqual(['third', 'first']);
});

test.each([
  ['objects without finding are one passing case', { checked: 3 }, ['1', '0', '0', '0']],
  ['nothing checked is no case at all', {}, ['0', '0', '0', '0']],
])('%s', (_, data, counts) => {
  expect(counted(parseStrictXml(renderJunit(reportOf([], data))))).toEqual(counts);
});

test('whatever the texts hold: well-formed, in the form of the schema, and counts that are true', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const document = parseStrictXml(renderJunit(reportFullOf(text)));
      for (const element of everyElement(document)) expectSchema(element);
      expect(named(document, 'failure')).toHaveLength(2);
    }),
  );
});

/** What the common schemas of JUnit reports say of each element: its attributes, its children, its counts. */
function expectSchema(element: XmlElement): void {
  const children: Record<string, string[]> = {
    testsuites: ['testsuite'],
    testsuite: ['testcase'],
    testcase: ['failure', 'error', 'skipped', 'system-out'],
  };
  const required: Record<string, string[]> = {
    testsuites: ['name'],
    testsuite: ['name', 'tests'],
    testcase: ['name', 'classname'],
    failure: ['message', 'type'],
  };
  expect(element.elements.map(({ name }) => name).filter((name) => !(children[element.name] ?? []).includes(name))).toEqual([]);
  expect(Object.keys(element.attributes)).toEqual(expect.arrayContaining(required[element.name] ?? []));
  if (element.attributes['tests'] === undefined) return;
  const counts = ['testcase', 'failure', 'error', 'skipped'].map((name) => String(named(element, name).length));
  expect(counted(element)).toEqual(counts);
}
