/** A call as `curl` makes it. */
export interface CurlCall {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
  /** Replaces what the URL gives in the request line. */
  readonly target?: string;
  readonly protocol?: '1.0' | 'h2' | 'h2c';
  /** Further words, before the headers. @default - none */
  readonly options?: readonly string[];
}

const protocols = { '1.0': '--http1.0', h2: '--http2', h2c: '--http2-prior-knowledge' } as const;

/** A command line for POSIX shells; several calls share one connection. */
export function curlLine(calls: readonly CurlCall[]): string {
  return `curl ${calls.map((call) => partsOf(call).join(' ')).join(' --next ')}`;
}

function partsOf({ method, url, headers, body, target, protocol, options = [] }: CurlCall): string[] {
  const parts = ['-i', '--path-as-is', '-X', /^[A-Z]+$/.test(method) ? method : quote(method), quote(url)];
  parts.push(...options.map((word) => (word.startsWith('-') ? word : quote(word))));
  if (protocol) parts.push(protocols[protocol]);
  if (target !== undefined) parts.push('--request-target', quote(target));
  if (!headers.some(([name]) => name.toLowerCase() === 'host')) parts.push('-H', quote('Host:'));
  for (const [name, value] of headers) parts.push('-H', quote(value === '' ? `${name};` : `${name}: ${value}`));
  if (body !== undefined) parts.push('--data', quote(body));
  return parts;
}

/** `$TOKEN` and `$COOKIE` stand outside the single quotes, where the shell puts them in. */
function quote(text: string): string {
  return text
    .split(/(\$TOKEN|\$COOKIE)/)
    .map((part, i) => (i % 2 === 1 ? `"${part}"` : part === '' && i > 0 ? '' : `'${part.replaceAll("'", `'\\''`)}'`))
    .join('');
}
