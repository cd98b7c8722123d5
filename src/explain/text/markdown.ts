/** Makes Markdown of text from manifests; how text is made harmless is the business of whoever shows it. */
export interface MarkdownWriter {
  /** One line that shows the characters and nothing else. */
  readonly text: (text: string) => string;
  /** A block of code. */
  readonly fence: (text: string) => string;
}

/** A table of plain texts. */
export function markdownTable({ text }: MarkdownWriter, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(text).join(' | ')} |\n`;
  return `${line(head)}|${' --- |'.repeat(head.length)}\n${rows.map(line).join('')}`;
}
