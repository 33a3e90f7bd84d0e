'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PublicAcceptance, PublicQuote } from '@tenantry/contracts/public-links'
import { notationFor } from '@tenantry/documents/notation'
import { useState } from 'react'
import { formatDay } from '../../../format/dates.ts'
import { useTRPC } from '../../../trpc/client.tsx'
import { AgreeButtons, NameField } from '../agree-fields.tsx'
import { AnswerCard } from '../answer-card.tsx'
import { ActionCard } from '../document-frame.tsx'
import { NextDocument } from '../next-document.tsx'
import type { PageWords } from '../words.ts'
import { isAnswerable } from './is-answerable.ts'

/** The answer to a quote: it is given once, and then stands here. */
export function QuoteActions(props: {
  quote: PublicQuote
  token: string
  words: PageWords
  isPaused: boolean
  /** Of the optional lines. */
  chosen: PublicAcceptance['chosen']
  /** What the quote comes to with them. */
  totalMinor: number
  onAnswer: (quote: PublicQuote) => void
}) {
  const { quote, token, words, chosen, onAnswer } = props
  const trpc = useTRPC()
  const client = useQueryClient()
  // Somebody else has answered, or this was the second of two clicks: what became of it is asked again.
  const onError = () => client.invalidateQueries({ queryKey: trpc.public.quote.queryKey({ token }) })
  const accept = useMutation(
    trpc.public.acceptQuote.mutationOptions({ onSuccess: (answer) => onAnswer(answer.quote), onError }),
  )
  const decline = useMutation(trpc.public.declineQuote.mutationOptions({ onSuccess: onAnswer, onError }))
  const company = quote.company.name

  if (quote.status === 'accepted' || quote.status === 'converted') {
    const day = quote.acceptedAt === null ? '' : formatDay(quote.acceptedAt, quote.company.locale)
    return (
      <ActionCard title={words.accepted}>
        <p>{words.acceptedBy(quote.acceptedName ?? quote.customerName, day)}</p>
        {!props.isPaused && (
          <ToContract token={token} known={accept.data?.contractToken} words={words} company={company} />
        )}
      </ActionCard>
    )
  }
  return (
    <AnswerCard
      title={words.answer}
      words={words}
      whyNot={isAnswerable(quote) ? undefined : whyNot(quote, words)}
      isPaused={props.isPaused}
      error={accept.error ?? decline.error}
      isBusy={decline.isPending}
      onDecline={(reason) => decline.mutate({ token, reason })}
    >
      {(startDeclining) => (
        <AcceptForm
          total={notationFor(quote.company.locale, quote.currency).money(props.totalMinor)}
          words={words}
          isBusy={accept.isPending}
          onAccept={(name) => accept.mutate({ token, name, ...(chosen && { chosen }) })}
          onDecline={startDeclining}
        />
      )}
    </AnswerCard>
  )
}

function AcceptForm(props: {
  total: string
  words: PageWords
  isBusy: boolean
  onAccept: (name: string) => void
  onDecline: () => void
}) {
  const { words, isBusy } = props
  const [name, setName] = useState('')
  const [isTried, setIsTried] = useState(false)
  const isMissing = name.trim() === ''
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        setIsTried(true)
        if (!isMissing) props.onAccept(name)
      }}
    >
      <p>{words.acceptHint(props.total)}</p>
      <NameField words={words} value={name} isMissing={isTried && isMissing} onChange={setName} />
      <AgreeButtons words={words} label={words.accept} isBusy={isBusy} onDecline={props.onDecline} />
    </form>
  )
}

/** The contract is opened by a link of its own, which is asked for by whoever did not get it with their answer. */
function ToContract(props: { token: string; known: string | null | undefined; words: PageWords; company: string }) {
  const { words, known } = props
  const open = useMutation(
    useTRPC().public.openContract.mutationOptions({
      onSuccess: ({ contractToken }) => contractToken !== null && location.assign(`/public/contract#${contractToken}`),
    }),
  )
  return (
    <NextDocument
      words={words}
      label={words.toContract}
      address={known == null ? undefined : `/public/contract#${known}`}
      isBusy={open.isPending}
      error={open.error}
      isElsewhere={known === null || open.data?.contractToken === null}
      elsewhere={words.contractByMail(props.company)}
      onOpen={() => open.mutate({ token: props.token })}
    />
  )
}

function whyNot({ status, company }: PublicQuote, words: PageWords): string {
  if (status === 'declined') return words.declinedHint(company.name)
  if (status === 'withdrawn') return words.quoteWithdrawnHint(company.name)
  return status === 'superseded' ? words.replacedHint(company.name) : words.expiredHint(company.name)
}
