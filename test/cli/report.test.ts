import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { checkResult, type CheckResult, type Severity, type Status } from '../../src/model/check-result';
import { renderJson } from '../../src/report/json';
import { createReport, type Report } from '../../src/report/report';
import { captureIo } from '../support/fake-io';
import { temporaryFolder } from '../support/temporary-folder';

const route = { host: 'a.example.com', path: '/orders', method: 'GET' };

function claim(status: Status, path = '/orders', severity: Severity = 'critical'): CheckResult {
  return checkResult({ id: 'protected', title: 'Protected', severity, status, message: `is ${status}`, route: { ...route, path } });
}

function reportOf(results: readonly CheckResult[], more: Partial<Report> = {}): Report {
  const run = { labels: {}, inputDigest: 'd', id: `run ${results.length}`, startedAt: '2026-01-01T00:00:00Z' };
  return { ...createReport({ verb: 'verify', version: '1', run, results, data: { requests: 5, notes: ['n'] } }), ...more };
}

async function report(reports: Readonly<Record<string, Report | string>>, ...args: string[]) {
  const cwd = temporaryFolder();
  for (const [name, content] of Object.entries(reports))
    writeFileSync(join(cwd, name), typeof content === 'string' ? content : renderJson(content));
  const captured = captureIo({ cwd });
  const code = await main(['report', ...args], captured.io, '2');
  const read = (name: string): string => readFileSync(join(cwd, name), 'utf8');
  return { code, stdout: captured.stdout(), stderr: captured.stderr(), read };
}

const json = ['--format', 'json'];

test.each<[Status, number]>([
  ['pass', 0],
  ['fail', 1],
  ['error', 3],
])('a report whose claim is %s ends with exit code %i, as its run did', async (status, code) => {
  expect(await report({ 'a.json': reportOf([claim(status)]) }, 'a.json')).toMatchObject({ code });
});

test('a report is shown in another format as its own verb and version would', async () => {
  const { stdout, read } = await report({ 'a.json': reportOf([claim('pass')]) }, 'a.json', '--format', 'html', '--report', 'json=b.json');
  expect(stdout).toContain('<title>kyma-guard verify</title>');
  expect(JSON.parse(read('b.json'))).toEqual(JSON.parse(renderJson(reportOf([claim('pass')]))));
});

test.each<[string, Report | string, string]>([
  ['a text', 'no json', 'is no JSON object'],
  ['an object that is wrong inside', '{"a": not json}', 'is no JSON object'],
  ['half a report', renderJson(reportOf([claim('pass')])).slice(0, 300), 'ends in the middle; was it cut off?'],
  ['a report that ends in a text', '{"schemaVersion":1,"tool":{"name":"kyma-g', 'ends in the middle; was it cut off?'],
  ['another object', '{"kind":"List"}', 'schemaVersion is missing or another than 1'],
  ['a newer report', reportOf([], { schemaVersion: 2 as 1 }), 'schemaVersion is missing or another than 1'],
  ['an unknown status', reportOf([{ ...claim('pass'), status: 'fine' as Status }]), 'results[0].status is unknown'],
])('%s is no report and exit code 2', async (_, content, message) => {
  const { code, stderr } = await report({ 'a.json': content }, 'a.json');
  expect([code, stderr.includes(message)]).toEqual([2, true]);
});

