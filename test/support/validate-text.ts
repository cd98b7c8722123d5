import { readDocuments } from '../../src/model/read-manifests';
import { runValidate, type ValidateOptions, type ValidateOutcome } from '../../src/validate/validate';

/** Runs validate over a text, on a fixed day. */
export function validateText(yaml: string, options: ValidateOptions = {}): Promise<ValidateOutcome> {
  return runValidate({ documents: readDocuments(yaml, 'test.yaml'), options: { today: '2026-06-15', ...options } });
}

/** What these tests speak of; the other rules say what they like about the examples. */
const spokenOf = /^(issuer-http|issuer-dex|manifest-syntax|policy-(issuer|host|public-path|audience)|suppression-.*|baseline-.*)$/;

/** Results of policies, suppressions and the rules that serve as examples, as `id status`. */
export function idsOf({ results }: Pick<ValidateOutcome, 'results'>): string[] {
  return results.filter(({ id }) => spokenOf.test(id)).map(({ id, status }) => `${id} ${status}`);
}
