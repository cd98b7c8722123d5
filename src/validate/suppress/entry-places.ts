import type { Where } from '../../model/check-result';
import { excerptOf } from '../../model/excerpt';
import type { Manifest, Position } from '../../model/manifest';
import { whereOf } from '../../model/object-ref';
import { suppressionAnnotation } from './suppression-annotation';

/**
 * Where each entry of an annotation stands: an annotation of many lines is no place to look at. From the first entry on that is written in
 * another way than it reads (escapes, a line that is folded), the places are that of the whole annotation.
 */
export function entryPlaces(manifest: Manifest, annotation: string, texts: readonly string[]): Where[] {
  const path = ['metadata', 'annotations', suppressionAnnotation];
  const whole = whereOf(manifest, path, { excerpt: true });
  const start = manifest.locate(path);
  const last = start.line + annotation.split('\n').length;
  let at: Position | undefined = start;
  return texts.map((text) => {
    const found: Position | undefined = at && find(manifest, text, at, last);
    at = found && { line: found.line, column: found.column + text.length };
    if (!found) return whole;
    const excerpt = excerptOf(manifest, path, found);
    return { ...whole, ...found, ...(excerpt !== undefined && { excerpt }) };
  });
}

function find(manifest: Manifest, text: string, from: Position, last: number): Position | undefined {
  for (let line = from.line; line <= last; line += 1) {
    const index = manifest.sourceLine?.(line)?.indexOf(text, line === from.line ? from.column - 1 : 0) ?? -1;
    if (index >= 0) return { line, column: index + 1 };
  }
  return undefined;
}
