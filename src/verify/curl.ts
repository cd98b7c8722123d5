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

function partsOf({ method, url, headers, body, target = targetIn(url), protocol, options = [] }: CurlCall): string[] {
  const parts = ['-i', '--path-as-is', ...methodOf(method, body), quote(url)];
  // Brackets and braces stand for several addresses otherwise.
  if (/[[\]{}]/.test(url)) parts.push('--globoff');
  parts.push(...options.map((word) => (word.startsWith('-') ? word : quote(word))));
  if (protocol) parts.push(protocols[protocol]);
  if (target !== undefined) parts.push('--request-target', quote(target));
  if (!headers.some(([name]) => name.toLowerCase() === 'host')) parts.push('-H', quote('Host:'));
  for (const [name, value] of headers) parts.push('-H', quote(value === '' ? `${name};` : `${name}: ${value}`));
  // A text that begins with @ names a file for --data.
  if (body !== undefined) parts.push(body.startsWith('@') ? '--data-raw' : '--data', quote(body));
  return parts;
}

/** With `-X HEAD`, `curl` waits for the body that the length in the answer speaks of; `--head` knows that none comes, and takes no body along. */
function methodOf(method: string, body: string | undefined): string[] {
  if (method === 'HEAD') return body === undefined ? ['--head'] : ['-X', 'HEAD', '--max-time', '10'];
  return ['-X', /^[A-Z]+$/.test(method) ? method : quote(method)];
}

/** What `curl` would not send of a URL by itself: it cuts off the fragment. */
function targetIn(url: string): string | undefined {
  return url.includes('#') ? url.replace(/^[a-z]+:\/\/[^/?#]*/i, '') : undefined;
}

/** `$TOKEN` and `$COOKIE` stand outside the single quotes, where the shell puts them in. */
function quote(text: string): string {
  return text
    .split(/(\$TOKEN|\$COOKIE)/)
    .map((part, i) => (i % 2 === 1 ? `"${part}"` : part === '' && i > 0 ? '' : `'${part.replaceAll("'", `'\\''`)}'`))
    .join('');
}
