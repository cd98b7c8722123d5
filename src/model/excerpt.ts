import type { JsonPath } from './json';
import type { Manifest, Position } from './manifest';
import { mayHoldSecret } from './secret-path';

/** Characters of a source line that a result carries at most. */
const excerptLength = 160;

/**
 * The source line of a value, at most 160 characters of it; nothing when it may hold a secret. A line whose column is among the first 160
 * characters is cut behind them, so that the column still counts; of others the part around the column is kept.
 */
export function excerptOf(manifest: Manifest, path: JsonPath, { line, column }: Position): string | undefined {
  if (mayHoldSecret(manifest.kind, path)) return undefined;
  const text = manifest.sourceLine?.(line);
  if (text === undefined || text.length <= excerptLength) return text;
  const start = column <= excerptLength ? 0 : column - 1 - excerptLength / 2;
  return text.slice(start, start + excerptLength);
}
