import type { Manifest } from '../../model/manifest';
import type { SourceFile } from './source-file';

/** How far above an object the line of Helm stands at most. */
const linesAbove = 30;

/**
 * The templates that Helm rendered objects from, as the comment above each says: `# Source: chart/templates/api-rule.yaml`.
 * @param isWanted Objects that are asked for.
 */
export function templatesOf(sources: readonly SourceFile[], isWanted: (manifest: Manifest) => boolean): ReadonlyMap<Manifest, string> {
  const found = new Map<Manifest, string>();
  for (const { text, manifests } of sources) {
    if (!text.includes('# Source: ')) continue;
    const lines = text.split('\n');
    for (const manifest of manifests.filter(isWanted)) {
      const template = renderedFrom(lines, manifest.locate([]).line);
      if (template !== undefined) found.set(manifest, template);
    }
  }
  return found;
}

function renderedFrom(lines: readonly string[], line: number): string | undefined {
  for (let above = line; above > Math.max(0, line - linesAbove); above -= 1) {
    const text = lines[above - 1] ?? '';
    const found = /^# Source: (\S{1,400})\s*$/.exec(text)?.[1];
    if (found !== undefined) return found;
    if (above < line && !/^\s*(?:#|$)/.test(text)) return undefined;
  }
  return undefined;
}
