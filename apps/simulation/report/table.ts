/** A table of Markdown, with columns as wide as their longest cell; numbers to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const pad = (row: readonly string[]): string[] => row.map((cell, column) => cell.padStart(widths[column] ?? 0));
  const rule = widths.map((width) => `${'-'.repeat(width - 1)}:`);
  return [line(pad(head)), line(rule), ...body.map((row) => line(pad(row)))].join('\n');
}
