import { lookInto } from '@tenantry/testing/look-into'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import ICAL from 'ical.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { serveWorld, type ServedWorld } from '../served-world.fixture.ts'

const slugs = ['alder', 'birch', 'cypress'] as const
type Slug = (typeof slugs)[number]
let served: ServedWorld<Slug>
beforeAll(async () => {
  served = await serveWorld({
    alder: { server: mainServer(), database: 'grove' },
    birch: { server: mainServer(), database: 'grove' },
    cypress: { server: elsewhereServer() },
  })
})
afterAll(() => served.close())

test.each(['alder', 'cypress'] as const)(
  'a calendar of %s shows each day at its instant in the zone of its venue, also on the nights when clocks change',
  async (slug) => {
    const owner = await served.as(slug)
    const { path } = await owner.call('calendarFeeds.create', { name: 'Everything', scope: 'company' })
    const planned = [
      { localDate: '2027-06-12', startTime: '18:00:00', endTime: '22:00:00', timeZone: 'Europe/Berlin' },
      // Clocks go back at three: the night has an hour more.
      {
        localDate: '2027-10-30',
        startTime: '20:00:00',
        endTime: '04:00:00',
        timeZone: 'Europe/Berlin',
        endsNextDay: true,
      },
      // The hour that comes twice, and the one that does not come.
      { localDate: '2027-10-31', startTime: '02:30:00', endTime: '05:00:00', timeZone: 'Europe/Berlin' },
      { localDate: '2027-03-28', startTime: '02:30:00', endTime: '05:00:00', timeZone: 'Europe/Berlin' },
      {
        localDate: '2027-11-06',
        startTime: '21:00:00',
        endTime: '03:00:00',
        timeZone: 'America/New_York',
        endsNextDay: true,
      },
      { localDate: '2027-06-12', startTime: '18:00:00', endTime: '22:00:00', timeZone: 'Asia/Kathmandu' },
    ]
    const id = await eventOf(owner, `Gala of ${slug}`)
    const dates = await Promise.all(planned.map((date) => owner.call('eventDates.create', { eventId: id, ...date })))

    const { events, text, answer } = await read(path)
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    const shown = new Map(events.map((event) => [event.uid, event]))
    for (const { id: dateId, startsAt, endsAt } of dates) {
      const event = shown.get(`${dateId}@tenantry`)
      expect([event?.startDate.toJSDate(), event?.endDate.toJSDate()]).toEqual([new Date(startsAt), new Date(endsAt)])
    }
    expect(events).toHaveLength(planned.length)
    expect(text).toContain('DTSTART;TZID=Europe/Berlin:20271030T200000\r\n')
    // The second of two hours has no name on the wall; calendars differ in which one they take it for.
    expect(text).toContain('DTSTART:20271031T013000Z\r\n')
    expect(text.match(/BEGIN:VTIMEZONE/g)).toHaveLength(3)
  },
)

test('an entry says where and how firm a day is, keeps its name for ever, and grows with each change', async () => {
  const owner = await served.as('birch')
  const { path } = await owner.call('calendarFeeds.create', { name: 'Everything', scope: 'company' })
  const address = { line1: '1 Quay', city: 'Hamburg', country: 'DE', timeZone: 'Europe/Berlin' }
  const { id: locationId } = await owner.call('locations.create', { name: 'Harbor, Hall; 7', ...address })
  const eventId = await eventOf(owner, 'Wedding, of two; with \\ more')
  const date = await owner.call('eventDates.create', { eventId, locationId, label: 'Party', ...evening('2027-05-01') })
  const only = async () => {
    const [event, ...others] = (await read(path)).events
    expect(others).toEqual([])
    return event
  }
  const first = await only()
  expect(first).toMatchObject({
    uid: `${date.id}@tenantry`,
    summary: 'Wedding, of two; with \\ more · Party',
    location: 'Harbor, Hall; 7, 1 Quay, Hamburg, DE',
  })
  expect(statusOf(first)).toBe('TENTATIVE')

  const { version } = await owner.call('events.byId', { id: eventId })
  await owner.call('events.setStatus', { id: eventId, version, status: 'confirmed' })
  const confirmed = await only()
  expect(statusOf(confirmed)).toBe('CONFIRMED')
  expect([confirmed?.uid, (confirmed?.sequence ?? 0) > (first?.sequence ?? 0)]).toEqual([first?.uid, true])

  const later = await owner.call('events.byId', { id: eventId })
  await owner.call('events.setStatus', { id: eventId, version: later.version, status: 'cancelled', reason: 'Rain' })
  const cancelled = await only()
  expect(statusOf(cancelled)).toBe('CANCELLED')
  expect(cancelled?.sequence ?? 0).toBeGreaterThan(confirmed?.sequence ?? 0)

  // A year back and no further.
  await owner.call('eventDates.create', { eventId, ...evening('2020-05-01') })
  await only()
  const gone = await owner.call('eventDates.byId', { id: date.id })
  await owner.call('eventDates.remove', { id: date.id, version: gone.version })
  expect((await read(path)).events).toEqual([])
})

