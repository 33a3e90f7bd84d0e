import { EventDateInput } from '@tenantry/contracts/event-dates'
import type { AccountId, ContactId, OpportunityId } from '@tenantry/contracts/ids'
import type { LeadConversionInput } from '@tenantry/contracts/lead-conversion'
import type { Lead } from '@tenantry/contracts/leads'
import { OpportunityInput } from '@tenantry/contracts/opportunities'
import { TenantryError } from '@tenantry/errors'
import type { TenantDb } from '@tenantry/tenant-db/types'
import { onlyMissing } from './only-missing.ts'

interface Given {
  accountId: AccountId
  contactId: ContactId
  input: LeadConversionInput
}

/** The opportunity of a lead with its first date, if one is wanted. */
export async function placeOpportunity(db: TenantDb, lead: Lead, given: Given): Promise<OpportunityId | null> {
  const { accountId, contactId, input } = given
  const choice = input.opportunity
  const { eventType, ownerId } = lead
  switch (choice.use) {
    case 'none':
      return null
    case 'existing':
      await db.opportunities.amend(choice.id, (before) =>
        onlyMissing(before, { accountId, contactId, eventType, ownerId }),
      )
      await addWantedDate(db, lead, { opportunityId: choice.id, timeZone: input.timeZone })
      return choice.id
    case 'new': {
      const currency = choice.currency ?? lead.currency
      if (currency === null) {
        throw new TenantryError('RULE_VIOLATED', { message: 'Choose a currency.', data: { field: 'currency' } })
      }
      const { name = nameOf(lead), pipelineId, stageId } = choice
      const fields = OpportunityInput.parse({
        name,
        pipelineId,
        stageId,
        currency,
        amountMinor: lead.budgetMinor ?? 0,
        accountId,
        contactId,
        ownerId,
        eventType,
      })
      const { id } = await db.opportunities.create(fields, { leadId: lead.id })
      await addWantedDate(db, lead, { opportunityId: id, timeZone: input.timeZone })
      return id
    }
  }
}

function nameOf({ displayName, eventType }: Lead): string {
  return (eventType === null ? displayName : `${displayName}: ${eventType}`).slice(0, 200)
}

/** The wished day as the opportunity's first date: all day, since nobody has said from when to when. */
async function addWantedDate(
  db: TenantDb,
  lead: Lead,
  { opportunityId, timeZone }: { opportunityId: OpportunityId; timeZone: string },
): Promise<void> {
  if (lead.wantedOn === null) return
  await db.eventDates.create(
    EventDateInput.parse({
      opportunityId,
      localDate: lead.wantedOn,
      startTime: '00:00',
      endTime: '00:00',
      endsNextDay: true,
      timeZone,
      label: lead.wantedVenue,
      notes: lead.guestCount === null ? null : `${lead.guestCount} guests`,
    }),
  )
}
