import type { PublicInvoice } from '@tenantry/contracts/public-links'
import type { Notation } from '@tenantry/documents/notation'
import { taxByRate } from '@tenantry/money/lines'
import type { ReactNode } from 'react'

type PricedLine = PublicInvoice['lines'][number]
type Totals = Pick<PublicInvoice, 'subtotalMinor' | 'discountMinor' | 'taxMinor' | 'totalMinor'>

/** The lines as a table; on a phone how many and at what price stands below each name. */
export function DocumentLines<Line extends PricedLine>(props: {
  lines: readonly Line[]
  notation: Notation
  /** What stands for the name of a line that is more than that. */
  nameOf?: (line: Line) => ReactNode
}) {
  const { lines, notation, nameOf } = props
  const { words, money, quantity } = notation
  return (
    <table className="w-full border-collapse">
      <thead className="text-[13px] text-muted">
        <tr className="border-b border-line">
          <th scope="col" className="py-2 text-start font-medium">
            {words.item}
          </th>
          <th scope="col" className="py-2 ps-4 text-end font-medium max-sm:hidden">
            {words.quantity}
          </th>
          <th scope="col" className="py-2 ps-4 text-end font-medium max-sm:hidden">
            {words.price}
          </th>
          <th scope="col" className="py-2 ps-4 text-end font-medium">
            {words.amount}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          <tr key={index} className="border-b border-line align-top">
            <td className="py-3">
              {nameOf?.(line) ?? <span className="font-medium break-words">{line.name}</span>}
              {line.description !== null && (
                <span className="mt-0.5 block break-words whitespace-pre-line text-muted">{line.description}</span>
              )}
              <span className="mt-0.5 block text-[13px] text-muted tabular-nums sm:hidden">
                {quantity(line.quantity)} × {money(line.unitPriceMinor)}
              </span>
              {line.discountMinor !== 0 && (
                <span className="mt-0.5 block text-[13px] text-muted tabular-nums">
                  {words.discount}: {money(-line.discountMinor)}
                </span>
              )}
            </td>
            <td className="py-3 ps-4 text-end tabular-nums max-sm:hidden">{quantity(line.quantity)}</td>
            <td className="py-3 ps-4 text-end whitespace-nowrap tabular-nums max-sm:hidden">
              {money(line.unitPriceMinor)}
            </td>
            <td className="py-3 ps-4 text-end whitespace-nowrap tabular-nums">{money(line.netMinor)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What the lines come to, with the tax of each rate; `more` stands below the total. */
export function DocumentTotals(props: {
  document: Totals & { lines: readonly PricedLine[] }
  notation: Notation
  more?: readonly (readonly [label: string, minor: number])[]
}) {
  const { document, notation, more = [] } = props
  const { words, money, percent } = notation
  const sums: [string, number][] = [[words.subtotal, document.subtotalMinor]]
  if (document.discountMinor !== 0) sums.push([words.discount, -document.discountMinor])
  for (const [ppm, tax] of taxByRate(document.lines)) sums.push([`${words.tax} ${percent(ppm)}`, tax])
  return (
    <dl className="ms-auto grid w-full gap-1.5 sm:max-w-xs tabular-nums">
      {sums.map(([label, minor]) => (
        <Sum key={label} label={label} amount={money(minor)} />
      ))}
      <div className="mt-1 flex justify-between gap-4 border-t border-ink/60 pt-2 text-base font-semibold">
        <dt>{words.total}</dt>
        <dd aria-live="polite">{money(document.totalMinor)}</dd>
      </div>
      {more.map(([label, minor]) => (
        <Sum key={label} label={label} amount={money(minor)} />
      ))}
    </dl>
  )
}

function Sum({ label, amount }: { label: string; amount: string }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-muted">{label}</dt>
      <dd>{amount}</dd>
    </div>
  )
}
