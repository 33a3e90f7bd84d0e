/** Rows of cells, as RFC 4180 has them, without the mark by which spreadsheets know the encoding. */
export function rowsOfCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const cells = text.replace(/^\uFEFF/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)
  for (const [, quoted, plain = '', end] of cells) {
    // Behind the last line there is nothing.
    if (end === '' && row.length === 0 && quoted === undefined && plain === '') break
    row.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}
