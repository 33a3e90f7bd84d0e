import { Text, View } from '@react-pdf/renderer'
import type { PublicInvoice } from '@tenantry/contracts/public-links'
import { taxByRate } from '@tenantry/money/lines'
import { createElement as h } from 'react'
import type { Paper } from './paper.ts'

type Style = Paper['styles'][keyof Paper['styles']]
type Line = PublicInvoice['lines'][number]
type Totals = Pick<PublicInvoice, 'subtotalMinor' | 'discountMinor' | 'taxMinor' | 'totalMinor'>

/** The lines as a table. Its head is repeated on every page, and no line is torn apart. */
export function linesTable({ styles, words, money, quantity }: Paper, lines: readonly Line[]) {
  const cell = (style: Style, text: string) => h(Text, { style: [style, styles.headCell] }, text)
  return h(
    View,
    null,
    h(
      View,
      { style: styles.tableHead, fixed: true },
      cell(styles.item, words.item),
      cell(styles.number, words.quantity),
      cell(styles.amount, words.price),
      cell(styles.amount, words.amount),
    ),
    ...lines.map((line, i) =>
      h(
        View,
        { style: styles.tableRow, wrap: false, key: i },
        h(
          View,
          { style: styles.item },
          h(Text, { style: styles.strong }, line.name),
          line.description === null ? null : h(Text, { style: styles.small }, line.description),
          line.discountMinor === 0
            ? null
            : h(Text, { style: styles.small }, `${words.discount}: ${money(-line.discountMinor)}`),
        ),
        h(Text, { style: styles.number }, quantity(line.quantity)),
        h(Text, { style: styles.amount }, money(line.unitPriceMinor)),
        h(Text, { style: styles.amount }, money(line.netMinor)),
      ),
    ),
  )
}

/** The sums below it: the tax of each rate as the lines have it, and what the document comes to. */
export function totalsTable(
  { styles, words, money, percent }: Paper,
  { lines, ...totals }: Totals & { lines: readonly Line[] },
  more: readonly (readonly [label: string, minor: number])[] = [],
) {
  const rows: [string, string][] = [[words.subtotal, money(totals.subtotalMinor)]]
  if (totals.discountMinor !== 0) rows.push([words.discount, money(-totals.discountMinor)])
  for (const [ppm, tax] of taxByRate(lines)) rows.push([`${words.tax} ${percent(ppm)}`, money(tax)])
  const row = (style: Style, [label, amount]: readonly [string, string]) =>
    h(View, { style, key: label }, h(Text, null, label), h(Text, null, amount))
  return h(
    View,
    { style: styles.totals, wrap: false },
    ...rows.map((each) => row(styles.total, each)),
    row(styles.grand, [words.total, money(totals.totalMinor)]),
    ...more.map(([label, minor]) => row(styles.total, [label, money(minor)])),
  )
}
