'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../trpc/client.tsx'
import { LinkFailure, Opening } from '../link-failure.tsx'
import { WithLink } from '../with-link.tsx'
import { ContractDocument } from './contract-document.tsx'

export function ContractPage() {
  return <WithLink>{(token) => <OpenedContract key={token} token={token} />}</WithLink>
}

function OpenedContract({ token }: { token: string }) {
  const { data, error, refetch } = useQuery(useTRPC().public.contract.queryOptions({ token }))
  if (data !== undefined) return <ContractDocument contract={data} token={token} />
  return error === null ? <Opening /> : <LinkFailure error={error} onRetry={() => void refetch()} />
}
