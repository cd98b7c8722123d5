import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync, type BrotliOptions, type ZlibOptions } from 'node:zlib';

/** What is looked at of a body; a few kilobytes may stand for gigabytes. */
const maxOutputLength = 1_048_576;

/** A body may be cut off: what can be read of it counts. */
const zlib: ZlibOptions = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength };
const brotli: BrotliOptions = { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength };

const decoders: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  gzip: (body) => gunzipSync(body, zlib),
  'x-gzip': (body) => gunzipSync(body, zlib),
  deflate: (body) => ((body[0] ?? 0) % 16 === 8 ? inflateSync(body, zlib) : inflateRawSync(body, zlib)),
  br: (body) => brotliDecompressSync(body, brotli),
};

/**
 * The body without its content coding, which is not asked for but may come: compressed texts of two calls have nothing in common. What
 * cannot be decoded, or grows too large, stays as it came.
 *
 * @see RFC 9110 section 8.4
 */
export function plainBody(body: Buffer, contentEncoding: string | undefined): Buffer {
  const codings = (contentEncoding ?? '').toLowerCase().split(',');
  return codings.slice(0, 3).reduceRight((bytes, coding) => decoded(bytes, decoders[coding.trim()]), body);
}

function decoded(body: Buffer, decode: ((body: Buffer) => Buffer) | undefined): Buffer {
  if (!decode || body.length === 0) return body;
  try {
    return decode(body);
  } catch {
    return body;
  }
}
