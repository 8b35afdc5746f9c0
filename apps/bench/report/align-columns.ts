/** Rows of cells as lines: the first `textColumns` to the left, the others, which are numbers, to the right. */
export function alignColumns(rows: readonly (readonly string[])[], textColumns: number): string {
  const [first = []] = rows;
  const widths = first.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const align = (cell: string, column: number): string => {
    const width = widths[column] ?? 0;
    return column < textColumns ? cell.padEnd(width) : cell.padStart(width);
  };
  return rows.map((row) => row.map(align).join('  ')).join('\n');
}
