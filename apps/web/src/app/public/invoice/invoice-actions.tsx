'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PublicInvoice } from '@tenantry/contracts/public-links'
import type { Notation } from '@tenantry/documents/notation'
import { Banner } from '../../../components/ui/banner.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { codeOf } from '../../../trpc/error-code.ts'
import { useTRPC } from '../../../trpc/client.tsx'
import { ActionFailure } from '../action-failure.tsx'
import { ActionCard } from '../document-frame.tsx'
import type { PageWords } from '../words.ts'
import { PayForm, type Payment } from './pay-form.tsx'
import { newKey, useAttempt } from './use-attempt.ts'

/** Pays, or says why there is nothing to pay. */
export function InvoiceActions(props: {
  invoice: PublicInvoice & { paysWith: string }
  token: string
  notation: Notation
  words: PageWords
  isPayable: boolean
  onPaid: (invoice: PublicInvoice) => void
}) {
  const { invoice, token, words, onPaid } = props
  const trpc = useTRPC()
  const client = useQueryClient()
  // Until its outcome is known, an attempt is made again and no other: it is charged once.
  const [attempt, keepAttempt] = useAttempt(invoice.number)
  const pay = useMutation(
    trpc.public.payInvoice.mutationOptions({
      onSuccess: ({ status, invoice: fresh }) => {
        if (status !== 'pending') keepAttempt(undefined)
        onPaid(fresh)
      },
      onError: (error) => {
        if (codeOf(error) !== 'RULE_VIOLATED' && codeOf(error) !== 'BAD_INPUT') return undefined
        keepAttempt(undefined)
        return client.invalidateQueries({ queryKey: trpc.public.invoice.queryKey({ token }) })
      },
    }),
  )
  const start = (given: Payment) => {
    const next = { ...given, idempotencyKey: attempt?.idempotencyKey ?? newKey() }
    keepAttempt(next)
    pay.mutate({ token, ...next })
  }
  const status = pay.data?.status

  if (invoice.state === 'paid') {
    return (
      <ActionCard title={words.paid}>
        <p>{words.payDone}</p>
      </ActionCard>
    )
  }
  if (!props.isPayable) return null
  return (
    <ActionCard title={words.pay}>
      {(status === 'failed' || status === 'cancelled') && <Banner tone="bad" title={words.payFailed} />}
      {status === 'succeeded' && <Banner tone="plain" title={words.payDone} />}
      <ActionFailure error={pay.error} words={words} />
      {attempt !== undefined && status === 'pending' ? (
        <div className="grid justify-items-start gap-3">
          <output>{words.payPending}</output>
          <Button look="primary" disabled={pay.isPending} onClick={() => start(attempt)}>
            {words.payLook}
          </Button>
        </div>
      ) : (
        <PayForm
          invoice={invoice}
          notation={props.notation}
          words={words}
          isBusy={pay.isPending}
          givenMinor={attempt?.amountMinor}
          onPay={start}
        />
      )}
    </ActionCard>
  )
}
