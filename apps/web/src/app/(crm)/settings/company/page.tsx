'use client'

import { useQuery } from '@tanstack/react-query'
import { Failure } from '../../../../components/failure.tsx'
import { Details } from '../../../../components/record/details.tsx'
import { SkeletonRows } from '../../../../components/ui/skeleton.tsx'
import { formatMoney } from '../../../../format/money.ts'
import { useTRPC } from '../../../../trpc/client.tsx'

export default function CompanyPage() {
  const trpc = useTRPC()
  const { data, error, refetch } = useQuery(trpc.tenant.settings.queryOptions())
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <SkeletonRows count={4} />
  return (
    <Details
      items={[
        ['Name', data.name],
        ['Trade', data.trade],
        ['Status', data.status],
        ['Time zone', data.timeZone],
        ['Language and region', data.locale],
        ['Currency', `${data.currency}, for example ${formatMoney(125_000, data.currency, data.locale)}`],
      ]}
    />
  )
}
