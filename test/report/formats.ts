import pc from 'picocolors';
import { checkResult, type CheckResult, type Status } from '../../src/model/check-result';
import { renderGithub } from '../../src/report/github';
import { renderHtml } from '../../src/report/html/html';
import { renderJson } from '../../src/report/json';
import { renderJunit } from '../../src/report/junit';
import { renderMarkdown } from '../../src/report/markdown';
import { createReport, type Report, type RuleDescription } from '../../src/report/report';
import { renderSarif } from '../../src/report/sarif';
import { renderNdjson } from '../../src/report/ndjson';
import { renderOpenMetrics } from '../../src/report/openmetrics/openmetrics';
import { renderText } from '../../src/report/text';

/** Every format by its name. */
export const formats: Readonly<Record<string, (report: Report, rules?: readonly RuleDescription[]) => string>> = {
  text: (report) => renderText(report, { colors: pc.createColors(false), verbose: true }),
  json: (report) => renderJson(report),
  junit: (report) => renderJunit(report),
  sarif: (report, rules) => renderSarif(report, rules),
  github: (report) => renderGithub(report),
  markdown: (report) => renderMarkdown(report),
  html: (report) => renderHtml(report),
  ndjson: (report) => renderNdjson(report),
  openmetrics: (report) => renderOpenMetrics(report),
};

const statuses: readonly Status[] = ['fail', 'error', 'warn', 'skip', 'pass'];

/** A report in which every text that a user, a manifest or a target could have written is the given one. */
export function reportFullOf(text: string): Report {
  return createReport({
    verb: 'verify',
    run: { labels: { note: text }, inputDigest: '', startedAt: '2026-01-01T00:00:00Z' },
    results: [...statuses.flatMap((status) => [at(status, text), onRoute(status, text)]), suppressed(text)],
    data: {
      ...{ notes: [text], limits: [text], leftOut: [text], scope: [text], profile: text, targets: [{ host: text, url: text }] },
      issuers: [
        {
          ...{ issuer: text, jwksUri: text, discovery: { [text]: text, list: [text] }, token: { obtained: false, problem: text } },
          keys: { problem: text, published: 1, list: [{ kid: text, kty: text, alg: text }] },
        },
      ],
    },
    version: '1',
  });
}

/** A catalog whose texts are all the given one. */
export function rulesFullOf(text: string): RuleDescription[] {
  return [{ id: 'x', title: text, severity: 'high', why: text, fix: text, docs: text, refs: [text] }];
}

function texts(text: string): Omit<CheckResult, 'fingerprint' | 'where' | 'id' | 'status'> {
  const details = { request: text, expected: text, actual: text, reason: text, fix: text, curl: text, docs: text };
  return { severity: 'high', title: text, message: text, ...details };
}

function at(status: Status, text: string): CheckResult {
  const where = { file: text, line: 1, column: 1, object: text, path: text, excerpt: text };
  return checkResult({ ...texts(text), id: `at-${status}`, status, where });
}

function onRoute(status: Status, text: string): CheckResult {
  return checkResult({ ...texts(text), id: `on-${status}`, status, route: { host: text, path: text, method: text, issuer: text } });
}

function suppressed(text: string): CheckResult {
  return { ...at('skip', text), suppressed: { by: 'annotation', reason: text, until: text } };
}
