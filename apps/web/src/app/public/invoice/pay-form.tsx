'use client'

import type { PublicInvoice } from '@tenantry/contracts/public-links'
import type { Notation } from '@tenantry/documents/notation'
import { useId, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { fieldLook } from '../../../components/ui/input.tsx'
import type { PageWords } from '../words.ts'
import { nextInstalment } from './next-instalment.ts'

export interface Payment {
  amountMinor: number
  source: string
}

/**
 * How much, and by which card. Whose form takes the card's details depends on the provider; the one for tests asks what the
 * card shall do. Where a provider has no form here, the customer is told to pay as agreed.
 */
export function PayForm(props: {
  invoice: PublicInvoice & { paysWith: string }
  notation: Notation
  words: PageWords
  isBusy: boolean
  /** Of a payment that was begun: it is not changed any more. */
  givenMinor: number | undefined
  onPay: (payment: Payment) => void
}) {
  const { invoice, notation, words, isBusy, givenMinor } = props
  const part = givenMinor === undefined ? nextInstalment(invoice) : undefined
  const [isAll, setIsAll] = useState(part === undefined)
  const [source, setSource] = useState('test_card')
  const card = useId()
  if (invoice.paysWith !== 'test') return <p className="text-muted">{words.payElsewhere(invoice.company.name)}</p>
  const amountMinor = givenMinor ?? (isAll || part === undefined ? invoice.balanceMinor : part.amountMinor)
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        props.onPay({ source, amountMinor })
      }}
    >
      {part !== undefined && (
        <fieldset className="grid gap-2">
          <legend className="sr-only">{words.pay}</legend>
          <Choice
            label={`${words.payNext}: ${part.label}, ${notation.date(part.dueOn)}`}
            amount={notation.money(part.amountMinor)}
            isChosen={!isAll}
            onChoose={() => setIsAll(false)}
          />
          <Choice
            label={words.payAll}
            amount={notation.money(invoice.balanceMinor)}
            isChosen={isAll}
            onChoose={() => setIsAll(true)}
          />
        </fieldset>
      )}
      <div className="grid gap-1.5">
        <label htmlFor={card} className="text-[13px] font-medium">
          {words.payBy}
        </label>
        <select
          id={card}
          className={fieldLook}
          aria-describedby={`${card}-note`}
          value={source}
          onChange={(event) => setSource(event.target.value)}
        >
          {Object.entries(words.testCards).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <p id={`${card}-note`} className="text-[13px] text-muted">
          {words.testMode}
        </p>
      </div>
      <Button type="submit" look="primary" disabled={isBusy} className="justify-self-start">
        {words.payAmount(notation.money(amountMinor))}
      </Button>
    </form>
  )
}

function Choice(props: { label: string; amount: string; isChosen: boolean; onChoose: () => void }) {
  return (
    <label className="flex items-start gap-2.5 rounded-lg border border-line px-4 py-3 has-checked:border-brand has-checked:bg-brand-soft/40">
      <input
        type="radio"
        name="amount"
        className="mt-0.5 size-4 shrink-0 accent-brand"
        checked={props.isChosen}
        onChange={props.onChoose}
      />
      <span className="min-w-0 flex-1 break-words">{props.label}</span>
      <span className="font-medium tabular-nums">{props.amount}</span>
    </label>
  )
}
