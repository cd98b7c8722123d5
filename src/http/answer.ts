/**
 * Why there was no answer. `protocol`: what came is not HTTP. `proxy`: the proxy opened no tunnel. `budget`: the run may send no more.
 * `aborted`: the run was stopped. `unsupported`: the target does not offer the protocol that was asked for.
 */
export type FailureReason = 'timeout' | 'reset' | 'refused' | 'dns' | 'tls' | 'protocol' | 'proxy' | 'aborted' | 'budget' | 'unsupported';

/** An HTTP answer, or the reason why there is none. Nothing here is trusted: it comes from the target. */
export type Answer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Lower-case names; several values of one name are joined with a comma. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Buffer;
      /** The body is not whole: it was over the limit, the connection broke, or time ran out after the head had arrived. */
      readonly truncated: boolean;
      /** From sending to the end of the body, in milliseconds. */
      readonly ms: number;
    }
  | {
      readonly kind: 'failure';
      readonly reason: FailureReason;
      /** For people; holds no URL, header or body. */
      readonly message: string;
      readonly ms: number;
    };

/** Builds the answer that stands for "no answer". */
export function failure(reason: FailureReason, message: string, ms = 0): Answer {
  return { kind: 'failure', reason, message, ms };
}

const sentences: Readonly<Record<FailureReason, string>> = {
  timeout: 'no answer in time',
  reset: 'the connection was closed before an answer came',
  refused: 'the connection was refused',
  dns: 'the host name could not be resolved',
  tls: 'the TLS connection could not be established',
  protocol: 'what came back is not HTTP',
  proxy: 'the proxy opened no tunnel to the host',
  aborted: 'the run was stopped',
  budget: 'the limit of requests for this run is reached',
  unsupported: 'the target does not offer this protocol',
};

/** Sorts an error of the network stack. The message keeps the code and drops the text, which may hold addresses and headers. */
export function failureOf(error: unknown, ms: number): Answer {
  const code = codeOf(error);
  const reason = reasonOf(code);
  return failure(reason, `${sentences[reason]}${/^[A-Z0-9_]+$/.test(code) ? ` (${code})` : ''}`, ms);
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const exact: Readonly<Record<string, FailureReason>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EADDRNOTAVAIL: 'refused',
  EACCES: 'refused',
  ENOTFOUND: 'dns',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timeout',
  ECONNABORTED: 'timeout',
  ERR_CANCELED: 'aborted',
  EPROTO: 'tls',
  ERR_PROXY: 'proxy',
};

function reasonOf(code: string): FailureReason {
  const known = exact[code];
  if (known) return known;
  if (code.startsWith('EAI_')) return 'dns';
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|UNABLE_TO|SELF_SIGNED|CRL_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH)/.test(code))
    return 'tls';
  return 'protocol';
}
