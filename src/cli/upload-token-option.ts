import type { OptionSpec } from './command';

/** Option of verbs that upload reports. */
export const uploadTokenOption: OptionSpec = {
  flags: '--report-token-file <FILE>',
  help: 'Bearer token for --report FORMAT=https://...; read when the report is sent.',
};
