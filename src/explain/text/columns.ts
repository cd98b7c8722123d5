/** Lines of cells, each column as wide as its widest cell; no blanks at the end of a line. */
export function columns(lines: readonly (readonly string[])[], gap = '  '): string[] {
  const widths: number[] = [];
  for (const cells of lines) for (const [index, cell] of cells.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  return lines.map((cells) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join(gap)
      .trimEnd(),
  );
}
