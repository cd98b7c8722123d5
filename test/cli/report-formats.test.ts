import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCall } from '../../src/cli/parse-call';
import { knownFormat, render } from '../../src/cli/render';
import { reportFormats } from '../../src/cli/report-formats';
import { showOutput } from '../../src/cli/show-output';
import type { CommandSpec } from '../../src/cli/command';
import { sampleReport, sampleResults, sampleRules } from '../report/sample-report';
import { formats } from '../report/formats';
import { captureIo } from '../support/fake-io';
import { temporaryFolder } from '../support/temporary-folder';

const command: CommandSpec = {
  name: 'validate',
  summary: 's',
  arguments: '[path...]',
  options: [],
  examples: [],
  reports: true,
  run: async () => ({ results: [] }),
};
const output = { results: sampleResults, rules: sampleRules, data: { documents: 5, checked: 2 }, run: { labels: {}, inputDigest: 'd' } };

async function show(...args: string[]): Promise<{ folder: string; stdout: string }> {
  const folder = temporaryFolder();
  const { io, stdout } = captureIo({ cwd: folder });
  const parsed = parseCall(command, args);
  if (parsed.kind === 'run') await showOutput(output, { command, call: parsed.call, io, version: '1.2.3' });
  return { folder, stdout: stdout() };
}

test.each(reportFormats)('--format %s and --report give the same text', async (format) => {
  const { folder, stdout } = await show('--format', format, '--verbose', '--report', `${format}=report`);
  expect(stdout).toBe(formats[format]?.(sampleReport, sampleRules));
  expect(readFileSync(join(folder, 'report'), 'utf8')).toBe(stdout);
});

test('--help names the formats that go to a file', () => {
  expect(parseCall(command, ['--help'])).toMatchObject({
    text: expect.stringMatching(/json,\s+junit,\s+sarif,\s+github,\s+markdown,\s+html,\s+ndjson,\s+openmetrics/),
  });
});

test('a format that does not exist is refused with those that do', () => {
  expect(() => knownFormat('xml')).toThrow(
    'there is no report format "xml"; the formats are text, json, junit, sarif, github, markdown, html, ndjson, openmetrics',
  );
});

test('a report renders without a catalog of rules', async () => {
  const look = { color: false, quiet: false, verbose: false };
  expect(await render('sarif', sampleReport, look)).toBe(formats['sarif']?.(sampleReport));
});
