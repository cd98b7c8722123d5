import { join } from 'node:path';
import type { Files } from '../files/files';
import { UsageError } from '../model/errors';
import { kustomizationFile, kustomizationMark } from './kustomization';

/** Written by cdk8s on request; never compared, never kept. */
export const constructMetadataFile = 'construct-metadata.json';

const ending = '.k8s.yaml';

/** Files below a folder, relative and with `/`, sorted. Empty when the folder does not exist. */
export async function listOutput(files: Files, folder: string, below = ''): Promise<string[]> {
  if ((await files.kindOf(join(folder, below))) !== 'folder') return [];
  const found: string[] = [];
  for (const { name, kind } of await files.list(join(folder, below))) {
    const path = below === '' ? name : `${below}/${name}`;
    if (kind === 'folder') found.push(...(await listOutput(files, folder, path)));
    else found.push(path);
  }
  return found.sort();
}

/**
 * Makes sure that replacing a folder destroys nothing but what synth wrote.
 * @throws {UsageError} ERR_USAGE when something else stands there
 */
export async function checkReplaceable(files: Files, folder: string, present: readonly string[]): Promise<void> {
  const odd = present.filter((path) => !path.endsWith(ending) && path !== constructMetadataFile);
  const isOurs = await Promise.all(odd.map((path) => isOwnKustomization(files, folder, path)));
  const [foreign, ...others] = odd.filter((_, index) => !isOurs[index]);
  if (foreign === undefined) return;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  throw new UsageError(
    `${folder} holds ${foreign}${more}, which synth did not write and would delete`,
    'Move it away, or give another folder with --out.',
  );
}

async function isOwnKustomization(files: Files, folder: string, path: string): Promise<boolean> {
  const isNamed = path === kustomizationFile || path.endsWith(`/${kustomizationFile}`);
  return isNamed && (await files.readText(join(folder, path))).startsWith(`${kustomizationMark}\n`);
}
