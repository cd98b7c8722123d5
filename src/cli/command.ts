import type { RuleDescription, RunFacts } from '../report/report';
import type { Severity } from '../model/check-result';
import type { VerbOutcome } from '../model/verb-outcome';
import type { Io } from './io';
import type { Options } from './options';

/** One option of a command. */
export interface OptionSpec {
  /** Name and value as `--help` shows them: `--target <HOST=URL>` or `--plan`. */
  readonly flags: string;
  readonly help: string;
  /** May be given several times; read it with `options.list`. @default false */
  readonly repeatable?: boolean;
  readonly choices?: readonly string[];
  readonly default?: string;
}

/** What a command gives back. */
export interface CommandOutput extends VerbOutcome {
  /** Facts about the run for the report. @default - no labels, empty digest */
  readonly run?: RunFacts;
  /** What the checks of this verb say of themselves, for formats that describe them. @default - what the results say */
  readonly rules?: readonly RuleDescription[];
  /** The verb and version that a report came from which was read. @default - this verb and version */
  readonly shownAs?: { readonly verb: string; readonly version: string };
  /** Failures as bad as this or worse decide about the exit code. @default 'medium' */
  readonly threshold?: Severity;
  /** The result itself, when it is no report. Printed in text form instead of one. */
  readonly stdout?: string;
  /** True when `stdout` is made of the user's own documents, which must come out as they went in. @default false */
  readonly isVerbatim?: boolean;
  /** The result itself in Markdown, when it is no report. Printed in that form instead of one. */
  readonly page?: string;
  /** The result itself in Markdown, printed before the report of that form. */
  readonly markdown?: string;
  /** A token that was asked for: the one thing that is printed without redaction, and nothing beside it. */
  readonly token?: string;
  /** What came before the user stopped it counts as it is. @default false */
  readonly isWhole?: boolean;
  /** Summary for people, printed after a report in text form. */
  readonly closing?: string;
}

/** A verb on the command line: data and a function that only wires. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** As in `[path...]`; empty when the verb takes none. */
  readonly arguments: string;
  readonly options: readonly OptionSpec[];
  /** Command lines with what they do, for `--help`. */
  readonly examples: readonly (readonly [command: string, does: string])[];
  /** True when the verb writes reports to files with `--report FORMAT=FILE`. @default false */
  readonly reports?: boolean;
  /** True when the verb also sends reports to servers in its scope. @default false */
  readonly uploads?: boolean;
  /** True when the verb runs until the user stops it, so that Ctrl-C is its good end. @default false */
  readonly endsBySignal?: boolean;
  run(call: Call, io: Io): Promise<CommandOutput>;
}

/** What stood on the command line. */
export interface Call {
  readonly args: readonly string[];
  readonly options: Options;
}
