/** Makes Markdown of text from manifests; how text is made harmless is the business of whoever shows it. */
export interface MarkdownWriter {
  /** One line that shows the characters and nothing else. */
  readonly text: (text: string) => string;
  /** The same as code, to be copied as it is. */
  readonly code: (text: string) => string;
  /** A block of code. */
  readonly fence: (text: string) => string;
}

/** A plain text, or one that is shown as code. */
export type Cell = string | { readonly code: string };

/** A table of texts. */
export function markdownTable({ text, code }: MarkdownWriter, head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const shown = (cell: Cell): string => (typeof cell === 'string' ? text(cell) : code(cell.code));
  const line = (cells: readonly Cell[]): string => `| ${cells.map(shown).join(' | ')} |\n`;
  return `${line(head)}|${' --- |'.repeat(head.length)}\n${rows.map(line).join('')}`;
}
