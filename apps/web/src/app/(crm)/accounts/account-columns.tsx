import type { Account, AccountSort } from '@tenantry/contracts/accounts'
import type { z } from 'zod'
import { recordDates } from '../../../components/list/record-dates.ts'
import type { Column } from '../../../components/list/record-table.tsx'
import { Badge, type Tone } from '../../../components/ui/badge.tsx'
import { accountKindLabels, accountStatusLabels } from '../../../format/labels.ts'
import type { accountColumns } from './account-list-state.ts'

/** The columns of the list, in their order. */
export function accountColumnsIn(format: { locale: string; timeZone: string | undefined }) {
  const columns: Column<Account, z.infer<typeof AccountSort>, (typeof accountColumns)[number]>[] = [
    { key: 'kind', title: 'Kind', width: 'w-24', cell: (row) => accountKindLabels[row.kind] },
    {
      key: 'status',
      title: 'Status',
      sort: 'status',
      width: 'w-26',
      cell: (row) => <AccountStatusBadge status={row.status} />,
    },
    { key: 'email', title: 'E-mail', width: 'w-[20%]', cell: (row) => row.email },
    { key: 'phone', title: 'Phone', cell: (row) => row.phone },
    { key: 'city', title: 'City', sort: 'city', cell: (row) => row.billingCity },
    { key: 'industry', title: 'Industry', cell: (row) => row.industry },
    { key: 'owner', title: 'Owner', cell: (row) => row.ownerName },
    ...recordDates(format),
  ]
  return columns
}

const tones: Record<Account['status'], Tone> = { active: 'good', inactive: 'neutral', blocked: 'bad' }

export function AccountStatusBadge({ status }: { status: Account['status'] }) {
  return <Badge tone={tones[status]}>{accountStatusLabels[status]}</Badge>
}
