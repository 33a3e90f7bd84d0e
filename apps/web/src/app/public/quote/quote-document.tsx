'use client'

import { useQueryClient } from '@tanstack/react-query'
import type { PublicQuote } from '@tenantry/contracts/public-links'
import { notationFor } from '@tenantry/documents/notation'
import { useMemo } from 'react'
import type { Tone } from '../../../components/ui/badge.tsx'
import { useTRPC } from '../../../trpc/client.tsx'
import { DocumentFrame } from '../document-frame.tsx'
import { DocumentLines, DocumentTotals } from '../document-lines.tsx'
import { useSeen } from '../use-seen.ts'
import { pageWordsOf, type PageWords } from '../words.ts'
import { isAnswerable } from './is-answerable.ts'
import { OptionalLine } from './optional-line.tsx'
import { QuoteActions } from './quote-actions.tsx'
import { useChoice } from './use-choice.ts'

export function QuoteDocument({ quote, token }: { quote: PublicQuote; token: string }) {
  const { company, number, revision, title, currency, depositPpm, terms } = quote
  const trpc = useTRPC()
  const client = useQueryClient()
  const notation = useMemo(() => notationFor(company.locale, currency), [company.locale, currency])
  const words = pageWordsOf(company.locale)
  const isOpen = isAnswerable(quote)
  const { lines, document, chosen, choose } = useChoice(quote)
  const show = (fresh: PublicQuote) => client.setQueryData(trpc.public.quote.queryKey({ token }), fresh)
  const { isPaused } = useSeen(trpc.public.seeQuote.mutationOptions({ onSuccess: show }), { token, isOpen })
  return (
    <DocumentFrame
      kind="quote"
      token={token}
      notation={notation}
      words={words}
      company={company.name}
      title={`${notation.words.quote} ${number}`}
      subtitle={
        [revision > 1 ? `${notation.words.revision} ${revision}` : null, title].filter(Boolean).join(' · ') || null
      }
      status={statusOf(quote, words)}
      recipient={[quote.customerName]}
      facts={[
        [notation.words.issued, quote.issuedOn && notation.date(quote.issuedOn)],
        [notation.words.validUntil, quote.validUntil && notation.date(quote.validUntil)],
      ]}
      isPaused={isPaused}
      actions={
        <QuoteActions
          quote={quote}
          token={token}
          words={words}
          isPaused={isPaused}
          chosen={chosen}
          totalMinor={document.totalMinor}
          onAnswer={show}
        />
      }
    >
      <DocumentLines
        lines={lines}
        notation={notation}
        nameOf={({ name, option }) =>
          option && (
            <OptionalLine
              name={name}
              words={words}
              isTaken={option.isSelected}
              onTake={(isTaken) => choose(option.id, isTaken)}
            />
          )
        }
      />
      <DocumentTotals document={document} notation={notation} />
      {depositPpm > 0 && (
        <p className="rounded-lg bg-sunken px-4 py-3">
          {notation.words.depositDue}: <strong>{notation.percent(depositPpm)}</strong>
        </p>
      )}
      {terms !== null && (
        <section className="grid gap-1">
          <h2 className="font-semibold">{notation.words.terms}</h2>
          <p className="break-words whitespace-pre-line">{terms}</p>
        </section>
      )}
    </DocumentFrame>
  )
}

function statusOf({ status, isExpired }: PublicQuote, words: PageWords): { label: string; tone: Tone } {
  switch (status) {
    case 'accepted':
    case 'converted':
      return { label: words.accepted, tone: 'good' }
    case 'declined':
      return { label: words.declined, tone: 'neutral' }
    case 'superseded':
      return { label: words.replaced, tone: 'neutral' }
    case 'withdrawn':
      return { label: words.withdrawn, tone: 'neutral' }
    case 'draft':
    case 'sent':
    case 'viewed':
      return isExpired ? { label: words.expired, tone: 'warn' } : { label: words.waits, tone: 'brand' }
  }
}
