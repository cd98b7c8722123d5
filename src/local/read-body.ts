import type { IncomingMessage } from 'node:http';

/** Reads a body as UTF-8 text. @throws {RangeError} when it is longer than `maxBytes` */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    // The stream has no encoding set, so it gives buffers.
    const piece = chunk as Buffer;
    bytes += piece.length;
    if (bytes > maxBytes) throw new RangeError(`body is longer than ${maxBytes} bytes`);
    chunks.push(piece);
  }
  return Buffer.concat(chunks).toString('utf8');
}
