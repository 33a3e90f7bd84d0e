'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../trpc/client.tsx'
import { LinkFailure, Opening } from '../link-failure.tsx'
import { WithLink } from '../with-link.tsx'
import { InvoiceDocument } from './invoice-document.tsx'

export function InvoicePage() {
  return <WithLink>{(token) => <OpenedInvoice key={token} token={token} />}</WithLink>
}

function OpenedInvoice({ token }: { token: string }) {
  const { data, error, refetch } = useQuery(useTRPC().public.invoice.queryOptions({ token }))
  if (data !== undefined) return <InvoiceDocument invoice={data} token={token} />
  return error === null ? <Opening /> : <LinkFailure error={error} onRetry={() => void refetch()} />
}
