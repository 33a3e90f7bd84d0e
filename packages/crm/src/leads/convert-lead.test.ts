import { AccountListQuery } from '@tenantry/contracts/accounts'
import { EventDateListQuery } from '@tenantry/contracts/event-dates'
import { LeadConversionInput } from '@tenantry/contracts/lead-conversion'
import type { Lead } from '@tenantry/contracts/leads'
import { accountInput } from '@tenantry/testing/factories/account'
import { communicationInput } from '@tenantry/testing/factories/communication'
import { contactInput } from '@tenantry/testing/factories/contact'
import { leadInput } from '@tenantry/testing/factories/lead'
import { noteInput } from '@tenantry/testing/factories/note'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { taskInput } from '@tenantry/testing/factories/task'
import { inEveryPlacement, type Desk } from '@tenantry/testing/placements'
import { beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { findCandidates } from './candidates.ts'
import { convertLead } from './convert-lead.ts'

type Choices = Omit<z.input<typeof LeadConversionInput>, 'id' | 'version' | 'timeZone'>

inEveryPlacement((placement) => {
  beforeAll(async () => {
    const { mine, theirs } = placement()
    for (const desk of [mine, theirs]) await desk.write((db) => db.pipelines.create(pipelineInput()))
  })

  test('a lead becomes a company, a person in it and an opportunity with the wanted day', async () => {
    const { mine } = placement()
    const lead = await newLead(mine, {
      firstName: 'Ada',
      lastName: 'Byron',
      company: 'Engines Ltd',
      email: 'Ada@engines.example',
      phone: '+4930123456',
      eventType: 'gala',
      wantedOn: '2027-09-01',
      wantedVenue: 'Orangery',
      guestCount: 80,
      budgetMinor: 250_000,
      currency: 'EUR',
      ownerId: mine.person.id,
    })
    const { accountId, contactId, opportunityId, lead: converted } = await convert(mine, lead)
    expect(await mine.read.accounts.byId(accountId)).toMatchObject({
      name: 'Engines Ltd',
      kind: 'company',
      email: 'Ada@engines.example',
      ownerId: mine.person.id,
    })
    expect(await mine.read.contacts.byId(contactId)).toMatchObject({
      displayName: 'Ada Byron',
      points: [
        { value: 'Ada@engines.example', isPrimary: true },
        { value: '+4930123456', isPrimary: true },
      ],
      accounts: [{ accountId, isPrimary: true }],
    })
    const opportunity = await mine.read.opportunities.byId(must(opportunityId))
    expect(opportunity).toMatchObject({
      name: 'Ada Byron: gala',
      accountId,
      contactId,
      leadId: lead.id,
      amountMinor: 250_000,
      currency: 'EUR',
    })
    const query = EventDateListQuery.parse({ filters: { opportunityId: opportunity.id } })
    expect((await mine.read.eventDates.list(query)).rows).toMatchObject([
      { localDate: '2027-09-01', label: 'Orangery', notes: '80 guests', startsAt: '2027-08-31T22:00:00Z' },
    ])
    expect(converted).toMatchObject({
      status: 'converted',
      convertedBy: mine.person.id,
      convertedAccountId: accountId,
      convertedContactId: contactId,
      convertedOpportunityId: opportunityId,
    })
    expect(converted.firstResponseAt).toBe(converted.convertedAt)
    expect(await mine.read.leads.byId(lead.id)).toEqual(converted)
  })

  test('existing records keep what they know and get what they lack', async () => {
    const { mine } = placement()
    const account = await mine.write((db) =>
      db.accounts.create(accountInput({ email: 'office@old.example', phone: null, source: null })),
    )
    const contact = await mine.write((db) =>
      db.contacts.create(
        contactInput({ firstName: 'Grace', lastName: null, points: [{ kind: 'email', value: 'g@old.example' }] }),
      ),
    )
    const opportunity = await mine.write((db) =>
      db.opportunities.create(opportunityInput({ eventType: null, accountId: null })),
    )
    const lead = await newLead(mine, {
      firstName: 'Other',
      lastName: 'Hopper',
      email: 'G@OLD.example',
      phone: '+14155550123',
      source: 'fair',
    })
    const result = await convert(mine, lead, {
      account: { use: 'existing', id: account.id },
      contact: { use: 'existing', id: contact.id },
      opportunity: { use: 'existing', id: opportunity.id },
    })
    expect(result).toMatchObject({ accountId: account.id, contactId: contact.id, opportunityId: opportunity.id })
    expect(await mine.read.accounts.byId(account.id)).toMatchObject({
      name: account.name,
      email: 'office@old.example',
      phone: '+14155550123',
      source: 'fair',
    })
    const met = await mine.read.contacts.byId(contact.id)
    expect(met).toMatchObject({ displayName: 'Grace Hopper', accounts: [{ accountId: account.id, isPrimary: true }] })
    expect(met.points.map(({ value }) => value)).toEqual(['g@old.example', '+14155550123'])
    expect(await mine.read.opportunities.byId(opportunity.id)).toMatchObject({
      name: opportunity.name,
      accountId: account.id,
      contactId: contact.id,
      eventType: 'wedding',
    })
  })

  test('a lead can be converted without an opportunity', async () => {
    const { mine } = placement()
    const { opportunityId, lead } = await convert(mine, await newLead(mine), { opportunity: { use: 'none' } })
    expect(opportunityId).toBeNull()
    expect(lead.convertedOpportunityId).toBeNull()
  })

  test('its notes, tasks and messages are about what it became too, archived ones included, and remember it', async () => {
    const { mine } = placement()
    const lead = await newLead(mine)
    const links = [{ entity: 'lead' as const, id: lead.id }]
    const [note, task, message] = await mine.write(async (db) => [
      await db.notes.archive(await db.notes.create(noteInput({ links }))),
      await db.tasks.create(taskInput({ links })),
      await db.communications.create(communicationInput({ links })),
    ])
    const { accountId, contactId, opportunityId } = await convert(mine, lead)
    const about = [accountId, contactId, lead.id, must(opportunityId)].map(String).sort()
    const shown = [
      await mine.read.notes.byId(must(note).id as never),
      await mine.read.tasks.byId(must(task).id as never),
      await mine.read.communications.byId(must(message).id as never),
    ]
    for (const row of shown) expect(row.links.map(({ id }) => id).sort()).toEqual(about)
    const { rows } = await mine.read.tasks.timeline(must(task).id as never, { limit: 10 })
    expect(rows[0]).toMatchObject({ action: 'changed', diff: { links: {} } })
  })

  test('records that look alike are named first, and nothing is written before they were looked at', async () => {
    const { mine, theirs } = placement()
    const twin = { firstName: 'Twin', lastName: 'Sister', company: 'Twins Ltd', email: 'twin@twins.example' }
    const account = await mine.write((db) => db.accounts.create(accountInput({ name: 'TWINS ltd', email: null })))
    const contact = await mine.write((db) =>
      db.contacts.create(
        contactInput({
          firstName: 'twin',
          lastName: 'sister',
          points: [{ kind: 'email', value: 'TWIN@twins.example' }],
        }),
      ),
    )
    await theirs.write((db) => db.accounts.create(accountInput({ name: 'Twins Ltd' })))
    const lead = await newLead(mine, twin)
    const candidates = {
      accounts: [{ id: account.id, name: 'TWINS ltd', alike: ['name'] }],
      contacts: [{ id: contact.id, name: 'twin sister', alike: ['email', 'name'] }],
    }
    expect(await findCandidates(mine.read, lead.id)).toEqual(candidates)
    await expect(convert(mine, lead)).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { reason: 'duplicates', ...candidates },
    })
    expect(await mine.read.leads.byId(lead.id)).toEqual(lead)
    await expect(convert(mine, lead, { account: { use: 'existing', id: account.id } })).rejects.toMatchObject({
      data: { accounts: [], contacts: candidates.contacts },
    })
    const { accountId } = await convert(mine, lead, { allowDuplicates: true })
    expect(accountId).not.toBe(account.id)
  })

  test('a company of another tenant answers as one that does not exist, and the lead stays as it was', async () => {
    const { mine, theirs } = placement()
    const { id } = await theirs.write((db) => db.accounts.create(accountInput()))
    const lead = await newLead(mine)
    await expect(convert(mine, lead, { account: { use: 'existing', id } })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await mine.read.leads.byId(lead.id)).toEqual(lead)
    await expect(convert(mine, { ...(await newLead(theirs)), version: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a conversion that fails half-way leaves nothing behind', async () => {
    const { mine } = placement()
    const lead = await newLead(mine, { company: 'Halfway Ltd', currency: null })
    await expect(convert(mine, lead)).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { field: 'currency' } })
    const query = AccountListQuery.parse({ search: 'halfway' })
    expect((await mine.read.accounts.list(query)).rows).toEqual([])
    expect(await mine.read.leads.byId(lead.id)).toEqual(lead)
  })

  test('a converted lead is read-only: it is neither changed nor converted again nor undone, but can be put away', async () => {
    const { mine } = placement()
    const { lead } = await convert(mine, await newLead(mine))
    const { id, version } = lead
    const patched = mine.write((db) => db.leads.patch({ id, version, patch: { source: 'other' } }))
    await expect(patched).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    await expect(convert(mine, lead)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    const [newest] = (await mine.read.leads.timeline(id, { limit: 1 })).rows
    expect(newest).toMatchObject({ action: 'converted' })
    await expect(mine.write((db) => db.leads.undo(id, must(newest).id))).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
    })
    expect(await mine.write((db) => db.leads.archive(lead))).toMatchObject({
      status: 'converted',
      version: version + 1,
    })
  })

  test('an address to which nothing is to be sent brings that along', async () => {
    const { mine } = placement()
    await mine.write((db) => db.contacts.silence({ kind: 'email', value: 'quiet@lead.example', reason: 'bounced' }))
    const { contactId } = await convert(mine, await newLead(mine, { email: 'quiet@lead.example' }))
    const { points } = await mine.read.contacts.byId(contactId)
    expect(points.find(({ kind }) => kind === 'email')?.bouncedAt).toEqual(expect.any(String))
  })

  test('a lead that left no name becomes a contact who can be reached', async () => {
    const { mine } = placement()
    const lead = await newLead(mine, { firstName: null, lastName: null, email: 'nameless@lead.example' })
    const { contactId } = await convert(mine, lead)
    expect(await mine.read.contacts.byId(contactId)).toMatchObject({ displayName: 'nameless@lead.example' })
  })
})

function newLead(desk: Desk, fields: Parameters<typeof leadInput>[0] = {}): Promise<Lead> {
  return desk.write((db) => db.leads.create(leadInput(fields)))
}

function convert(desk: Desk, { id, version }: Lead, choices: Choices = {}) {
  const input = LeadConversionInput.parse({ id, version, timeZone: 'Europe/Berlin', ...choices })
  return desk.write((db) => convertLead(db, input))
}

function must<T>(value: T | null | undefined): T {
  if (value == null) throw new Error('it is not there')
  return value
}
