/** One answer off the wire. */
export interface WireAnswer {
  readonly status: number;
  /** Lower-case names; several values of one name are joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The body is not whole. */
  readonly truncated: boolean;
  /** No other answer can follow on this connection. */
  readonly last: boolean;
}

/** What goes wrong is said by throwing this. */
export class NoHttpError extends Error {}

const maxHeadBytes = 65_536;

/** Reads HTTP/1 answers that come in pieces, one after the other. Interim answers (100, 103) are passed over; 101 is one of its own. @see RFC 9112 section 6.3 */
export class AnswerReader {
  private head: { status: number; headers: Record<string, string> } | undefined;
  private waiting: Buffer = Buffer.alloc(0);
  private readonly chunks: Buffer[] = [];
  private kept = 0;
  /** Bytes of the body, or of the chunk, that are still to come. */
  private missing = 0;
  private form: 'length' | 'chunks' | 'close' = 'length';

  constructor(
    private readonly method: string,
    private readonly maxBodyBytes: number,
  ) {}

  /** True once any byte of a head was understood. */
  get hasBegun(): boolean {
    return this.head !== undefined;
  }

  /** Takes bytes. Gives the answer when it is whole, or when more of it is not wanted. @throws {NoHttpError} when it is not HTTP */
  take(bytes: Buffer): { readonly answer: WireAnswer; readonly rest: Buffer } | undefined {
    this.waiting = this.waiting.length === 0 ? bytes : Buffer.concat([this.waiting, bytes]);
    while (!this.head) if (!this.readHead()) return undefined;
    return this.readBody();
  }

  /** The connection is over: what came is the answer, if its head is there. */
  end(): WireAnswer | undefined {
    if (!this.head) return undefined;
    return this.answer(this.form !== 'close', true);
  }

  /** True when a head, interim or not, was taken off the waiting bytes. */
  private readHead(): boolean {
    const end = this.waiting.indexOf('\r\n\r\n');
    if (end < 0) {
      if (this.waiting.length > maxHeadBytes || !looksLikeHttp(this.waiting)) throw new NoHttpError();
      return false;
    }
    const head = parseHead(this.waiting.subarray(0, end).toString('latin1'));
    this.waiting = this.waiting.subarray(end + 4);
    if (head.status < 200 && head.status !== 101) return true;
    this.head = head;
    const { status, headers } = head;
    const empty = this.method === 'HEAD' || status === 204 || status === 304 || status === 101;
    if (!empty && /\bchunked\b/i.test(headers['transfer-encoding'] ?? '')) this.form = 'chunks';
    else if (!empty && headers['content-length'] === undefined) this.form = 'close';
    else this.missing = empty ? 0 : Number(headers['content-length']) || 0;
    return true;
  }

  private readBody(): { readonly answer: WireAnswer; readonly rest: Buffer } | undefined {
    if (this.form === 'chunks') return this.readChunks();
    const part = this.form === 'close' ? this.waiting : this.waiting.subarray(0, this.missing);
    this.waiting = this.waiting.subarray(part.length);
    this.missing -= part.length;
    if (this.keep(part)) return { answer: this.answer(true, true), rest: this.waiting };
    return this.form === 'length' && this.missing <= 0 ? { answer: this.answer(false, false), rest: this.waiting } : undefined;
  }

  private readChunks(): { readonly answer: WireAnswer; readonly rest: Buffer } | undefined {
    for (;;) {
      if (this.missing > 0) {
        const part = this.waiting.subarray(0, this.missing);
        this.waiting = this.waiting.subarray(part.length);
        this.missing -= part.length;
        if (this.keep(part)) return { answer: this.answer(true, true), rest: this.waiting };
        if (this.missing > 0) return undefined;
      }
      const line = /^(?:\r\n)?([0-9a-f]+)[^\r\n]*\r\n/i.exec(this.waiting.subarray(0, 1024).toString('latin1'));
      if (!line) {
        if (this.waiting.length > 1024) throw new NoHttpError();
        return undefined;
      }
      const size = Number.parseInt(line[1] ?? '', 16);
      if (size === 0) return this.readTrailer(line[0].length);
      this.missing = size;
      this.waiting = this.waiting.subarray(line[0].length);
    }
  }

  private readTrailer(start: number): { readonly answer: WireAnswer; readonly rest: Buffer } | undefined {
    const end = this.waiting.indexOf('\r\n\r\n', start - 2);
    if (end < 0) return undefined;
    return { answer: this.answer(false, false), rest: this.waiting.subarray(end + 4) };
  }

  /** True when the limit is reached. */
  private keep(part: Buffer): boolean {
    const wanted = part.subarray(0, this.maxBodyBytes - this.kept);
    this.chunks.push(wanted);
    this.kept += wanted.length;
    return wanted.length < part.length;
  }

  private answer(truncated: boolean, last: boolean): WireAnswer {
    const { status, headers } = this.head ?? { status: 0, headers: {} };
    const closes = /\bclose\b/i.test(headers['connection'] ?? '') || status === 101;
    return { status, headers, body: Buffer.concat(this.chunks), truncated, last: last || closes };
  }
}

function looksLikeHttp(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 5).toString('latin1');
  return 'HTTP/'.startsWith(start);
}

function parseHead(text: string): { status: number; headers: Record<string, string> } {
  const [first = '', ...lines] = text.split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(first)?.[1]);
  if (!Number.isInteger(status) || status < 100) throw new NoHttpError();
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0) throw new NoHttpError();
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return { status, headers };
}
