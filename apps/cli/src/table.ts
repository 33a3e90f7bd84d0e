/** Columns as wide as their widest cell, two blanks apart; cells may be painted. */
export function renderTable(head: string[], rows: string[][]): string {
  const lines = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...lines.map((line) => visibleLength(line[column] ?? ''))))
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - visibleLength(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const letters = new Intl.Segmenter()

function visibleLength(cell: string): number {
  // oxlint-disable-next-line no-control-regex -- colours are control sequences
  return [...letters.segment(cell.replaceAll(/\u001b\[\d+m/g, ''))].length
}
