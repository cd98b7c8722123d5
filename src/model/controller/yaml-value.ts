import type { JsonValue } from '../json';
import { toPlainJson } from '../plain-json';
import { yamlDocuments } from '../yaml-documents';

/** Aliases that one text may use, counted with what they multiply to. */
const aliasLimit = 100;

/** The value that a text in a ConfigMap holds as YAML; `undefined` when it holds none that can be read. */
export function yamlValue(text: string): JsonValue | undefined {
  try {
    const [document, second] = yamlDocuments(text);
    if (!document) return null;
    return second || document.errors.length > 0 ? undefined : toPlainJson(document.toJS({ maxAliasCount: aliasLimit }));
  } catch {
    return undefined;
  }
}
