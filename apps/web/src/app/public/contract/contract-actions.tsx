'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PublicContract } from '@tenantry/contracts/public-links'
import { formatDay } from '../../../format/dates.ts'
import { useTRPC } from '../../../trpc/client.tsx'
import { AnswerCard } from '../answer-card.tsx'
import { ActionCard } from '../document-frame.tsx'
import { NextDocument } from '../next-document.tsx'
import type { PageWords } from '../words.ts'
import { isSignable } from './is-signable.ts'
import { SignForm } from './sign-form.tsx'

/** A signature is given once, and then stands here. */
export function ContractActions(props: {
  contract: PublicContract
  token: string
  words: PageWords
  isPaused: boolean
  onAnswer: (contract: PublicContract) => void
}) {
  const { contract, token, words, onAnswer } = props
  const trpc = useTRPC()
  const client = useQueryClient()
  // The second of two clicks, or a text that has changed: what stands there now is asked again.
  const onError = () => client.invalidateQueries({ queryKey: trpc.public.contract.queryKey({ token }) })
  const sign = useMutation(
    trpc.public.signContract.mutationOptions({ onSuccess: (answer) => onAnswer(answer.contract), onError }),
  )
  const decline = useMutation(trpc.public.declineContract.mutationOptions({ onSuccess: onAnswer, onError }))
  const { signer, status, company, bodySha256 } = contract

  if (signer.signedAt !== null) {
    return (
      <ActionCard title={words.signed}>
        <p>{words.signedOn(formatDay(signer.signedAt, company.locale))}</p>
        {status !== 'completed' && <p className="text-muted">{words.waitsForOthers}</p>}
        {status === 'completed' && !props.isPaused && (
          <ToInvoice token={token} known={sign.data?.invoiceToken} words={words} />
        )}
      </ActionCard>
    )
  }
  return (
    <AnswerCard
      title={words.sign}
      words={words}
      whyNot={isSignable(contract) ? undefined : whyNot(contract, words)}
      isPaused={props.isPaused}
      error={sign.error ?? decline.error}
      isBusy={decline.isPending}
      onDecline={(reason) => decline.mutate({ token, reason })}
    >
      {(startDeclining) => (
        <SignForm
          signerName={signer.name}
          consents={contract.consents}
          words={words}
          isBusy={sign.isPending}
          onSign={(signature) => sign.mutate({ token, bodySha256, signature })}
          onDecline={startDeclining}
        />
      )}
    </AnswerCard>
  )
}

/** Nothing is shown where nothing is due. */
function ToInvoice({ token, known, words }: { token: string; known: string | null | undefined; words: PageWords }) {
  const open = useMutation(
    useTRPC().public.openInvoice.mutationOptions({
      onSuccess: ({ invoiceToken }) => invoiceToken !== null && location.assign(`/public/invoice#${invoiceToken}`),
    }),
  )
  return (
    <NextDocument
      words={words}
      label={words.toInvoice}
      address={known == null ? undefined : `/public/invoice#${known}`}
      isBusy={open.isPending}
      error={open.error}
      isElsewhere={known === null || open.data?.invoiceToken === null}
      elsewhere={words.nothingToPay}
      onOpen={() => open.mutate({ token })}
    />
  )
}

function whyNot({ status, signer, company }: PublicContract, words: PageWords): string {
  if (status === 'declined' || signer.declinedAt !== null) return words.declinedHint(company.name)
  return status === 'voided' ? words.withdrawnHint(company.name) : words.expiredHint(company.name)
}
