'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Failure } from '../../../../components/failure.tsx'
import { Details } from '../../../../components/record/details.tsx'
import { useMay } from '../../../../components/shell/use-session.ts'
import { Button } from '../../../../components/ui/button.tsx'
import { SkeletonRows } from '../../../../components/ui/skeleton.tsx'
import { localeName } from '../../../../format/choices.ts'
import { formatDay, formatInstant } from '../../../../format/dates.ts'
import { tenantStatusLabels } from '../../../../format/labels.ts'
import { formatMoney } from '../../../../format/money.ts'
import { useTRPC } from '../../../../trpc/client.tsx'
import { CompanyForm } from './company-form.tsx'

export function Company() {
  const trpc = useTRPC()
  const mayManage = useMay('tenant.manage')
  const [isEditing, setEditing] = useState(false)
  const { data, error, refetch } = useQuery(trpc.tenant.settings.queryOptions(undefined, { staleTime: 300_000 }))
  if (data === undefined) {
    return error === null ? <SkeletonRows count={4} /> : <Failure error={error} onRetry={() => void refetch()} />
  }
  if (isEditing) return <CompanyForm settings={data} onDone={() => setEditing(false)} />
  return (
    <Details
      title="Company"
      action={
        mayManage && (
          <Button size="small" onClick={() => setEditing(true)}>
            Edit
          </Button>
        )
      }
      items={[
        ['Name', data.name],
        ['Short name', data.slug],
        ['Trade', tradeName(data.trade)],
        ['Status', tenantStatusLabels[data.status]],
        ['Time zone', `${data.timeZone.replaceAll('_', ' ')}, where it is ${timeIn(data)}`],
        ['Language and region', localeName(data.locale)],
        ['Currency', `${data.currency}, for example ${formatMoney(125_000, data.currency, data.locale)}`],
        ['Here since', formatDay(data.createdAt, data.locale, data.timeZone)],
      ]}
    />
  )
}

/** `photo_booth` as «Photo booth». */
function tradeName(trade: string): string {
  const words = trade.replaceAll(/[_-]/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function timeIn({ locale, timeZone }: { locale: string; timeZone: string }): string {
  return formatInstant(new Date().toISOString(), locale, timeZone)
}
