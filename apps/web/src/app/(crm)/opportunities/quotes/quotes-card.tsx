'use client'

import { useQuery } from '@tanstack/react-query'
import type { OpportunityId } from '@tenantry/contracts/ids'
import { Failure } from '../../../../components/failure.tsx'
import { Card } from '../../../../components/ui/card.tsx'
import { useTRPC } from '../../../../trpc/client.tsx'
import { QuoteRow } from './quote-row.tsx'
import { quotesOf } from './quotes-of.ts'

/** What was offered for an opportunity, and what has become of it. Nothing where nothing was. */
export function QuotesCard({ id, isReadOnly }: { id: OpportunityId; isReadOnly: boolean }) {
  const quotes = useQuery(useTRPC().quotes.list.queryOptions(quotesOf(id)))
  if (quotes.error !== null) return <Failure error={quotes.error} onRetry={() => void quotes.refetch()} />
  const rows = quotes.data?.rows ?? []
  if (rows.length === 0) return null
  return (
    <Card title="Quotes" className="p-0">
      <ul className="divide-y divide-line">
        {rows.map((quote) => (
          <QuoteRow key={quote.id} quote={quote} isReadOnly={isReadOnly} />
        ))}
      </ul>
    </Card>
  )
}
