import { readDocuments } from '../../src/model/read-manifests';
import { runValidate } from '../../src/validate/validate';

/** What the API server, the controller and an attacker would say of migrated files: the findings that fail, a line each. */
export async function readMigrated(files: readonly (readonly [path: string, text: string])[]): Promise<string[]> {
  if (files.length === 0) return [];
  const documents = files.flatMap(([path, text]) => [...readDocuments(text, path)]);
  const { results } = await runValidate({ documents, options: { failOn: 'high' } });
  return results
    .filter(({ status }) => status === 'fail' || status === 'error')
    .map(({ id, severity, message, where }) => `${severity} ${id} ${where.file ?? ''}:${where.line ?? 0} ${message}`);
}
