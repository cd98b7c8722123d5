import type { Files } from '../files/files';
import { ConfigInvalidError } from '../model/errors';
import type { FieldProblem } from '../model/field-reader';
import type { JsonObject } from '../model/json';
import { locateIn } from './place';
import { Problems } from './problems';
import { parseSource } from './source-document';

/** A kind of file that holds one mapping, and who understands it. */
export interface MappingReader<T> {
  /** What the file is, for the error: `the policy`. */
  readonly what: string;
  /** Where its members are described. */
  readonly hint: string;
  readonly read: (data: JsonObject) => { readonly value: T; readonly problems: readonly FieldProblem[] };
}

/**
 * Reads a file of one YAML or JSON mapping that the user named.
 * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when the file cannot be read
 * @throws {ConfigInvalidError} ERR_CONFIG_INVALID with every problem and its place
 */
export async function readMapping<T>(files: Files, path: string, { what, hint, read }: MappingReader<T>): Promise<T> {
  const problems = new Problems();
  const source = parseSource(await files.readText(path), path);
  if ('data' in source) {
    const { value, problems: found } = read(source.data);
    if (found.length === 0) return value;
    problems.addFindings(found, locateIn([{ source, prefix: [] }]));
  } else problems.addSyntax(source, path);
  throw new ConfigInvalidError(problems.results, what, hint);
}
