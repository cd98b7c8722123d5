import type { JsonObject } from '../../model/json';
import { isSameJson } from '../../model/same-json';
import type { Manifest } from '../../model/manifest';
import { readDocuments } from '../../model/read-documents';
import { splitDocuments, type DocumentRange } from '../../model/split-documents';
import { cleanApiRule, needsCleaning } from './clean-api-rule';
import type { PlacedRewrite, Rewrite } from './rewrite';
import { rewriteJson } from './rewrite-json';
import { rewriteYaml } from './rewrite-yaml';
import { applySplices, type Splice } from './splice';

/** A text with some of its APIRules replaced, and those that could not be: their place has a form that cannot be kept. */
export interface RewrittenText {
  readonly text: string;
  readonly refused: readonly Rewrite[];
}

/**
 * Puts APIRules v2 in the place of old ones. What was not asked for stays byte for byte, comments of the replaced parts stay too. The
 * result is read again: when it does not say exactly what was asked for, nothing of this text is replaced.
 */
export function rewriteText(text: string, file: string, rewrites: readonly Rewrite[]): RewrittenText {
  if (rewrites.length === 0) return { text, refused: [] };
  const starts = lineStarts(text);
  const placed = rewrites.map((rewrite) => place(starts, rewrite)).sort((a, b) => a.offset - b.offset);
  const splices: Splice[] = [];
  let next = 0;
  for (const range of splitDocuments(text)) {
    const first = next;
    while (next < placed.length && (placed[next]?.offset ?? 0) < range.end) next += 1;
    const own = placed.slice(first, next);
    const made = own.length === 0 ? [] : splicesOf(text, range, own);
    if (!made) return { text, refused: rewrites };
    splices.push(...made);
  }
  const rewritten = applySplices(text, splices);
  return saysWhatItShould(text, rewritten, file, placed) ? { text: rewritten, refused: [] } : { text, refused: rewrites };
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

function splicesOf(text: string, range: DocumentRange, own: readonly PlacedRewrite[]): readonly Splice[] | undefined {
  return rewriteJson(text, range, own) ?? rewriteYaml(text, range, own);
}

function saysWhatItShould(before: string, after: string, file: string, placed: readonly PlacedRewrite[]): boolean {
  const [old, now] = [before, after].map((text) => objectsIn(text, file));
  if (!old || !now || old.length !== now.length) return false;
  const asked = new Map(placed.map((rewrite) => [placeOf(rewrite.manifest), rewrite]));
  return old.every((manifest, index) => {
    const rewrite = asked.get(placeOf(manifest));
    return isSameJson(now[index]?.body, rewrite === undefined ? manifest.body : bodyOf(rewrite));
  });
}

function bodyOf({ manifest, apiRule, isClean }: PlacedRewrite): JsonObject {
  return isClean ? apiRule : { ...manifest.body, apiVersion: apiRule['apiVersion'] ?? null, spec: apiRule['spec'] ?? null };
}

/** The objects of a text; nothing when a document cannot be read that could be before. */
function objectsIn(text: string, file: string): readonly Manifest[] {
  return [...readDocuments(text, file)].flatMap((document) => ('manifest' in document ? [document.manifest] : []));
}

function placeOf(manifest: Manifest): string {
  const { line, column } = manifest.locate([]);
  return `${line}:${column}`;
}
