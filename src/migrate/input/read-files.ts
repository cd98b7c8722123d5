import { basename, dirname, join, relative, sep } from 'node:path';
import type { Files } from '../../files/files';
import { walkInput, type Found } from '../../files/walk';
import { checkResult, type CheckResult } from '../../model/check-result';
import { FileUnreadableError, UsageError } from '../../model/errors';
import { kustomizationNames, readKustomization, type Kustomization } from './kustomization';
import type { SourceRoot } from './source-file';

/** A text of the input, before it is read. */
export interface InputText {
  readonly root: SourceRoot;
  readonly path: string;
  readonly below: string;
  readonly text: string;
  /** True for what the user named itself: it must be what it is taken for. */
  readonly isNamed: boolean;
  /** Folder of the Helm chart that it belongs to. */
  readonly chart?: string;
}

/** Everything below the roots, as texts. */
export interface InputTexts {
  readonly texts: readonly InputText[];
  readonly kustomizations: readonly Kustomization[];
  /** What a walk met and could not read. */
  readonly problems: readonly CheckResult[];
}

/**
 * Reads every file below the roots; `-` is standard input. A file is read once, also when two roots lead to it.
 * @throws {UsageError} ERR_USAGE when one root stands in another
 * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when a path that was named cannot be read
 */
export async function readInputTexts(files: Files, roots: readonly SourceRoot[], readStdin: () => Promise<string>): Promise<InputTexts> {
  const texts: InputText[] = [];
  const problems: CheckResult[] = [];
  const kustomizations: Kustomization[] = [];
  const looked = new Set<string>();
  const [seen, real] = [new Map<string, string>(), new Set<string>()];
  for (const root of roots) {
    if (root.path === '-') {
      texts.push({ root, path: '<stdin>', below: 'stdin.yaml', text: await readStdin(), isNamed: true });
      continue;
    }
    for await (const found of walkInput(files, root.path)) {
      mustBeNew(seen, found.path, root);
      if (found.error === undefined && (await isKnown(files, found.path, real))) continue;
      const read = await readFound(files, root, found);
      if ('problem' in read) problems.push(read.problem);
      else texts.push(read);
      const folder = dirname(found.path);
      if (!looked.has(folder)) kustomizations.push(...(await kustomizationIn(files, folder)));
      looked.add(folder);
    }
  }
  return { texts, problems, kustomizations };
}

function mustBeNew(seen: Map<string, string>, path: string, root: SourceRoot): void {
  const key = join(path);
  const earlier = seen.get(key);
  if (earlier !== undefined && earlier !== root.path)
    throw new UsageError(`${path} is below ${earlier} and below ${root.path}`, 'Give each tree once, and none that stands in another.');
  seen.set(key, root.path);
}

/** True for a file that another link led to already: written twice, it would be found changed. */
async function isKnown(files: Files, path: string, real: Set<string>): Promise<boolean> {
  const target = await files.resolveLinks(path).catch(() => path);
  const known = real.has(target);
  real.add(target);
  return known;
}

async function readFound(files: Files, root: SourceRoot, found: Found): Promise<InputText | { readonly problem: CheckResult }> {
  try {
    if (found.error !== undefined) throw found.error;
    const below = found.isNamed ? basename(found.path) : relative(root.path, found.path).split(sep).join('/');
    const text = await files.readText(found.path);
    return { root, path: found.path, below, text, isNamed: found.isNamed, ...(found.chart !== undefined && { chart: found.chart }) };
  } catch (error) {
    if (found.isNamed || !(error instanceof FileUnreadableError)) throw error;
    return { problem: unreadable(found.path, error) };
  }
}

/** The file of kustomize in a folder; it may have a name that no walk takes. */
async function kustomizationIn(files: Files, folder: string): Promise<Kustomization[]> {
  for (const name of kustomizationNames) {
    const file = join(folder, name);
    if ((await files.kindOf(file)) !== 'file') continue;
    const read = readKustomization(file, await files.readText(file));
    return read ? [read] : [];
  }
  return [];
}

/** The result for a file that could be the one that matters. */
export function unreadable(file: string, error: { readonly message: string; readonly hint: string }): CheckResult {
  return checkResult({
    id: 'file-unreadable',
    status: 'fail',
    severity: 'high',
    title: 'Every file that is named like a manifest can be read',
    message: error.message,
    fix: error.hint,
    where: { file },
  });
}
