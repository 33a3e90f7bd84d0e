import type { ContactSort, ContactSummary } from '@tenantry/contracts/contacts'
import type { z } from 'zod'
import { recordDates } from '../../../components/list/record-dates.ts'
import type { Column } from '../../../components/list/record-table.tsx'
import { Badge } from '../../../components/ui/badge.tsx'
import { contactStatusLabels } from '../../../format/labels.ts'
import type { contactColumns } from './contact-list-state.ts'

/** The columns of the list, in their order. */
export function contactColumnsIn(format: { locale: string; timeZone: string | undefined }) {
  const columns: Column<ContactSummary, z.infer<typeof ContactSort>, (typeof contactColumns)[number]>[] = [
    { key: 'job', title: 'Job', cell: (row) => row.jobTitle },
    { key: 'account', title: 'Account', cell: (row) => row.accountName },
    { key: 'email', title: 'E-mail', width: 'w-[24%]', cell: (row) => row.email },
    { key: 'phone', title: 'Phone', width: 'w-40', cell: (row) => row.phone },
    { key: 'status', title: 'Status', width: 'w-40', cell: (row) => <ContactBadges contact={row} /> },
    { key: 'owner', title: 'Owner', cell: (row) => row.ownerName },
    ...recordDates(format),
  ]
  return columns
}

export function ContactBadges({ contact }: { contact: Pick<ContactSummary, 'status' | 'doNotContact'> }) {
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      <Badge tone={contact.status === 'active' ? 'good' : 'neutral'}>{contactStatusLabels[contact.status]}</Badge>
      {contact.doNotContact && <Badge tone="bad">Do not contact</Badge>}
    </span>
  )
}
