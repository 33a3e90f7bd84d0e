'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PublicQuote } from '@tenantry/contracts/public-links'
import { notationFor } from '@tenantry/documents/notation'
import { useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Field } from '../../../components/ui/field.tsx'
import { Input } from '../../../components/ui/input.tsx'
import { formatDay } from '../../../format/dates.ts'
import { useTRPC } from '../../../trpc/client.tsx'
import { ActionFailure } from '../action-failure.tsx'
import { DeclineForm } from '../decline-form.tsx'
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
  onAnswer: (quote: PublicQuote) => void
}) {
  const { quote, token, words, onAnswer } = props
  const trpc = useTRPC()
  const client = useQueryClient()
  const [isDeclining, setIsDeclining] = useState(false)
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
  if (!isAnswerable(quote)) {
    return (
      <ActionCard title={words.answer}>
        <p className="text-muted">{whyNot(quote, words)}</p>
      </ActionCard>
    )
  }
  if (props.isPaused) return null
  return (
    <ActionCard title={words.answer}>
      <ActionFailure error={accept.error ?? decline.error} words={words} />
      {isDeclining ? (
        <DeclineForm
          words={words}
          isBusy={decline.isPending}
          onDecline={(reason) => decline.mutate({ token, reason })}
          onBack={() => setIsDeclining(false)}
        />
      ) : (
        <AcceptForm
          quote={quote}
          words={words}
          isBusy={accept.isPending}
          onAccept={(name) => accept.mutate({ token, name })}
          onDecline={() => setIsDeclining(true)}
        />
      )}
    </ActionCard>
  )
}

function AcceptForm(props: {
  quote: PublicQuote
  words: PageWords
  isBusy: boolean
  onAccept: (name: string) => void
  onDecline: () => void
}) {
  const { quote, words, isBusy } = props
  const [name, setName] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const total = notationFor(quote.company.locale, quote.currency).money(quote.totalMinor)
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() === '') return setIsMissing(true)
        props.onAccept(name)
      }}
    >
      <p>{words.acceptHint(total)}</p>
      <Field label={words.yourName} isRequired {...(isMissing && name.trim() === '' && { error: words.nameMissing })}>
        {(control) => (
          <Input
            {...control}
            autoComplete="name"
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" disabled={isBusy}>
          {words.accept}
        </Button>
        <Button look="quiet" disabled={isBusy} onClick={props.onDecline}>
          {words.decline}
        </Button>
      </div>
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
  return status === 'superseded' ? words.replacedHint(company.name) : words.expiredHint(company.name)
}
