import { readDocuments } from '../../src/model/read-manifests';
import { runValidate, type ValidateOptions, type ValidateOutcome } from '../../src/validate/validate';

/** Runs validate over a text, on a fixed day. */
export function validateText(yaml: string, options: ValidateOptions = {}): Promise<ValidateOutcome> {
  return runValidate({ documents: readDocuments(yaml, 'test.yaml'), options: { today: '2026-06-15', ...options } });
}

/** Results as `id status`, without kinds that are not checked. */
export function idsOf({ results }: ValidateOutcome): string[] {
  return results.filter(({ id }) => id !== 'kind-not-checked').map(({ id, status }) => `${id} ${status}`);
}
