import { LimitedKind, type RecordAccess, type RecordScope } from '@tenantry/contracts/record-access'
import type { TeamId, UserId } from '@tenantry/contracts/ids'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { setBack } from '@tenantry/testing/set-back'
import type { WorldPerson } from '@tenantry/testing/world'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from './browser.fixture.ts'
import { serveWorld, type ServedWorld } from './served-world.fixture.ts'

let served: ServedWorld<'grove' | 'lone' | 'older'>

beforeAll(async () => {
  served = await serveWorld({
    grove: { server: mainServer(), database: 'shared' },
    lone: { server: elsewhereServer() },
    older: { server: mainServer() },
  })
})
afterAll(() => served.close())

const everything = (see: RecordScope, change: RecordScope = see): RecordAccess =>
  Object.fromEntries(LimitedKind.options.map((kind) => [kind, { see, change }]))

describe.each(['grove', 'lone'] as const)('in the company %s', (slug) => {
  let owner: Browser
  let people: Record<'owner' | 'member', WorldPerson>
  /** Anew, so that each of its requests is one of a session of its own. */
  const member = () => served.as(slug, 'member')
  const limit = (access: RecordAccess, teamId: TeamId | null = null) =>
    owner.call('members.setAccess', { userId: people.member.id, teamId, access })

  beforeAll(async () => {
    owner = await served.as(slug)
    people = served.world.tenants[slug].people
    await owner.call('pipelines.create', pipelineInput())
  })

  test('nobody is limited until somebody decides so, and a role’s limit holds from the next request on', async () => {
    const { id } = await owner.call('accounts.create', { name: 'Of the owner' })
    const browser = await member()
    expect(await owner.call('members.access', undefined)).toMatchObject({ roles: { member: {}, read_only: {} } })
    expect((await browser.ask('accounts.byId', { id })).outcome).toBe('ok')
    await owner.call('members.setRoleAccess', { role: 'member', access: { account: { see: 'own', change: 'own' } } })
    expect((await browser.ask('accounts.byId', { id })).outcome).toBe('NOT_FOUND')
    // A kind of the member's own counts instead of the role's.
    await limit({ account: { see: 'all', change: 'none' } })
    expect((await browser.ask('accounts.byId', { id })).outcome).toBe('ok')
    await limit({})
    await owner.call('members.setRoleAccess', { role: 'member', access: {} })
    expect((await browser.ask('accounts.byId', { id })).outcome).toBe('ok')
  })

  test('a list that is saved as a file holds the rows that its reader reaches, and no others', async () => {
    const makeRows = async (browser: Browser, name: string) => {
      const { id: accountId } = await browser.call('accounts.create', { name })
      const rows = {
        account: accountId,
        contact: (await browser.call('contacts.create', { lastName: name })).id,
        lead: (await browser.call('leads.create', { lastName: name })).id,
        opportunity: (await browser.call('opportunities.create', { name, currency: 'EUR' })).id,
        event: (await browser.call('events.create', { title: name, eventType: 'gala', timeZone: 'UTC', accountId })).id,
        task: (await browser.call('tasks.create', { title: name })).id,
        note: (await browser.call('notes.create', { bodyMarkdown: name })).id,
        quote: (await browser.call('quotes.create', { accountId, currency: 'EUR' })).id,
        invoice: (await browser.call('invoices.create', { accountId, currency: 'EUR' })).id,
      }
      return Object.entries(rows)
    }
    await limit({})
    const theirs = await makeRows(owner, 'Of the owner')
    const mine = new Map(await makeRows(await member(), 'Of the member'))
    await limit(everything('own'))
    const browser = await member()
    for (const [list, id] of theirs) {
      const own = mine.get(list)
      const whole = await (await browser.file(`exports/${list}.csv?columns=id`)).text()
      expect([list, ...whole.trim().split('\n').slice(1)]).toEqual([list, own])
      // Asked for by name, it is as little there.
      const query = encodeURIComponent(JSON.stringify({ search: 'Of the' }))
      expect(await (await browser.file(`exports/${list}.csv?columns=id&query=${query}`)).text()).not.toContain(id)
    }
  })

  test('what is seen goes into a file as far as the company says: all of it, one’s own, or no file at all', async () => {
    const { id: theirs } = await owner.call('accounts.create', { name: 'Seen, not saved' })
    await limit({
      account: { see: 'all', change: 'all', export: 'own' },
      lead: { see: 'all', change: 'all', export: 'none' },
    })
    const browser = await member()
    const { id: mine } = await browser.call('accounts.create', { name: 'Saved' })
    // Elsewhere nothing is missing, and nothing is refused.
    expect((await browser.ask('accounts.byId', { id: theirs })).outcome).toBe('ok')
    expect((await browser.ask('leads.list', {})).outcome).toBe('ok')
    const saved = await (await browser.file('exports/account.csv?columns=id')).text()
    expect([saved.includes(mine), saved.includes(theirs)]).toEqual([true, false])
    const refused = await browser.file('exports/lead.csv')
    expect([refused.status, await refused.json()]).toMatchObject([403, { error: { data: { code: 'FORBIDDEN' } } }])
    expect((await browser.file('exports/location.csv')).status).toBe(200)
    const all = await (await owner.file('exports/account.csv?columns=id')).text()
    expect([all.includes(mine), all.includes(theirs)]).toEqual([true, true])
    const more = { account: { see: 'own', change: 'own', export: 'all' } } as const
    expect(
      (await owner.ask('members.setAccess', { userId: people.member.id, teamId: null, access: more })).outcome,
    ).toBe('BAD_INPUT')
    await limit({})
    expect((await (await browser.file('exports/account.csv?columns=id')).text()).includes(theirs)).toBe(true)
  })

  test('what is seen and may not be changed is refused by name, and stays as it was', async () => {
    const account = await owner.call('accounts.create', { name: 'To be looked at' })
    await limit(everything('all', 'own'))
    const browser = await member()
    const { id } = account
    expect(await browser.call('accounts.byId', { id })).toMatchObject({ name: 'To be looked at' })
    const attempts = [
      await browser.ask('accounts.patch', { id, version: 1, patch: { name: 'Mine' } }),
      await browser.ask('accounts.archive', { id, version: 1 }),
      await browser.ask('accounts.remove', { id, version: 1 }),
    ]
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'])
    expect(await browser.call('accounts.bulkRemove', { rows: [{ id, version: 1 }] })).toMatchObject([
      { done: false, code: 'FORBIDDEN' },
    ])
    expect(await owner.call('accounts.byId', { id })).toEqual(account)
  })

  test('a record is neither made in somebody else’s name nor given away, and an owner’s new one is', async () => {
    await limit(everything('own'))
    const browser = await member()
    const gift = { name: 'A gift', ownerId: people.owner.id }
    expect((await browser.ask('accounts.create', gift)).outcome).toBe('FORBIDDEN')
    const { id } = await browser.call('accounts.create', { name: 'Kept' })
    const away = await browser.ask('accounts.patch', { id, version: 1, patch: { ownerId: people.owner.id } })
    expect(away.outcome).toBe('FORBIDDEN')
    expect((await browser.call('accounts.list', {})).rows.map(({ name }) => name)).toContain('Kept')
    await owner.call('accounts.patch', { id, version: 1, patch: { ownerId: people.owner.id } })
    expect((await browser.ask('accounts.byId', { id })).outcome).toBe('NOT_FOUND')
    await owner.call('accounts.create', { name: 'Given', ownerId: people.member.id })
    expect((await browser.call('accounts.list', { search: 'Given' })).rows).toHaveLength(1)
  })

  test('whatever way somebody tries to reach a colleague’s records, nothing of them comes back', async () => {
    const words = `canary ${slug}`
    const account = await owner.call('accounts.create', {
      name: words,
      email: 'canary@x.example',
      phone: '+4930999888',
    })
    const links = [{ entity: 'account' as const, id: account.id }]
    const { id: opportunityId } = await owner.call('opportunities.create', {
      name: words,
      currency: 'EUR',
      accountId: account.id,
      amountMinor: 100,
    })
    const { id: noteId } = await owner.call('notes.create', { bodyMarkdown: words, links })
    const { id: eventId } = await owner.call('events.create', {
      title: words,
      eventType: 'gala',
      timeZone: 'Europe/Berlin',
      accountId: account.id,
    })
    const lead = { lastName: words, email: 'canary@x.example' }
    const { id: leadId } = await owner.call('leads.create', lead)
    await limit(everything('own'))
    const browser = await member()
    const mine = await browser.call('leads.create', { ...lead, lastName: 'Mine' })
    const answers = [
      await browser.ask('accounts.list', { filters: { ownerId: people.owner.id } }),
      await browser.ask('accounts.list', { search: words }),
      await browser.ask('accounts.count', { search: words }),
      await browser.ask('opportunities.board', {}),
      await browser.ask('opportunities.lines', { id: opportunityId }),
      await browser.ask('opportunities.stageHistory', { id: opportunityId }),
      await browser.ask('notes.list', { filters: { about: { entity: 'account', id: account.id } } }),
      await browser.ask('notes.byId', { id: noteId }),
      await browser.ask('events.byId', { id: eventId }),
      await browser.ask('leads.byId', { id: leadId }),
      await browser.ask('leads.candidates', { id: mine.id }),
      await browser.ask('about.timeline', { entity: 'account', id: account.id }),
      await browser.ask('accounts.timeline', { id: account.id }),
      await browser.ask('accounts.bulkPatch', { rows: [{ id: account.id, version: 1 }], patch: { name: 'Taken' } }),
      await browser.ask('tasks.create', { title: 'Linked', links }),
      await browser.ask('opportunities.create', { name: 'Pointing', currency: 'EUR', accountId: account.id }),
    ]
    for (const { text } of answers) expect(text).not.toMatch(/canary/)
    expect(answers.slice(-2).map(({ outcome }) => outcome)).toEqual(['RULE_VIOLATED', 'RULE_VIOLATED'])
    expect(await owner.call('accounts.byId', { id: account.id })).toEqual(account)
  })

  test('a team sees its records, one more member among them, until it is removed', async () => {
    const team = await owner.call('members.addTeam', { name: `Sales of ${slug}` })
    const again = await owner.ask('members.addTeam', { name: `sales of ${slug}` })
    expect(again.outcome).toBe('CONFLICT')
    const { id } = await (await served.as(slug, 'admin')).call('accounts.create', { name: 'Of the team' })
    await limit(everything('team'), team.id)
    const browser = await member()
    expect((await browser.ask('accounts.byId', { id })).outcome).toBe('NOT_FOUND')
    const admin = served.world.tenants[slug].people.admin.id
    await owner.call('members.setAccess', { userId: admin, teamId: team.id, access: {} })
    const { version } = await browser.call('accounts.byId', { id })
    expect(await browser.call('accounts.patch', { id, version, patch: { industry: 'Music' } })).toMatchObject({ id })
    await owner.call('members.removeTeam', { id: team.id })
    expect((await browser.ask('accounts.byId', { id })).outcome).toBe('NOT_FOUND')
  })

  test('a booking tells that a resource is taken, and of a colleague’s neither for what nor to end it', async () => {
    const { id: accountId } = await owner.call('accounts.create', { name: 'Booked' })
    const event = { title: 'Secret gala', eventType: 'gala', timeZone: 'Europe/Berlin', accountId }
    const { id: eventId } = await owner.call('events.create', event)
    const evening = { localDate: '2031-05-01', startTime: '18:00', endTime: '23:00', timeZone: 'Europe/Berlin' }
    const { id: eventDateId } = await owner.call('eventDates.create', { eventId, ...evening })
    const { id: resourceId } = await owner.call('resources.create', { name: 'Booth', kind: 'equipment' })
    const [booking] = await owner.call('bookings.book', { resourceId, eventDateId })
    await limit(everything('own'))
    const browser = await member()
    const span = { from: '2031-05-01T00:00:00Z', until: '2031-05-03T00:00:00Z' }
    expect(await browser.call('bookings.list', span)).toMatchObject({
      rows: [{ resourceName: 'Booth', eventDateId: null, eventId: null, eventTitle: null }],
    })
    expect(await browser.call('bookings.count', span)).toMatchObject({ count: 1 })
    expect(await browser.call('bookings.list', { ...span, eventDateId })).toMatchObject({ rows: [] })
    expect(await browser.call('bookings.count', { ...span, eventDateId })).toMatchObject({ count: 0 })
    const id = booking?.id
    if (id === undefined) throw new Error('nothing was booked')
    for (const path of ['bookings.byId', 'bookings.timeline', 'bookings.release'] as const)
      expect((await browser.ask(path, { id })).outcome).toBe('NOT_FOUND')
    const prolonged = { id, patch: { holdExpiresAt: '2031-01-01T00:00:00Z' } }
    expect((await browser.ask('bookings.patch', prolonged)).outcome).toBe('NOT_FOUND')
    expect((await browser.ask('bookings.confirm', { id })).outcome).toBe('NOT_FOUND')
    const inBulk = async () => {
      const rows = [{ id }]
      const results = [
        await browser.call('bookings.bulkPatch', { rows, patch: prolonged.patch }),
        await browser.call('bookings.bulkConfirm', { rows }),
        await browser.call('bookings.bulkRelease', { rows }),
      ]
      return results.flat().map((result) => !result.done && result.code)
    }
    expect(await inBulk()).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND'])
    await limit({ event: { see: 'all', change: 'own' } })
    expect(await inBulk()).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'])
    expect((await browser.ask('bookings.release', { id })).outcome).toBe('FORBIDDEN')
    expect((await browser.ask('bookings.patch', prolonged)).outcome).toBe('FORBIDDEN')
    expect((await owner.call('bookings.confirm', { id })).state).toBe('confirmed')
  })

  test('an invoice that is seen shows all that was paid on it, also by documents that are not', async () => {
    const { id: accountId } = await owner.call('accounts.create', { name: 'Payer' })
    await limit(everything('own'))
    const browser = await member()
    const { id: mine } = await browser.call('accounts.create', { name: 'My payer' })
    await owner.call('accounts.patch', { id: mine, version: 1, patch: { industry: 'Music' } })
    const lines = [{ name: 'Booth', unitPriceMinor: 500 }]
    const draft = await owner.call('invoices.create', { accountId: mine, currency: 'EUR', lines })
    const issued = await owner.call('invoices.issue', { id: draft.id, version: draft.version })
    await owner.call('payments.record', {
      accountId: mine,
      amountMinor: 200,
      currency: 'EUR',
      method: 'cash',
      idempotencyKey: `paid ${slug}`,
      allocations: [{ invoiceId: issued.id, amountMinor: 200 }],
    })
    expect(await browser.call('invoices.byId', { id: issued.id })).toMatchObject({ balanceMinor: 300, paidMinor: 200 })
    const other = await owner.call('invoices.create', { accountId, currency: 'EUR', lines })
    expect((await browser.ask('invoices.byId', { id: other.id })).outcome).toBe('NOT_FOUND')
  })

  test('a history tells of other records to whoever sees those, and to nobody else', async () => {
    await limit(everything('own'))
    const browser = await member()
    const payer = (ownerId: UserId) => owner.call('accounts.create', { name: 'Payer', ownerId })
    const { id: accountId } = await payer(people.owner.id)
    const issue = async (browser: Browser) => {
      const lines = [{ name: 'Booth', unitPriceMinor: 7_131 }]
      const draft = await browser.call('invoices.create', { accountId, currency: 'EUR', lines })
      return owner.call('invoices.issue', { id: draft.id, version: draft.version })
    }
    const hidden = await issue(owner)
    // The member's own, though the company is not: by it the payment is seen.
    const lent = await owner.call('accounts.byId', { id: accountId })
    await owner.call('accounts.patch', {
      id: accountId,
      version: lent.version,
      patch: { ownerId: people.member.id },
    })
    const seen = await issue(browser)
    const now = await owner.call('accounts.byId', { id: accountId })
    await owner.call('accounts.patch', { id: accountId, version: now.version, patch: { ownerId: people.owner.id } })
    const payment = await owner.call('payments.record', {
      accountId,
      amountMinor: 9_000,
      currency: 'EUR',
      method: 'cash',
      idempotencyKey: `told ${slug}`,
      allocations: [{ invoiceId: seen.id, amountMinor: 100 }],
    })
    for (const amountMinor of [7_001, 29])
      await owner.call('payments.allocate', {
        paymentId: payment.id,
        allocations: [
          { invoiceId: hidden.id, amountMinor },
          ...(amountMinor === 29 ? [{ invoiceId: seen.id, amountMinor: 30 }] : []),
        ],
      })
    const links = [
      { entity: 'account' as const, id: accountId },
      { entity: 'invoice' as const, id: seen.id },
    ]
    const note = await owner.call('notes.create', { bodyMarkdown: 'Both', links })
    const both = [accountId, (await browser.call('accounts.create', { name: 'Mine' })).id]
    const contact = await owner.call('contacts.create', {
      lastName: 'Of both',
      ownerId: people.member.id,
      accounts: both.map((id) => ({ accountId: id })),
    })
    await limit({ ...everything('own'), note: { see: 'all', change: 'own' } })

    const told = await browser.call('payments.timeline', { id: payment.id })
    expect(told.rows.map(({ diff }) => diff['allocations']?.to)).toEqual([
      [{ invoiceId: seen.id, amountMinor: 130 }],
      [{ invoiceId: seen.id, amountMinor: 100 }],
      [{ invoiceId: seen.id, amountMinor: 100 }],
    ])
    const answers = [
      await browser.ask('payments.timeline', { id: payment.id }),
      await browser.ask('payments.byId', { id: payment.id }),
      await browser.ask('invoices.timeline', { id: seen.id }),
      await browser.ask('notes.timeline', { id: note.id }),
      await browser.ask('contacts.timeline', { id: contact.id }),
    ]
    expect(answers.map(({ outcome }) => outcome)).toEqual(answers.map(() => 'ok'))
    for (const { text } of answers) expect(text).not.toMatch(new RegExp(`${hidden.id}|7001|7030`))
    for (const { text } of answers.slice(-2)) expect(text).not.toContain(accountId)
    for (const [path, id] of [
      ['notes.timeline', note.id],
      ['contacts.timeline', contact.id],
    ] as const)
      expect((await owner.ask(path, { id: id as never })).text).toContain(accountId)
    expect((await owner.call('payments.timeline', { id: payment.id })).rows[0]?.diff['allocations']?.to).toHaveLength(2)
  })

  test('only who manages members decides, nothing is changed that is not seen, and no owner can be limited', async () => {
    const browser = await member()
    const own = { userId: people.member.id, teamId: null, access: {} }
    expect((await browser.ask('members.setAccess', own)).outcome).toBe('FORBIDDEN')
    expect((await browser.ask('members.access', undefined)).outcome).toBe('FORBIDDEN')
    const more = { lead: { see: 'own', change: 'all' } } as const
    expect((await owner.ask('members.setAccess', { ...own, access: more })).outcome).toBe('BAD_INPUT')
    await owner.call('members.setAccess', { userId: people.owner.id, teamId: null, access: everything('none') })
    expect((await owner.call('accounts.list', {})).rows).not.toEqual([])
    const teamId = people.owner.id as string as TeamId
    expect((await owner.ask('members.setAccess', { ...own, teamId })).outcome).toBe('RULE_VIOLATED')
  })
})

test('in a database that cannot hold limits yet, whoever is limited is served nothing, and everybody else everything', async () => {
  const owner = await served.as('older')
  const access = { account: { see: 'own', change: 'own' } } as const
  await owner.call('members.setRoleAccess', { role: 'member', access })
  await using _database = await setBack(served.world, 'older', { server: mainServer(), upTo: '0011_files' })
  const browser = await served.as('older', 'member')
  expect((await owner.ask('accounts.list', {})).outcome).toBe('ok')
  expect((await browser.ask('accounts.list', {})).outcome).toBe('TENANT_SCHEMA_BEHIND')
  expect((await browser.ask('accounts.create', { name: 'New' })).outcome).toBe('TENANT_SCHEMA_BEHIND')
})
