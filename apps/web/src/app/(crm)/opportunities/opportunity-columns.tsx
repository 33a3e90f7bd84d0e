import type { Opportunity, OpportunitySort } from '@tenantry/contracts/opportunities'
import type { z } from 'zod'
import { recordDates } from '../../../components/list/record-dates.ts'
import type { Column } from '../../../components/list/record-table.tsx'
import { Badge } from '../../../components/ui/badge.tsx'
import { formatDate } from '../../../format/dates.ts'
import { forecastLabels } from '../../../format/labels.ts'
import { formatMoney } from '../../../format/money.ts'
import type { opportunityColumns } from './opportunity-list-state.ts'
import { StageBadge } from './stage-badge.tsx'

/** The columns of the list, in their order. */
export function opportunityColumnsIn(format: { locale: string; timeZone: string | undefined }) {
  const { locale } = format
  const columns: Column<Opportunity, z.infer<typeof OpportunitySort>, (typeof opportunityColumns)[number]>[] = [
    {
      key: 'amount',
      title: 'Amount',
      sort: 'amount',
      isNumber: true,
      width: 'w-32',
      cell: (row) => formatMoney(row.amountMinor, row.currency, locale),
    },
    {
      key: 'stage',
      title: 'Stage',
      width: 'w-44',
      cell: (row) => (
        <span className="inline-flex gap-1.5">
          <StageBadge name={row.stageName} kind={row.stageKind} />
          {row.isRotting && <Badge tone="warn">Waiting</Badge>}
        </span>
      ),
    },
    { key: 'account', title: 'Account', cell: (row) => row.accountName },
    { key: 'contact', title: 'Contact', cell: (row) => row.contactName },
    {
      key: 'closes',
      title: 'Closes',
      sort: 'expectedCloseOn',
      width: 'w-32',
      cell: (row) => row.expectedCloseOn && formatDate(row.expectedCloseOn, locale),
    },
    { key: 'probability', title: 'Odds', isNumber: true, width: 'w-20', cell: (row) => `${row.probability} %` },
    {
      key: 'expected',
      title: 'Expected',
      isNumber: true,
      width: 'w-32',
      cell: (row) => formatMoney(row.expectedMinor, row.currency, locale),
    },
    { key: 'forecast', title: 'Forecast', width: 'w-28', cell: (row) => forecastLabels[row.forecastCategory] },
    { key: 'event', title: 'Event', cell: (row) => row.eventType },
    { key: 'nextStep', title: 'Next step', cell: (row) => row.nextStep },
    { key: 'owner', title: 'Owner', width: 'w-36', cell: (row) => row.ownerName },
    ...recordDates(format),
  ]
  return columns
}
