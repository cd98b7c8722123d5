import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../model/errors';
import type { Call, CommandSpec, OptionSpec } from './command';
import { Options } from './options';
import { reportFormats } from './report-formats';
import { terminationOption } from './termination-message';

/** A call is either to be run or a question for help. */
export type ParsedCall = { readonly kind: 'run'; readonly call: Call } | { readonly kind: 'help'; readonly text: string };

/** Options that every verb has. */
export const commonOptions: readonly OptionSpec[] = [
  { flags: '--format <FORMAT>', help: 'how the result is written to standard output', choices: reportFormats, default: 'text' },
  { flags: '--quiet', help: 'only what failed, warned or could not be told' },
  { flags: '--verbose', help: 'every check on a line of its own' },
  { flags: '--no-color', help: 'no colors (also with NO_COLOR set)' },
];

/**
 * Reads the arguments behind a verb.
 * @throws {UsageError} ERR_USAGE for unknown options, missing values and surplus arguments
 */
export function parseCall(spec: CommandSpec, args: readonly string[]): ParsedCall {
  let help = '';
  const program = new Command(`kyma-guard ${spec.name}`)
    .description(spec.summary)
    .exitOverride()
    .configureOutput({ writeOut: (text) => (help += text), writeErr: () => undefined })
    .addHelpText('after', renderExamples(spec));
  if (spec.arguments !== '') program.arguments(spec.arguments);
  for (const option of [...spec.options, ...(spec.reports ? reportOptions(spec) : []), ...commonOptions])
    program.addOption(toOption(option));
  try {
    program.parse([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.code === 'commander.helpDisplayed') return { kind: 'help', text: help };
    if (error instanceof CommanderError)
      throw new UsageError(
        error.message
          .replace(/^error: /, '')
          .replace(/\s*\n\(?/, '; ')
          .replace(/\)$/, ''),
        `Run kyma-guard ${spec.name} --help.`,
      );
    throw error;
  }
  return { kind: 'run', call: { args: program.args, options: new Options(program.opts()) } };
}

function reportOptions({ uploads }: CommandSpec): OptionSpec[] {
  const server = uploads ? ', or send it to an https URL within the scope (PUT)' : '';
  const flags = uploads ? '--report <FORMAT=FILE|URL>' : '--report <FORMAT=FILE>';
  return [{ flags, help: `also write the report to a file${server} (${reportFormats.join(', ')})`, repeatable: true }, terminationOption];
}

function toOption({ flags, help, choices, repeatable, default: preset }: OptionSpec): Option {
  const option = new Option(flags, repeatable ? `${help} (repeatable)` : help);
  if (choices) option.choices([...choices]);
  if (preset !== undefined) option.default(preset);
  if (repeatable) option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
  else if (!choices && option.required) option.argParser(once());
  return option;
}

/** The last of several values would win without a word. */
function once(): (value: string) => string {
  let isGiven = false;
  return (value) => {
    if (isGiven) throw new InvalidArgumentError('It was given before; give it once.');
    isGiven = true;
    return value;
  };
}

/** The examples under the options of one verb. */
function renderExamples({ examples }: CommandSpec): string {
  return `\nExamples:\n${examples.map(([command, does]) => `  $ ${command}\n      ${does}`).join('\n')}\n`;
}
