import type { ReadDocument } from '../model/read-manifests';
import type { Io } from './io';

/** Documents between two lines of progress. */
const step = 250;

/** The documents as they come, with a line on a terminal that says how many there were. */
export async function* withProgress(documents: AsyncIterable<ReadDocument>, io: Pick<Io, 'progress'>): AsyncGenerator<ReadDocument> {
  let count = 0;
  for await (const document of documents) {
    count += 1;
    if (count % step === 0) io.progress(`${count} documents`);
    yield document;
  }
  if (count >= step) io.progress('');
}
