import { readDocuments } from '../../src/model/read-manifests';
import { runValidate, type ValidateOptions } from '../../src/validate/validate';

/**
 * What the API server, the controllers and an attacker would say of migrated files, a line each: every finding of weight of the first two, and
 * what the last finds of severity high or worse.
 */
export async function readMigrated(files: readonly (readonly [path: string, text: string])[]): Promise<string[]> {
  if (files.length === 0) return [];
  const [formal, whole] = [
    await findings(files, { failOn: 'medium', select: ['schema', 'controller'] }),
    await findings(files, { failOn: 'high' }),
  ];
  return [...new Set([...formal, ...whole])];
}

async function findings(files: readonly (readonly [path: string, text: string])[], options: ValidateOptions): Promise<string[]> {
  const documents = files.flatMap(([path, text]) => [...readDocuments(text, path)]);
  const { results } = await runValidate({ documents, options });
  return results
    .filter(({ status, where }) => (status === 'fail' || status === 'error') && isOurs(where.object ?? ''))
    .map(({ id, severity, message, where }) => `${severity} ${id} ${where.file ?? ''}:${where.line ?? 0} ${message}`);
}

/** What stands beside in the same file is somebody else's business. */
function isOurs(object: string): boolean {
  return object.startsWith('APIRule ') || object.startsWith('AuthorizationPolicy ') || object === '';
}
