import type { PublicQuote } from '@tenantry/contracts/public-links'
import { totalsOf } from '@tenantry/money/lines'
import { useState } from 'react'

type Option = NonNullable<PublicQuote['lines'][number]['option']>

/** Which of the optional lines the customer takes, and what the quote comes to with them, by the rule that the server has. */
export function useChoice(quote: PublicQuote) {
  const [changed, setChanged] = useState<ReadonlyMap<Option['id'], boolean>>(new Map())
  const lines = quote.lines.map((line) =>
    line.option === null
      ? line
      : { ...line, option: { ...line.option, isSelected: changed.get(line.option.id) ?? line.option.isSelected } },
  )
  const counted = lines.filter(({ option }) => option === null || option.isSelected)
  const options = lines.flatMap(({ option }) => (option === null ? [] : [option]))
  const { subtotalMinor, discountMinor, taxMinor, totalMinor } = options.length === 0 ? quote : totalsOf(counted)
  return {
    lines,
    document: { lines: counted, subtotalMinor, discountMinor, taxMinor, totalMinor },
    /** Undefined where there is nothing to choose. */
    chosen: options.length === 0 ? undefined : options.flatMap(({ id, isSelected }) => (isSelected ? [id] : [])),
    choose: (id: Option['id'], isSelected: boolean) => setChanged((before) => new Map(before).set(id, isSelected)),
  }
}
