import type { Manifest } from '../../model/manifest';

/** How far above an object the line of Helm stands at most. */
const linesAbove = 30;

/** The template that Helm rendered an object from, as the comment above it says: `# Source: chart/templates/api-rule.yaml`. */
export function renderedFrom(manifest: Manifest): string | undefined {
  const { line } = manifest.locate([]);
  for (let above = line; above > Math.max(0, line - linesAbove); above -= 1) {
    const text = manifest.sourceLine?.(above);
    if (text === undefined) return undefined;
    const found = /^# Source: (\S{1,400})[ \t]*$/.exec(text)?.[1];
    if (found !== undefined) return found;
    if (above < line && !/^\s*(?:#|$)/.test(text)) return undefined;
  }
  return undefined;
}
