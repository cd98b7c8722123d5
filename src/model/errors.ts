import type { CheckResult } from './check-result';

/**
 * What an error says about the run. `wrong-call`: the call, the configuration or the scope is wrong and nothing was done.
 * `undecided`: network, token endpoint or timeout; a retry may help. Neither is ever reported as secure.
 */
export type Outcome = 'wrong-call' | 'undecided';

/** Base of every error thrown on purpose. A mistake of the calling program is a plain `TypeError` instead. */
export abstract class KymaGuardError extends Error {
  /** Stable; renaming a code is a breaking change. */
  abstract readonly code: `ERR_${string}`;
  /** What the user can do next, one imperative sentence. */
  abstract readonly hint: string;
  abstract readonly outcome: Outcome;
  override get name(): string {
    return this.constructor.name;
  }
}

/** An option or argument is missing, unknown or contradicts another. */
export class UsageError extends KymaGuardError {
  readonly code = 'ERR_USAGE';
  readonly outcome = 'wrong-call';
  constructor(
    message: string,
    readonly hint = 'Run the command with --help to see its options and examples.',
  ) {
    super(message);
  }
}

/** The configuration, or a policy or baseline, was read but is not usable. Carries every problem, not only the first. */
export class ConfigInvalidError extends KymaGuardError {
  readonly code = 'ERR_CONFIG_INVALID';
  readonly outcome = 'wrong-call';
  constructor(
    readonly results: readonly CheckResult[],
    what = 'the configuration',
    readonly hint = 'Fix the places above; docs/config.md lists every field and default.',
  ) {
    super(`${results.length} problem${results.length === 1 ? '' : 's'} in ${what}`);
  }
}

/** Manifests were read but at least one document is not usable. Carries every problem. */
export class ManifestInvalidError extends KymaGuardError {
  readonly code = 'ERR_MANIFEST_INVALID';
  readonly outcome = 'wrong-call';
  readonly hint = 'Fix the documents named above, then run the command again.';
  constructor(readonly results: readonly CheckResult[]) {
    super(`${results.length} problem${results.length === 1 ? '' : 's'} in the manifests`);
  }
}

/** The given files hold nothing of what the verb works on. An empty input is an error, not a pass. */
export class NothingFoundError extends KymaGuardError {
  readonly code = 'ERR_NOTHING_FOUND';
  readonly outcome = 'wrong-call';
  constructor(
    message: string,
    readonly hint = 'Check the path: manifests are the files .yaml, .yml and .json below it; those of a kyma-guard.yaml are in dist/ after kyma-guard synth.',
  ) {
    super(message);
  }
}

/** A file or folder cannot be read. */
export class FileUnreadableError extends KymaGuardError {
  readonly code = 'ERR_FILE_UNREADABLE';
  readonly outcome = 'wrong-call';
  constructor(
    readonly path: string,
    reason: string,
    readonly hint = 'Check the path, its permissions and that it is UTF-8 text.',
    cause?: unknown,
  ) {
    super(`${path}: ${reason}`, { cause });
  }
}

/** One YAML document is larger than what is read; parsed it would take a hundred times its size in memory. */
export class DocumentTooLargeError extends KymaGuardError {
  readonly code = 'ERR_DOCUMENT_TOO_LARGE';
  readonly outcome = 'wrong-call';
  readonly hint =
    'Split the document, or give JSON, which is read item by item (kubectl get -o json); validate, explain and migrate take a higher limit with --max-document.';
  constructor(file: string, line: number, bytes: number, maxBytes: number) {
    super(`${file}:${line}: a YAML document has ${bytes} bytes, at most ${maxBytes} are read`);
  }
}

/** Output cannot be written; the earlier output is as it was. */
export class OutputUnwritableError extends KymaGuardError {
  readonly code = 'ERR_OUTPUT_UNWRITABLE';
  readonly outcome = 'wrong-call';
  constructor(
    path: string,
    reason: string,
    cause?: unknown,
    readonly hint = 'Check that the place is writable and has room; nothing was changed.',
  ) {
    super(`cannot write ${path}: ${reason}`, { cause });
  }
}

/** A request would leave the hosts that the user named. No packet was sent. */
export class OutOfScopeError extends KymaGuardError {
  readonly code = 'ERR_OUT_OF_SCOPE';
  readonly outcome = 'wrong-call';
  readonly hint =
    'Name the host with --scope HOST-PATTERN or --scope-file FILE if it is yours to probe; for a test on this machine give --target HOST=http://127.0.0.1:PORT.';
  constructor(readonly host: string) {
    super(`${host} is not in the scope of this run`);
  }
}

/** Credentials are missing, unreadable or of an unknown form. The message never holds a secret. */
export class CredentialsInvalidError extends KymaGuardError {
  readonly code = 'ERR_CREDENTIALS_INVALID';
  readonly outcome = 'wrong-call';
  constructor(
    message: string,
    readonly hint = 'Give a service key JSON, a Secret manifest or a binding folder with --credentials.',
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/** A client secret was about to go to a place that its own credential does not name, or over plain HTTP. */
export class CredentialDestinationError extends KymaGuardError {
  readonly code = 'ERR_CREDENTIAL_DESTINATION';
  readonly outcome = 'wrong-call';
  readonly hint = 'Secrets go only to the token endpoint of their own credential, over https except on loopback.';
}

/** The token endpoint gave no usable token. `status` is absent when there was no HTTP answer. */
export class TokenRequestError extends KymaGuardError {
  readonly code = 'ERR_TOKEN_REQUEST';
  readonly outcome = 'undecided';
  constructor(
    message: string,
    readonly hint: string,
    readonly status?: number,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/** Discovery document or keys of an issuer could not be read. */
export class IssuerUnreachableError extends KymaGuardError {
  readonly code = 'ERR_ISSUER_UNREACHABLE';
  readonly outcome = 'undecided';
  readonly hint = 'Check the issuer URL, TLS and network; --issuer ISSUER=URL names where it is really reachable.';
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
  }
}

/** A part of the laptop environment did not start. */
export class LocalStartError extends KymaGuardError {
  readonly code = 'ERR_LOCAL_START';
  readonly outcome = 'wrong-call';
  constructor(
    message: string,
    readonly hint: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/** Discriminated on `code`: a `switch` narrows, and the compiler finds a missing case. */
export type AnyKymaGuardError =
  | UsageError
  | ConfigInvalidError
  | ManifestInvalidError
  | NothingFoundError
  | FileUnreadableError
  | DocumentTooLargeError
  | OutputUnwritableError
  | OutOfScopeError
  | CredentialsInvalidError
  | CredentialDestinationError
  | TokenRequestError
  | IssuerUnreachableError
  | LocalStartError;
