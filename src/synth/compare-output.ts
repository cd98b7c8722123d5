import { basename, join } from 'node:path';
import type { FileText, Files } from '../files/files';
import { checkResult, type CheckResult } from '../model/check-result';
import { constructMetadataFile } from './output-folder';

/** How the files on disk differ from those that the configuration gives; one failure per file. */
export async function compareOutput(
  files: Files,
  folder: string,
  wanted: readonly FileText[],
  present: readonly string[],
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  const existing = new Set(present);
  for (const { path, text } of wanted) {
    if (!existing.delete(path)) results.push(drift(join(folder, path), 'is missing'));
    else if ((await files.readText(join(folder, path))) !== text)
      results.push(drift(join(folder, path), 'differs from what the configuration gives'));
  }
  existing.delete(constructMetadataFile);
  for (const path of existing) results.push(drift(join(folder, path), 'is not made by the configuration (any more)', fixOf(path)));
  if (results.length === 0) return [passed('output-drift', folder, `holds the ${wanted.length} files of the configuration and no other`)];
  return results.sort((a, b) => ((a.where.file ?? '') < (b.where.file ?? '') ? -1 : 1));
}

/** Files that only an option makes: whoever leaves it out with --check is told of it, before synth removes them. */
const madeByOption: Readonly<Record<string, string>> = { 'verifier.k8s.yaml': '--with-verifier', 'kustomization.yaml': '--kustomization' };

function fixOf(path: string): string {
  const option = Object.hasOwn(madeByOption, basename(path)) ? madeByOption[basename(path)] : undefined;
  return option === undefined
    ? driftFix
    : `Give ${option} with --check too, if it was written with it; otherwise run kyma-guard synth, which removes it.`;
}

const driftFix = 'Run kyma-guard synth, look at the difference and commit it.';

function drift(file: string, message: string, fix = driftFix): CheckResult {
  return checkResult({
    id: 'output-drift',
    status: 'fail',
    severity: 'medium',
    title: 'The manifests are those of the configuration',
    message,
    fix,
    where: { file },
  });
}

/** Tells that a folder was written. */
export function written(folder: string, count: number): CheckResult {
  return passed('output-written', folder, `holds ${count} ${count === 1 ? 'file' : 'files'}`);
}

function passed(id: string, file: string, message: string): CheckResult {
  return checkResult({
    id,
    status: 'pass',
    severity: 'info',
    title: 'The manifests are those of the configuration',
    message,
    where: { file },
  });
}
