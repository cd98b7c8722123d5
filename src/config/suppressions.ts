import * as z from 'zod';
import type { Files } from '../files/files';
import type { Where } from '../model/check-result';
import { ConfigInvalidError } from '../model/errors';
import type { JsonObject } from '../model/json';
import { describeIssues } from './describe-issue';
import { knownKeysOf } from './json-schema';
import { locateIn } from './place';
import { Problems } from './problems';
import { validateSchema, type SuppressionConfig } from './schema-validate';
import { parseSource, type SourceDocument } from './source-document';

/** An entry of `validate.ignore` with its place. */
export type LocatedSuppression = Omit<SuppressionConfig, 'object' | 'path' | 'until'> & {
  readonly object?: string;
  readonly path?: string;
  readonly until?: string;
  readonly where: Where;
};

/**
 * Reads `validate.ignore` of a configuration, whatever the rest of it says beside its version.
 * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when the file cannot be read
 * @throws {ConfigInvalidError} ERR_CONFIG_INVALID with every problem of this section
 */
export async function loadSuppressions(files: Files, path: string): Promise<readonly LocatedSuppression[]> {
  const problems = new Problems();
  const source = parseSource(await files.readText(path), path);
  const found = 'data' in source ? suppressionsOf(source, problems) : [];
  if ('data' in source && source.data['version'] !== 1)
    problems.addFindings([{ path: ['version'], message: 'is missing or another; give 1' }], locateIn([{ source, prefix: [] }]));
  if (!('data' in source)) problems.addSyntax(source, path);
  if (problems.results.length > 0) throw new ConfigInvalidError(problems.results);
  return found;
}

/** The entries of `validate.ignore`; what is wrong with the section goes to `problems`. */
export function suppressionsOf(source: SourceDocument, problems: Problems): readonly LocatedSuppression[] {
  const section = source.data['validate'];
  if (section === undefined) return [];
  const locate = locateIn([{ source, prefix: [] }]);
  const parsed = validateSchema.safeParse(section);
  if (!parsed.success) {
    const knownKeys = knownKeysOf(z.toJSONSchema(validateSchema, { io: 'input' }) as JsonObject);
    const findings = describeIssues(parsed.error.issues, section, knownKeys);
    problems.addFindings(
      findings.map((finding) => ({ ...finding, path: ['validate', ...finding.path] })),
      locate,
    );
    return [];
  }
  return (parsed.data.ignore ?? []).map(({ rule, object, path, until, reason }, index) => ({
    ...{ rule, reason, where: locate(['validate', 'ignore', index]) },
    ...(object !== undefined && { object }),
    ...(path !== undefined && { path }),
    ...(until !== undefined && { until }),
  }));
}
