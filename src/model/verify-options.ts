/** What an option of `verify` takes. */
export interface VerifyOption {
  readonly takesValue: boolean;
  /** May be given several times. */
  readonly isRepeatable: boolean;
}

const flags = [
  ...['--local', '--allow-secret-probes', '--insecure-tls', '--plan', '--unsafe-methods', '--require-all-issuers', '--update-baseline'],
  ...['--prune-baseline', '--gentle', '--quiet', '--verbose', '--no-color', '--help', '-h'],
];
const single = [
  ...['--scope-file', '--domain', '--redirect', '--signing-key', '--canary', '--ca', '--profile', '--shard', '--shards', '--expect'],
  ...['--concurrency', '--rate', '--max-requests', '--requests-per-route', '--timeout', '--wait', '--watch', '--baseline'],
  ...['--report-token-file', '--termination-message', '--format'],
];
const repeatable = [
  ...['--target', '--scope', '--sample', '--credentials', '--token-file', '--browser', '--saml-assertion', '--iss', '--deny-credentials'],
  ...['--issuer', '--only', '--skip', '--allow-disruptive', '--accept-undecided', '--require-probe', '--label', '--report'],
];

/** Every option of `verify`, for those who write its command line. A test compares them with the command line itself. */
export const verifyOptions: ReadonlyMap<string, VerifyOption> = new Map<string, VerifyOption>([
  ...flags.map((name) => [name, { takesValue: false, isRepeatable: true }] as const),
  ...single.map((name) => [name, { takesValue: true, isRepeatable: false }] as const),
  ...repeatable.map((name) => [name, { takesValue: true, isRepeatable: true }] as const),
]);

/** One option on a command line. */
export interface GivenOption {
  readonly name: string;
  /** Absent when it takes none, or none is there. */
  readonly value?: string;
  /** Place of the option among the arguments, from 0. */
  readonly at: number;
  /** Place of its value; that of the option itself when the two stand in one argument. */
  readonly valueAt: number;
}

/** The options in a list of arguments, read as the command line reads them: what takes a value takes the next argument, whatever it looks like. */
export function givenOptions(args: readonly string[]): GivenOption[] {
  const found: GivenOption[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') break;
    if (!arg.startsWith('-') || arg === '-') continue;
    const equals = arg.indexOf('=');
    if (equals > 0) found.push({ name: arg.slice(0, equals), value: arg.slice(equals + 1), at, valueAt: at });
    else if (verifyOptions.get(arg)?.takesValue !== true) found.push({ name: arg, at, valueAt: at });
    else {
      const value = args[at + 1];
      found.push({ name: arg, ...(value !== undefined && { value }), at, valueAt: value === undefined ? at : at + 1 });
      at += 1;
    }
  }
  return found;
}
