'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../trpc/client.tsx'
import { LinkFailure, Opening } from '../link-failure.tsx'
import { WithLink } from '../with-link.tsx'
import { QuoteDocument } from './quote-document.tsx'

export function QuotePage() {
  return <WithLink>{(token) => <OpenedQuote key={token} token={token} />}</WithLink>
}

function OpenedQuote({ token }: { token: string }) {
  const { data, error, refetch } = useQuery(useTRPC().public.quote.queryOptions({ token }))
  if (data !== undefined) return <QuoteDocument quote={data} token={token} />
  return error === null ? <Opening /> : <LinkFailure error={error} onRetry={() => void refetch()} />
}
