import { basename, dirname, join } from 'node:path';
import type { CheckResult } from '../../model/check-result';
import type { Kustomization } from '../input/kustomization';
import { manualWork } from '../input/manual-work';
import type { OutputFile } from './output-files';

/** Companions in a folder of kustomize are deployed only when its file lists them. */
export function companionResults(output: readonly OutputFile[], kustomizations: readonly Kustomization[]): CheckResult[] {
  return output.flatMap(({ kind, path, below, of }) => {
    if (kind !== 'companions' || path === undefined) return [];
    const listing = kustomizations.find(({ resources }) => resources.includes(join(of)));
    if (!listing || listing.resources.includes(join(path))) return [];
    const name = join(dirname(path)) === join(dirname(listing.file)) ? basename(path) : below;
    const message = `it does not list ${name}, without which the companions of ${basename(of)} are not deployed`;
    return [manualWork('migrate-kustomize-companions', { file: listing.file, line: 1 }, message, `Add ${name} to its resources.`)];
  });
}
