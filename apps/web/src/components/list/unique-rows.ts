/** The rows of all pages. A row that moved between two readings is on two pages; it is shown where it was read last. */
export function uniqueRows<Row extends { id: string }>(
  pages: readonly { rows: readonly Row[] }[] | undefined,
): Row[] | undefined {
  if (pages === undefined) return undefined
  const rows = pages.flatMap((page) => page.rows)
  const last = new Map(rows.map((row, index) => [row.id, index]))
  return rows.filter((row, index) => last.get(row.id) === index)
}
