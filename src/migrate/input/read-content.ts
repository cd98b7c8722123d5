import { dirname, join, relative, sep } from 'node:path';
import type { CheckResult } from '../../model/check-result';
import { DocumentTooLargeError } from '../../model/errors';
import type { Manifest } from '../../model/manifest';
import { whereOf } from '../../model/object-ref';
import { readDocuments, type ReadOptions } from '../../model/read-documents';
import { splitDocuments, type DocumentRange } from '../../model/split-documents';
import { manualWork, remark } from './manual-work';
import { kustomizationNames } from './kustomization';
import { placeholderFix, placeholderInManifest, placeholderInText } from './placeholders';
import { unreadable, type InputText } from './read-files';
import { templateResult, templateResults } from './templates';

/** What a text holds. */
export interface TextContent {
  readonly manifests: readonly Manifest[];
  /** Old APIRules that cannot be migrated as they stand; what to do is among the results. */
  readonly unfinished: readonly Manifest[];
  /** Work for people, and remarks. */
  readonly results: readonly CheckResult[];
  /** What must be mended before anything is migrated. */
  readonly problems: readonly CheckResult[];
}

const nothing: TextContent = { manifests: [], unfinished: [], results: [], problems: [] };

/** Reads one text of the input: manifests, templates of charts, or a file of another program. */
export function readContent(input: InputText, isOld: (manifest: Manifest) => boolean, options: ReadOptions = {}): TextContent {
  const { path, text, chart, isNamed } = input;
  if (!isNamed && kustomizationNames.some((name) => path.endsWith(`${sep}${name}`) || path === name)) return nothing;
  if (!isNamed && chart !== undefined && isDescription(chart, path)) return nothing;
  if (!isNamed && chart !== undefined && isTemplate(chart, path) && text.includes('{{'))
    return { ...nothing, results: templateResults(path, text, chart) };
  return readManifestText(input, isOld, options);
}

function isDescription(chart: string, path: string): boolean {
  return dirname(path) === join(chart) && /^(?:Chart\.yaml|values.*\.(?:ya?ml|json)|requirements\.yaml)$/.test(relative(chart, path));
}

function isTemplate(chart: string, path: string): boolean {
  return relative(chart, path).startsWith(`templates${sep}`);
}

function readManifestText({ path, text, isNamed }: InputText, isOld: (manifest: Manifest) => boolean, options: ReadOptions): TextContent {
  const manifests: Manifest[] = [];
  const unfinished: Manifest[] = [];
  const [results, problems]: [CheckResult[], CheckResult[]] = [[], []];
  let ranges: readonly DocumentRange[] | undefined;
  try {
    for (const document of readDocuments(text, path, options)) {
      if ('manifest' in document) {
        const waiting = isOld(document.manifest) ? placeholderResult(document.manifest) : undefined;
        if (waiting) results.push(waiting);
        (waiting ? unfinished : manifests).push(document.manifest);
      } else if (document.foreign !== true || isNamed) {
        const template = asTemplate(path, text, (ranges ??= [...splitDocuments(text)]), document.problem);
        if (template) results.push(...template);
        else problems.push(document.problem);
      }
    }
  } catch (error) {
    if (!(error instanceof DocumentTooLargeError)) throw error;
    problems.push(unreadable(path, error));
  }
  return { manifests, unfinished, results, problems };
}

function placeholderResult(manifest: Manifest): CheckResult | undefined {
  const placeholder = placeholderInManifest(manifest);
  if (!placeholder) return undefined;
  const { path, found } = placeholder;
  return manualWork(
    'migrate-placeholder',
    whereOf(manifest, path),
    `it holds ${found.text}, which another program fills in; the APIRule is left as it is`,
    placeholderFix[found.kind],
  );
}

/** What a document that cannot be read leaves to do, if that is because it holds placeholders; nothing when it is broken otherwise. */
function asTemplate(
  file: string,
  text: string,
  ranges: readonly DocumentRange[],
  { where }: CheckResult,
): readonly CheckResult[] | undefined {
  const range = ranges.findLast(({ line }) => line <= (where.line ?? 1));
  if (!range || placeholderInText(text.slice(range.start, range.end)) === undefined) return undefined;
  const work = templateResult(file, text, range);
  const place = { file, ...(where.line !== undefined && { line: where.line }) };
  return work.length > 0
    ? work
    : [remark('migrate-left-alone', place, 'a document with placeholders, and no APIRule in it: it is left as it is')];
}
