import type { StreamOptions } from '../../files/stream-manifest-input';
import { UsageError } from '../../model/errors';
import { quantityOf } from '../../model/quantity';
import type { Call, OptionSpec } from '../command';

/** Option of verbs that read manifests of any origin. */
export const maxDocumentSpec: OptionSpec = {
  flags: '--max-document <SIZE>',
  help: 'Refuse larger YAML documents, as in 32Mi. Default: 16Mi.',
};

/**
 * How the documents are read.
 * @throws {UsageError} ERR_USAGE when the size is none
 */
export function streamOptions(options: Call['options']): StreamOptions {
  const text = options.text('max-document');
  if (text === undefined) return {};
  const maxDocumentBytes = quantityOf(text);
  if (maxDocumentBytes === undefined || !Number.isInteger(maxDocumentBytes) || maxDocumentBytes < 1)
    throw new UsageError(`--max-document is "${text}"; give a number of bytes, as in 32Mi`);
  return { maxDocumentBytes };
}
