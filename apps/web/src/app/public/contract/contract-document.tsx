'use client'

import { useQueryClient } from '@tanstack/react-query'
import { Drawing } from '@tenantry/contracts/drawing'
import type { PublicContract } from '@tenantry/contracts/public-links'
import { notationFor } from '@tenantry/documents/notation'
import { useMemo } from 'react'
import type { Tone } from '../../../components/ui/badge.tsx'
import { formatDay } from '../../../format/dates.ts'
import { useTRPC } from '../../../trpc/client.tsx'
import { DocumentFrame } from '../document-frame.tsx'
import { useSeen } from '../use-seen.ts'
import { pageWordsOf, type PageWords } from '../words.ts'
import { ContractActions } from './contract-actions.tsx'
import { ContractText } from './contract-text.tsx'
import { DrawnSignature } from './drawn-signature.tsx'
import { isSignable } from './is-signable.ts'

export function ContractDocument({ contract, token }: { contract: PublicContract; token: string }) {
  const { company, number, title, signers } = contract
  const trpc = useTRPC()
  const client = useQueryClient()
  // Amounts stand in the text already; a contract has no currency of its own.
  const notation = useMemo(() => notationFor(company.locale, 'USD'), [company.locale])
  const words = pageWordsOf(company.locale)
  const show = (fresh: PublicContract) => client.setQueryData(trpc.public.contract.queryKey({ token }), fresh)
  const seen = { token, isOpen: isSignable(contract) }
  const { isPaused } = useSeen(trpc.public.seeContract.mutationOptions({ onSuccess: show }), seen)
  const day = (at: string | null) => at && formatDay(at, notation.locale)
  return (
    <DocumentFrame
      kind="contract"
      token={token}
      notation={notation}
      words={words}
      company={company.name}
      title={`${notation.words.contract} ${number}`}
      subtitle={title}
      status={statusOf(contract, words)}
      recipient={[contract.customerName]}
      facts={[[notation.words.validUntil, day(contract.expiresAt)]]}
      isPaused={isPaused}
      actions={<ContractActions contract={contract} token={token} words={words} isPaused={isPaused} onAnswer={show} />}
    >
      <ContractText html={contract.bodyHtml} />
      <section className="grid gap-3 border-t border-line pt-5">
        <h2 className="font-semibold">{notation.words.signatures}</h2>
        <ul className="grid gap-3 sm:grid-cols-2">
          {signers.map(({ name, role, signedAt, signature }, index) => (
            <li key={index} className="rounded-lg border border-line px-4 py-3">
              {signature !== null && <GivenSignature {...signature} />}
              <p className="font-medium break-words">{name}</p>
              <p className="text-[13px] text-muted">{notation.role(role)}</p>
              <p className="mt-1 text-[13px]">
                {signedAt === null ? notation.words.notSigned : `${notation.words.signedOn} ${day(signedAt)}`}
              </p>
            </li>
          ))}
        </ul>
        <p className="text-[13px] text-muted">
          {notation.words.fingerprint} (SHA-256):{' '}
          <code dir="ltr" className="break-all">
            {contract.bodySha256}
          </code>
        </p>
      </section>
    </DocumentFrame>
  )
}

/** As it was given. What is said to be drawn and is no drawing is left out, as in the PDF. */
function GivenSignature({ kind, value }: NonNullable<PublicContract['signers'][number]['signature']>) {
  if (kind === 'typed') return <p className="mb-1 text-lg break-words italic">{value}</p>
  if (!Drawing.safeParse(value).success) return null
  return <DrawnSignature drawing={value} className="mb-1 aspect-3/1 w-40 rounded bg-white" />
}

function statusOf(contract: PublicContract, words: PageWords): { label: string; tone: Tone } {
  switch (contract.status) {
    case 'completed':
      return { label: words.signed, tone: 'good' }
    case 'declined':
      return { label: words.declined, tone: 'neutral' }
    case 'voided':
      return { label: words.withdrawn, tone: 'neutral' }
    case 'expired':
      return { label: words.expired, tone: 'warn' }
    case 'draft':
    case 'sent':
    case 'viewed':
    case 'signed':
      if (contract.signer.signedAt !== null) return { label: words.signed, tone: 'good' }
      return isSignable(contract) ? { label: words.waits, tone: 'brand' } : { label: words.expired, tone: 'warn' }
  }
}