describe('merge', () => {
  test.each<[Status, Status, Status]>([
    ['pass', 'fail', 'fail'],
    ['fail', 'pass', 'fail'],
    ['pass', 'error', 'error'],
    ['skip', 'pass', 'skip'],
    ['error', 'warn', 'error'],
  ])('%s and %s of the same claim are %s', async (a, b, worst) => {
    const { stdout } = await report({ a: reportOf([claim(a)]), b: reportOf([claim(b)]) }, 'merge', 'a', 'b', ...json);
    const merged = JSON.parse(stdout) as Report;
    expect(merged.results.map(({ status }) => status)).toEqual([worst]);
    expect(merged.data?.['notes']).toEqual(['n', 'The reports differ in 1 results; the worst of each counts']);
  });

  test('keeps the order, adds up what was sent, and makes the matrix anew', async () => {
    const shards = { a: reportOf([claim('pass', '/1'), claim('pass', '/2')]), b: reportOf([claim('fail', '/3')]) };
    const { stdout, code } = await report(shards, 'merge', 'a', 'b', ...json);
    const merged = JSON.parse(stdout) as Report;
    expect(merged.results.map((result) => result.route?.path)).toEqual(['/1', '/2', '/3']);
    expect(merged).toMatchObject({ verb: 'verify', tool: { version: '1' }, run: { id: 'run 2, run 1', inputDigest: 'd' } });
    expect(merged.data).toMatchObject({ requests: 10, matrix: { columns: ['protected'] }, merged: [{ results: 2 }, { results: 1 }] });
    expect(code).toBe(1);
  });

  test.each<[string, Partial<Report>]>([
    ['versions', { tool: { name: 'kyma-guard', version: '9' } }],
    ['verbs', { verb: 'validate' }],
  ])('refuses mixed %s', async (_, other) => {
    const { code, stderr } = await report({ a: reportOf([]), b: reportOf([], other) }, 'merge', 'a', 'b');
    expect([code, stderr.includes('do not go together')]).toEqual([2, true]);
  });
});

describe('diff', () => {
  const mayStay: CheckResult = { ...claim('skip'), suppressed: { by: 'option', reason: 'it may stay undecided' } };
  test.each<[string, CheckResult[], CheckResult[], number, string]>([
    ['worse', [claim('pass')], [claim('fail')], 1, 'worse'],
    ['no longer told', [claim('pass')], [claim('error')], 1, 'worse'],
    ['as bad, but more severe', [claim('fail', '/', 'low')], [claim('fail', '/', 'high')], 1, 'worse'],
    ['better', [claim('fail')], [claim('pass')], 0, 'better'],
    ['unclear after a failure', [claim('fail')], [claim('error')], 3, 'unclear'],
    ['unclear after a failure, although it may stay undecided', [claim('fail')], [mayStay], 3, 'unclear'],
    ['accepted as undecided', [claim('error')], [mayStay], 0, 'better'],
    ['new and failing', [], [claim('fail')], 1, 'new'],
    ['new and passing', [], [claim('pass')], 0, 'new'],
    ['gone', [claim('pass')], [], 0, 'gone'],
    ['the same', [claim('fail')], [claim('fail')], 0, 'unchanged'],
  ])('%s', async (_, before, after, code, change) => {
    const shown = await report({ a: reportOf(before), b: reportOf(after) }, 'diff', 'a', 'b', ...json);
    const { data } = JSON.parse(shown.stdout) as Report;
    expect([shown.code, (data?.['diff'] as Record<string, number>)[change]]).toEqual([code, 1]);
  });
});

test('two equal reports differ in nothing, and it does not say that nothing was checked', async () => {
  const same = reportOf([claim('pass')]);
  const { code, stdout } = await report({ a: same, b: same }, 'diff', 'a', 'b');
  expect([code, stdout]).toEqual([0, '0 worse, 0 new, 0 unclear, 0 gone, 0 better, 1 unchanged\nno change\n']);
});

test.each([[['merge', 'a']], [['diff', 'a']], [['a', 'b']]])('%j is a wrong call', async (args) => {
  expect(await report({ a: reportOf([]), b: reportOf([]) }, ...args)).toMatchObject({ code: 2 });
});

test('a mistyped merge is told', async () => {
  const { code, stderr } = await report({ 'a.json': reportOf([]), 'b.json': reportOf([]) }, 'mege', 'a.json', 'b.json');
  expect([code, stderr]).toEqual([2, expect.stringContaining('did you mean "report merge"?')]);
});
