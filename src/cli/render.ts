import pc from 'picocolors';
import { UsageError } from '../model/errors';
import type { Report, RuleDescription } from '../report/report';
import type { Call } from './command';
import type { Io } from './io';
import { reportFormats, type ReportFormat } from './report-formats';

type Write = (report: Report, look: Look, rules: readonly RuleDescription[]) => Promise<string>;

/** Report formats by the name that `--format` and `--report` take; each is loaded when it is used. */
const formats: Readonly<Record<ReportFormat, Write>> = {
  text: async (report, look) => {
    const { renderText } = await import('../report/text.js');
    return renderText(report, { ...look, colors: pc.createColors(look.color) });
  },
  json: async (report) => (await import('../report/json.js')).renderJson(report),
  junit: async (report) => (await import('../report/junit.js')).renderJunit(report),
  sarif: async (report, _, rules) => (await import('../report/sarif.js')).renderSarif(report, rules),
  github: async (report) => (await import('../report/github.js')).renderGithub(report),
  markdown: async (report) => (await import('../report/markdown.js')).renderMarkdown(report),
  html: async (report) => (await import('../report/html/html.js')).renderHtml(report),
  ndjson: async (report) => (await import('../report/ndjson.js')).renderNdjson(report),
  openmetrics: async (report) => (await import('../report/openmetrics/openmetrics.js')).renderOpenMetrics(report),
};

interface Look {
  readonly color: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/**
 * The report in one format. The catalog of rules is for formats that describe what they report.
 * @throws {UsageError} ERR_USAGE when the format is unknown
 */
export async function render(format: string, report: Report, look: Look, rules: readonly RuleDescription[] = []): Promise<string> {
  return formats[knownFormat(format)](report, look, rules);
}

/**
 * The format, if there is such a one.
 * @throws {UsageError} ERR_USAGE when it is unknown
 */
export function knownFormat(format: string): ReportFormat {
  const known = reportFormats.find((name) => name === format);
  if (known === undefined) throw new UsageError(`there is no report format "${format}"; the formats are ${reportFormats.join(', ')}`);
  return known;
}

/** How the user wants text to look. */
export function lookOf({ options }: Pick<Call, 'options'>, io: Io): Look {
  const color = io.isTerminal && !io.env['NO_COLOR'] && io.env['TERM'] !== 'dumb';
  return {
    color: color && !options.flag('no-color') && options.flag('color'),
    quiet: options.flag('quiet'),
    verbose: options.flag('verbose'),
  };
}
