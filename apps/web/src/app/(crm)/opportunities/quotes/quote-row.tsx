'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { QuoteListed } from '@tenantry/contracts/quotes'
import { useState } from 'react'
import { useTenantFormat } from '../../../../components/shell/use-session.ts'
import { Badge, type Tone } from '../../../../components/ui/badge.tsx'
import { Button, buttonLook } from '../../../../components/ui/button.tsx'
import { useAnnounce } from '../../../../components/ui/toast.tsx'
import { quoteStatusLabels } from '../../../../format/labels.ts'
import { formatMoney } from '../../../../format/money.ts'
import { useTRPC } from '../../../../trpc/client.tsx'
import { ContractLine } from './contract-line.tsx'
import { WithdrawDialog } from './withdraw-dialog.tsx'

/** A quote with its contracts: an acceptance can be taken back until somebody has signed. */
export function QuoteRow({ quote, isReadOnly }: { quote: QuoteListed; isReadOnly: boolean }) {
  const { id, version, status } = quote
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  const { locale } = useTenantFormat()
  const [isWithdrawing, setIsWithdrawing] = useState(false)
  const hasContracts = status === 'accepted' || status === 'converted' || status === 'withdrawn'
  const contracts = useQuery({
    ...trpc.contracts.list.queryOptions({ filters: { quoteId: id }, sort: 'createdAt', order: 'desc', limit: 20 }),
    enabled: hasContracts,
  })
  const issue = useMutation(
    trpc.quotes.issueContract.mutationOptions({
      onSuccess: ({ number }) => announce({ title: `Contract ${number} was made` }),
      onError: (error) => announce({ tone: 'bad', title: 'No contract was made', detail: error.message }),
      onSettled: () => queryClient.invalidateQueries(trpc.contracts.pathFilter()),
    }),
  )
  const rows = contracts.data?.rows ?? []
  const stands = rows.some((contract) => standing.has(contract.status))
  const isSigned = rows.some((contract) => contract.status === 'signed')
  const mayDecide = !isReadOnly && status === 'accepted' && contracts.data !== undefined
  return (
    <li className="grid gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">
          {quote.revision > 1 ? `${quote.number}, revision ${quote.revision}` : quote.number}
        </span>
        <Badge tone={tones[status]}>{quote.isExpired ? 'Expired' : quoteStatusLabels[status]}</Badge>
        <span className="ml-auto tabular-nums">{formatMoney(quote.totalMinor, quote.currency, locale)}</span>
        <a className={buttonLook({ look: 'quiet', size: 'small' })} href={`/api/files/quotes/${id}`} download>
          PDF<span className="sr-only"> of quote {quote.number}</span>
        </a>
      </div>
      {quote.withdrawalReason !== null && <p className="text-[13px] text-muted">Withdrawn: {quote.withdrawalReason}</p>}
      {rows.length > 0 && (
        <ul className="grid gap-1">
          {rows.map((contract) => (
            <ContractLine key={contract.id} contract={contract} />
          ))}
        </ul>
      )}
      {mayDecide && (
        <div className="flex flex-wrap gap-2">
          {!stands && (
            <Button size="small" disabled={issue.isPending} onClick={() => issue.mutate({ id, version })}>
              Make another contract
            </Button>
          )}
          {!isSigned && (
            <Button size="small" look="danger" onClick={() => setIsWithdrawing(true)}>
              Withdraw acceptance
            </Button>
          )}
        </div>
      )}
      {isWithdrawing && <WithdrawDialog quote={quote} onClose={() => setIsWithdrawing(false)} />}
    </li>
  )
}

/** Beside one of these there is no other contract. */
const standing: ReadonlySet<string> = new Set(['draft', 'sent', 'viewed', 'signed', 'completed'])

const tones: Record<QuoteListed['status'], Tone> = {
  draft: 'neutral',
  sent: 'brand',
  viewed: 'brand',
  accepted: 'good',
  converted: 'good',
  declined: 'neutral',
  superseded: 'neutral',
  withdrawn: 'warn',
}
