'use client'

import { useQueryClient } from '@tanstack/react-query'
import type { PublicInvoice } from '@tenantry/contracts/public-links'
import { addressOf } from '@tenantry/documents/address'
import { notationFor, type Notation } from '@tenantry/documents/notation'
import { useMemo } from 'react'
import type { Tone } from '../../../components/ui/badge.tsx'
import { useTRPC } from '../../../trpc/client.tsx'
import { DocumentFrame } from '../document-frame.tsx'
import { DocumentLines, DocumentTotals } from '../document-lines.tsx'
import { useSeen } from '../use-seen.ts'
import { pageWordsOf, type PageWords } from '../words.ts'
import { InvoiceActions } from './invoice-actions.tsx'

export function InvoiceDocument({ invoice, token }: { invoice: PublicInvoice & { paysWith: string }; token: string }) {
  const { company, kind, number, currency, schedule, paysWith } = invoice
  const trpc = useTRPC()
  const client = useQueryClient()
  const notation = useMemo(() => notationFor(company.locale, currency), [company.locale, currency])
  const words = pageWordsOf(company.locale)
  const show = (fresh: PublicInvoice) =>
    client.setQueryData(trpc.public.invoice.queryKey({ token }), { ...fresh, paysWith })
  const seen = { token, isOpen: isPayable(invoice) }
  const { isPaused } = useSeen(trpc.public.seeInvoice.mutationOptions({ onSuccess: show }), seen)
  return (
    <DocumentFrame
      kind="invoice"
      token={token}
      notation={notation}
      words={words}
      company={company.name}
      title={`${notation.words[kind]} ${number ?? ''}`.trim()}
      status={statusOf(invoice, words)}
      recipient={addressOf(invoice.billTo, notation.locale)}
      facts={[
        [notation.words.issued, invoice.issuedOn && notation.date(invoice.issuedOn)],
        [notation.words.due, invoice.dueOn && notation.date(invoice.dueOn)],
        [notation.words.orderNumber, invoice.poNumber],
      ]}
      isPaused={isPaused}
      actions={
        <InvoiceActions
          invoice={invoice}
          token={token}
          notation={notation}
          words={words}
          isPayable={isPayable(invoice) && !isPaused}
          onPaid={show}
        />
      }
    >
      <DocumentLines lines={invoice.lines} notation={notation} />
      <DocumentTotals document={invoice} notation={notation} more={settledOf(invoice, notation)} />
      {schedule.length > 0 && (
        <section className="grid gap-1">
          <h2 className="font-semibold">{notation.words.schedule}</h2>
          <ul>
            {schedule.map(({ label, dueOn, amountMinor }, index) => (
              <li
                key={index}
                className="flex flex-wrap justify-between gap-x-4 border-b border-line py-2 last:border-0"
              >
                <span className="min-w-0 flex-1 basis-32 break-words">{label}</span>
                <span className="text-muted">{notation.date(dueOn)}</span>
                <span className="min-w-24 text-end tabular-nums">{notation.money(amountMinor)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </DocumentFrame>
  )
}

function isPayable({ kind, state, balanceMinor }: PublicInvoice): boolean {
  const waits = state === 'unpaid' || state === 'partially_paid' || state === 'overdue'
  return kind !== 'credit_note' && waits && balanceMinor > 0
}

function settledOf({ paidMinor, creditedMinor, balanceMinor }: PublicInvoice, { words }: Notation) {
  const settled: [string, number][] = []
  if (paidMinor !== 0) settled.push([words.paid, -paidMinor])
  if (creditedMinor !== 0) settled.push([words.credited, -creditedMinor])
  if (settled.length > 0) settled.push([words.balance, balanceMinor])
  return settled
}

function statusOf({ state, kind, ...invoice }: PublicInvoice, words: PageWords): { label: string; tone: Tone } {
  switch (state) {
    case 'paid':
      return { label: words.paid, tone: 'good' }
    case 'partially_paid':
      return { label: words.partlyPaid, tone: 'warn' }
    case 'overdue':
      return { label: words.overdue, tone: 'bad' }
    case 'void':
    case 'written_off':
      return { label: words.void, tone: 'neutral' }
    case 'draft':
    case 'issued':
    case 'unpaid':
      if (kind === 'credit_note')
        return { label: notationFor(invoice.company.locale, 'USD').words.credit_note, tone: 'neutral' }
      return { label: words.unpaid, tone: 'brand' }
  }
}
