'use client'

import type { Contact, ContactPoint } from '@tenantry/contracts/contacts'
import { Details } from '../../../components/record/details.tsx'
import { EmailLink, PhoneLink } from '../../../components/record/reach-link.tsx'
import { useTenantFormat } from '../../../components/shell/use-session.ts'
import { Badge } from '../../../components/ui/badge.tsx'
import { localeName } from '../../../format/choices.ts'
import { formatDate, formatInstant } from '../../../format/dates.ts'
import { silenceLabels } from '../../../format/labels.ts'

export function ContactDetails({ contact }: { contact: Contact }) {
  const { locale, timeZone } = useTenantFormat()
  return (
    <Details
      title="Details"
      items={[
        ['E-mail', pointsOf(contact, 'email')],
        ['Phone', pointsOf(contact, 'phone')],
        ['Job title', contact.jobTitle],
        ['Owner', contact.ownerName],
        ['Birthday', contact.birthday && formatDate(contact.birthday, locale)],
        ['Language and region', contact.locale && localeName(contact.locale, locale)],
        ['Time zone', contact.timeZone?.replaceAll('_', ' ')],
        ['Created', formatInstant(contact.createdAt, locale, timeZone)],
      ]}
    />
  )
}

/** All points of a kind, the main one first; null when there is none. */
function pointsOf(contact: Contact, kind: ContactPoint['kind']) {
  const points = contact.points.filter((point) => point.kind === kind)
  if (points.length === 0) return null
  const sorted = points.toSorted((one, other) => Number(other.isPrimary) - Number(one.isPrimary))
  return (
    <ul className="grid gap-1">
      {sorted.map((point) => (
        <li key={point.id} className="flex flex-wrap items-center gap-x-2">
          {kind === 'email' ? <EmailLink email={point.value} /> : <PhoneLink phone={point.value} />}
          {point.label !== null && <span className="text-[13px] text-muted">{point.label}</span>}
          {point.isPrimary && points.length > 1 && <Badge>Main</Badge>}
          {point.optedOutAt !== null && <Badge tone="warn">{silenceLabels.opted_out}</Badge>}
          {point.bouncedAt !== null && <Badge tone="warn">{silenceLabels.bounced}</Badge>}
        </li>
      ))}
    </ul>
  )
}
