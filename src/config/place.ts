import type { Where } from '../model/check-result';
import { formatJsonPath, type JsonObject, type JsonPath } from '../model/json';
import type { SourceDocument } from './source-document';

/** What one file, or a part of it, contributes to an environment. */
export interface Layer {
  readonly source: SourceDocument;
  /** Where in the file the contribution begins: empty, or `environments.dev`. */
  readonly prefix: JsonPath;
  readonly data: JsonObject;
}

/** Finds the source of a value in the files that were merged. */
export type Locate = (path: JsonPath) => Where;

/**
 * Place of a merged value: in the topmost layer that has it. For a value that is missing, the place of its nearest parent.
 * @param layers from the bottom to the top
 */
export function locateIn(layers: readonly Pick<Layer, 'source' | 'prefix'>[]): Locate {
  // Without `data`: places are kept as long as the environment, what was parsed is not.
  const topDown = layers.map(({ prefix, source: { file, find } }) => ({ prefix, file, find })).reverse();
  const base = topDown.at(-1);
  return (path) => {
    const named = path.length > 0 ? { path: formatJsonPath(path) } : {};
    for (let length = path.length; length > 0; length -= 1) {
      for (const { file, find, prefix } of topDown) {
        const position = find([...prefix, ...path.slice(0, length)]);
        if (position) return { file, ...position, ...named };
      }
    }
    return { ...(base && { file: base.file }), line: 1, column: 1, ...named };
  };
}
