import pc from 'picocolors';
import { UsageError } from '../model/errors';
import type { Report } from '../report/report';
import type { Call } from './command';
import type { Io } from './io';

/** Report formats by the name that `--format` and `--report` take; each is loaded when it is used. */
const formats: Readonly<Record<string, (report: Report, look: Look) => Promise<string>>> = {
  text: async (report, look) => {
    const { renderText } = await import('../report/text.js');
    return renderText(report, { ...look, colors: pc.createColors(look.color) });
  },
  json: async (report) => (await import('../report/json.js')).renderJson(report),
};

interface Look {
  readonly color: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/**
 * The report in one format.
 * @throws {UsageError} ERR_USAGE when the format is unknown
 */
export async function render(format: string, report: Report, look: Look): Promise<string> {
  const write = formats[knownFormat(format)];
  return write ? write(report, look) : '';
}

/**
 * The format, if there is such a one.
 * @throws {UsageError} ERR_USAGE when it is unknown
 */
export function knownFormat(format: string): string {
  if (format in formats) return format;
  throw new UsageError(`there is no report format "${format}"; the formats are ${Object.keys(formats).join(', ')}`);
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