test('a member’s calendar shows what they may see, the company’s all of it, and neither a day of another company', async () => {
  const owner = await served.as('alder')
  const member = await served.as('alder', 'member')
  const mine = await eventOf(member, 'Of the member')
  const others = await eventOf(owner, 'Of the owner')
  for (const [browser, eventId] of [
    [member, mine],
    [owner, others],
  ] as const)
    await browser.call('eventDates.create', { eventId, ...evening('2028-05-01') })
  await expect(member.call('calendarFeeds.create', { name: 'All', scope: 'company' })).rejects.toThrow('FORBIDDEN')
  const own = await member.call('calendarFeeds.create', { name: 'Phone' })
  const all = await owner.call('calendarFeeds.create', { name: 'Office', scope: 'company' })
  const titles = async (path: string) => new Set((await read(path)).events.map(({ summary }) => summary))
  expect(await titles(own.path)).toContain('Of the owner')

  await owner.call('members.setRoleAccess', { role: 'member', access: { event: { see: 'own', change: 'own' } } })
  expect(await titles(own.path)).toEqual(new Set(['Of the member']))
  const shown = await titles(all.path)
  expect([shown.has('Of the member'), shown.has('Of the owner'), shown.has('Gala of cypress')]).toEqual([
    true,
    true,
    false,
  ])
  await owner.call('members.setRoleAccess', { role: 'member', access: {} })

  // Whoever manages the company sees and ends everybody's; everybody else their own.
  const listed = await owner.call('calendarFeeds.list', undefined)
  expect(listed.find(({ id }) => id === own.id)).toMatchObject({ scope: 'own', memberName: 'member of alder' })
  expect((await member.call('calendarFeeds.list', undefined)).map(({ id }) => id)).toEqual([own.id])
  expect((await member.ask('calendarFeeds.revoke', { id: all.id })).outcome).toBe('NOT_FOUND')
  expect((await (await served.as('birch')).ask('calendarFeeds.revoke', { id: all.id })).outcome).toBe('NOT_FOUND')
})

test('an address ends when it is replaced or revoked, and a member’s with their membership, for good', async () => {
  const owner = await served.as('birch')
  const { id: userId } = served.world.tenants.birch.people.read_only
  const reader = await served.as('birch', 'read_only')
  const { id, path } = await reader.call('calendarFeeds.create', { name: 'Phone' })
  const { path: next } = await reader.call('calendarFeeds.rotate', { id })
  expect([await outcomeOf(path), await outcomeOf(next)]).toEqual(['LINK_NOT_VALID', 'ok'])
  await owner.call('members.setStatus', { userId, status: 'suspended' })
  expect(await outcomeOf(next)).toBe('LINK_NOT_VALID')
  await owner.call('members.setStatus', { userId, status: 'active' })
  expect(await outcomeOf(next)).toBe('ok')
  await owner.call('members.setStatus', { userId, status: 'removed' })
  await owner.call('members.setStatus', { userId, status: 'active' })
  expect(await outcomeOf(next)).toBe('LINK_NOT_VALID')

  const kept = await owner.call('calendarFeeds.create', { name: 'Office', scope: 'company' })
  await served.world.app.db.tenants.setStatus('tests', 'birch', 'archived')
  expect(await outcomeOf(kept.path)).toBe('LINK_NOT_VALID')
  await served.world.app.db.tenants.setStatus('tests', 'birch', 'active')
  expect(await outcomeOf(kept.path)).toBe('ok')
  await owner.call('calendarFeeds.revoke', { id: kept.id })
  for (const address of [
    kept.path,
    '/api/calendar/short.ics',
    '/api/calendar/',
    `${next}/more`,
    `${next.slice(0, -4)}`,
  ])
    expect([address, await outcomeOf(address)]).toEqual([address, 'LINK_NOT_VALID'])
  expect((await fetch(at(next), { method: 'POST' })).status).toBe(405)
})

test('no log line, no answer and no database holds a token, also when the calendar fails or is read too often', async () => {
  const owner = await served.as('cypress')
  const { id, path } = await owner.call('calendarFeeds.create', { name: 'Office', scope: 'company' })
  const token = /calendar\/(.+)\.ics$/.exec(path)?.[1] ?? ''
  expect(token).toHaveLength(43)
  const { admin } = served.world.tenants.cypress
  await lookInto(admin, 'alter table crm.event_dates rename to away')
  const failed = await fetch(at(path))
  await lookInto(admin, 'alter table crm.away rename to event_dates')
  expect([failed.status, await failed.text()]).toEqual([500, expect.not.stringContaining(token)])
  const reported = served.logged.filter((line) => line.includes('A calendar could not be served'))
  expect(reported.length).toBe(1)
  expect(served.logged.join('')).not.toContain(token)

  const { appAdmin } = served.world
  await lookInto(appAdmin, 'update app.sign_in_throttle set failures = 12 where key = $1', [`calendar:${id}`])
  const refused = await fetch(at(path))
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true])
  for (const table of ['calendar_feeds', 'sign_in_throttle', 'audit_log']) {
    const rows = await lookInto<{ row: string }>(appAdmin, `select to_jsonb(t)::text as row from app.${table} t`)
    expect(rows.map(({ row }) => row).join('')).not.toContain(token)
  }
})

function at(path: string): string {
  return `http://127.0.0.1:${served.port}${path}`
}

async function outcomeOf(path: string): Promise<string> {
  const answer = await fetch(at(path))
  const text = await answer.text()
  return answer.ok ? 'ok' : (JSON.parse(text) as { error: { data: { code: string } } }).error.data.code
}

/** What a calendar makes of the feed, by another library than the one that wrote it. */
async function read(path: string) {
  const answer = await fetch(at(path))
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[])
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone)
  const events = calendar.getAllSubcomponents('vevent').map((entry) => new ICAL.Event(entry))
  return { events, text, answer }
}

function statusOf(event: ICAL.Event | undefined): unknown {
  return event?.component.getFirstPropertyValue('status')
}

function evening(localDate: string) {
  return { localDate, startTime: '18:00:00', endTime: '22:00:00', timeZone: 'Europe/Berlin' }
}

async function eventOf(browser: Browser, title: string) {
  const { id: accountId } = await browser.call('accounts.create', { name: 'Byron Ltd.' })
  const event = { title, eventType: 'Wedding', accountId, timeZone: 'Europe/Berlin' }
  return (await browser.call('events.create', event)).id
}
