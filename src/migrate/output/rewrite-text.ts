import type { JsonObject } from '../../model/json';
import { isSameJson } from '../../model/same-json';
import type { Manifest } from '../../model/manifest';
import { readDocuments } from '../../model/read-documents';
import { splitDocuments, type DocumentRange } from '../../model/split-documents';
import { cleanApiRule, needsCleaning } from './clean-api-rule';
import type { PlacedRewrite, Rewrite } from './rewrite';
import { rewriteJson } from './rewrite-json';
import { rewriteYaml } from './rewrite-yaml';
import { applySplices } from './splice';

/** A text with some of its APIRules replaced, and those that could not be: their place has a form that cannot be kept. */
export interface RewrittenText {
  readonly text: string;
  readonly refused: readonly Rewrite[];
}

/**
 * Puts APIRules v2 in the place of old ones. What was not asked for stays byte for byte, comments of the replaced parts stay too. What was
 * written is read again: when it does not say exactly what was asked for, nothing of this text is replaced.
 */
export function rewriteText(text: string, file: string, rewrites: readonly Rewrite[]): RewrittenText {
  if (rewrites.length === 0) return { text, refused: [] };
  const starts = lineStarts(text);
  const placed = rewrites.map((rewrite) => place(starts, rewrite)).sort((a, b) => a.offset - b.offset);
  const parts: string[] = [];
  let [next, at] = [0, 0];
  for (const range of splitDocuments(text)) {
    const first = next;
    while (next < placed.length && (placed[next]?.offset ?? 0) < range.end) next += 1;
    if (next === first) continue;
    const made = rewriteDocument(text, file, range, placed.slice(first, next));
    if (made === undefined) return { text, refused: rewrites };
    parts.push(text.slice(at, range.start), made);
    at = range.end;
  }
  return { text: [...parts, text.slice(at)].join(''), refused: [] };
}

/** The document with its APIRules replaced; nothing when it would say something else than what was asked for. */
function rewriteDocument(text: string, file: string, range: DocumentRange, own: readonly PlacedRewrite[]): string | undefined {
  const splices = rewriteJson(text, range, own) ?? rewriteYaml(text, range, own);
  if (!splices) return undefined;
  const before = text.slice(range.start, range.end);
  const after = applySplices(
    before,
    splices.map((splice) => ({ ...splice, start: splice.start - range.start, end: splice.end - range.start })),
  );
  return saysWhatItShould(before, after, file, own, range.line - 1) ? after : undefined;
}

function place(starts: readonly number[], rewrite: Rewrite): PlacedRewrite {
  const { line, column } = rewrite.manifest.locate([]);
  const isClean = needsCleaning(rewrite.manifest, rewrite.apiRule);
  const apiRule = isClean ? cleanApiRule(rewrite.apiRule) : rewrite.apiRule;
  return { ...rewrite, apiRule, isClean, offset: (starts[line - 1] ?? 0) + column - 1 };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function saysWhatItShould(before: string, after: string, file: string, own: readonly PlacedRewrite[], linesAbove: number): boolean {
  const now = objectsIn(after, file);
  const [only] = own;
  // What is no list holds one object, which was read before.
  if (only && now.length === 1 && !before.includes('items')) return isSameJson(now[0]?.body, bodyOf(only));
  const old = objectsIn(before, file);
  const asked = new Map(own.map((rewrite) => [placeOf(rewrite.manifest, 0), rewrite]));
  return (
    old.length === now.length &&
    old.every((manifest, index) => {
      const rewrite = asked.get(placeOf(manifest, linesAbove));
      return isSameJson(now[index]?.body, rewrite === undefined ? manifest.body : bodyOf(rewrite));
    })
  );
}

function bodyOf({ manifest, apiRule, isClean }: PlacedRewrite): JsonObject {
  return isClean ? apiRule : { ...manifest.body, apiVersion: apiRule['apiVersion'] ?? null, spec: apiRule['spec'] ?? null };
}

function objectsIn(text: string, file: string): readonly Manifest[] {
  return [...readDocuments(text, file, { maxDocumentBytes: Infinity })].flatMap((document) =>
    'manifest' in document ? [document.manifest] : [],
  );
}

function placeOf(manifest: Manifest, linesAbove: number): string {
  const { line, column } = manifest.locate([]);
  return `${line + linesAbove}:${column}`;
}
