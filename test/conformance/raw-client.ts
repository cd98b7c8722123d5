import { connect, type Socket } from 'node:net';

/** A request exactly as its bytes go out. */
export interface RawRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
}

/** What came back; `undefined` when the connection ended without an answer. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends requests over a few kept connections, without changing a byte of them. */
export interface RawClient {
  send(port: number, request: RawRequest): Promise<RawAnswer | undefined>;
  close(): void;
}

const limitMs = 20_000;

export function createRawClient(connections = 16): RawClient {
  const idle = new Map<number, Socket[]>();
  const waiting: (() => void)[] = [];
  const open = new Set<Socket>();
  let free = connections;
  const acquire = (): Promise<void> => {
    free -= 1;
    return free >= 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
  };
  const release = (): void => {
    free += 1;
    waiting.shift()?.();
  };
  const socketFor = (port: number): Socket => {
    const kept = idle.get(port)?.pop();
    if (kept && !kept.destroyed) return kept;
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.setEncoding('latin1');
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    return socket;
  };
  return {
    async send(port, request) {
      await acquire();
      try {
        const socket = socketFor(port);
        const answer = await exchange(socket, request);
        if (answer && !socket.destroyed && answer.headers['connection'] !== 'close') idle.set(port, [...(idle.get(port) ?? []), socket]);
        else socket.destroy();
        return answer;
      } finally {
        release();
      }
    },
    close: () => {
      for (const socket of open) socket.destroy();
    },
  };
}

function exchange(socket: Socket, { method, target, headers }: RawRequest): Promise<RawAnswer | undefined> {
  return new Promise((resolve, reject) => {
    let text = '';
    const finish = (answer: RawAnswer | undefined): void => {
      clearTimeout(timer);
      socket.removeAllListeners('data').removeAllListeners('error').removeAllListeners('end');
      socket.on('error', () => undefined);
      resolve(answer);
    };
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`no answer to ${method} ${target} within ${limitMs} ms`));
    }, limitMs);
    socket.on('data', (part: string) => {
      text += part;
      const answer = parseAnswer(text, method);
      if (answer) finish(answer);
    });
    socket.once('error', () => {
      finish(undefined);
    });
    socket.once('end', () => {
      finish(undefined);
    });
    const lines = [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  });
}

function parseAnswer(text: string, method: string): RawAnswer | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const status = Number(first.split(' ')[1]);
  if (status === 100) return parseAnswer(text.slice(end + 4), method);
  const rest = text.slice(end + 4);
  if (method === 'HEAD' || status === 204 || status === 304) return { status, headers, body: '' };
  if (headers['transfer-encoding'] === 'chunked') {
    const body = parseChunks(rest);
    return body === undefined ? undefined : { status, headers, body };
  }
  const length = Number(headers['content-length'] ?? 0);
  return rest.length < length ? undefined : { status, headers, body: rest.slice(0, length) };
}

function parseChunks(text: string): string | undefined {
  let body = '';
  let rest = text;
  for (;;) {
    const end = rest.indexOf('\r\n');
    const size = Number.parseInt(rest, 16);
    if (end < 0 || Number.isNaN(size) || rest.length < end + 2 + size + 2) return undefined;
    if (size === 0) return body;
    body += rest.slice(end + 2, end + 2 + size);
    rest = rest.slice(end + 2 + size + 2);
  }
}
