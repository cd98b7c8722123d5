import { join } from 'node:path';
import type { Environment } from '../config/environment';
import type { Files } from '../files/files';
import { UsageError } from '../model/errors';
import { isVerifierContent, type VerifierContent } from '../model/verifier-content';

/** Where the package keeps it, seen from the compiled code. */
const packaged = join(__dirname, '../../verifier/verifier.json');

/**
 * The verifier that Jobs of these environments run.
 * @param file @default - that of this package
 * @returns undefined when none of them needs one
 * @throws {UsageError} ERR_USAGE when this installation has none
 */
export async function readVerifier(
  environments: readonly Environment[],
  files: Files,
  file = packaged,
): Promise<VerifierContent | undefined> {
  if (environments.every(({ config }) => config.verification?.verifier !== 'bundle')) return undefined;
  const text = (await files.kindOf(file)) === 'file' ? await files.readText(file) : '';
  const content = parse(text);
  if (isVerifierContent(content)) return content;
  throw new UsageError(
    `this installation of kyma-guard has no verifier: ${file} is missing or damaged`,
    'Install kyma-guard again, or say verifier: image and give an image that holds it.',
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
