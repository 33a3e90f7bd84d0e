import { withAdminConnection } from '@tenantry/connections/admin'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LegacyTable } from './legacy/columns.ts'
import { legacyTableNames, putRows } from './legacy/legacy-database.ts'
import type { LegacyRow } from './legacy/make-company.ts'
import { legacyId, placements, stageMove } from './moving.fixture.ts'
import { runTransfer } from './run.ts'
import { verifyTransfer } from './verify.ts'

type Stage = Awaited<ReturnType<typeof stageMove>>

/** The first row is 1; 99 never existed. */
const id = (table: LegacyTable, n: number) =>
  `${String(legacyTableNames.indexOf(table)).padStart(8, '0')}-0000-4000-8000-${String(n).padStart(12, '0')}`
const rowsOf = (table: LegacyTable, rows: LegacyRow[]) => ({
  [table]: rows.map((row, n) => ({
    id: id(table, n + 1),
    tenant_id: legacyId,
    created_at: `2025-01-0${n + 1}T00:00:00Z`,
    updated_at: '2026-01-01T00:00:00Z',
    ...row,
  })),
})

/** More than the thousand rows behind which an older transfer stopped, in a table where a third points at nothing. */
const many = 3100

/** A company in euros, in Berlin: clocks go from 2:00 to 3:00 on 29 March 2026, and back on 25 October. */
describe.each(placements)('ugly rows on their way into a %s database', (placement) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await stageMove(placement, { isEmpty: true })
    await withAdminConnection(stage.options.source, async (run) => {
      await putRows(run, rows)
      await run(
        `insert into public.notes (tenant_id, body, entity_type, entity_id)
         select $1::uuid, 'note ' || n, 'account', case when n % 3 = 0 then gen_random_uuid() else $2::uuid end from generate_series(1, $3::int) n`,
        [legacyId, id('accounts', 1), many],
      )
    })
    await runTransfer(stage.options)
  })
  afterAll(() => stage.close())

  const moved = (table: string, columns: string) =>
    stage.now<Record<string, unknown>>(`select ${columns} from crm.${table} order by id`)
  /** Per row of a table: what became of it in quarantine. */
  const noted = (table: LegacyTable) =>
    stage.now<{ n: number; column: string; reason: string }>(
      `select right(source_id::text, 2)::int as n, column_name as column, reason from crm.transfer_quarantine where source_table = $1 order by n, column_name`,
      [table],
    )

  test('amounts without a currency get that of the company, to the cent; what is no amount waits with its reason', async () => {
    expect(await moved('opportunities', `right(id::text, 2)::int as n, amount_minor::text as minor, currency`)).toEqual(
      [
        { n: 1, minor: '999999999999999', currency: 'EUR' },
        { n: 2, minor: '1', currency: 'EUR' },
        { n: 3, minor: '0', currency: 'EUR' },
      ],
    )
    expect(await noted('opportunities')).toEqual([
      { n: 3, column: 'close_date', reason: 'is no day of a calendar' },
      { n: 4, column: '', reason: 'has an amount that its currency cannot say' },
      { n: 5, column: '', reason: 'has an amount below zero' },
      { n: 6, column: '', reason: 'has no stage' },
    ])
    expect(await noted('opportunity_line_items')).toEqual([
      { n: 1, column: '', reason: 'has a quantity below zero, or none that is a number' },
      { n: 2, column: '', reason: 'belongs to an opportunity that does not exist or was not moved in' },
    ])
  })

  test('a stage that was typed freely keeps its text, and stands open in the pipeline', async () => {
    const stages = await stage.now(
      `select right(o.id::text, 2)::int as n, s.name, s.kind, o.outcome from crm.opportunities o join crm.pipeline_stages s on s.id = o.stage_id order by n`,
    )
    expect(stages).toEqual([
      { n: 1, name: 'Waiting on Mum :-)', kind: 'open', outcome: null },
      { n: 2, name: 'CLOSED_WON', kind: 'won', outcome: 'won' },
      { n: 3, name: 'Waiting on Mum :-)', kind: 'open', outcome: null },
    ])
  })

  test('an address in two forms: the columns win, what they lack comes from the object, and a contradiction is kept', async () => {
    const addresses = await moved(
      'accounts',
      `right(id::text, 2)::int as n, concat_ws('|', billing_line1, billing_city, billing_postal_code, billing_country) as address, custom -> 'legacyBillingAddress' ->> 'line1' as kept`,
    )
    expect(addresses).toEqual([
      { n: 1, address: '1 Column Street|Berlin|10115|DE', kept: '2 Object Street' },
      { n: 2, address: '3 Object Street|Köln|50667|DE', kept: null },
      { n: 3, address: '4 Column Street|Bonn', kept: null },
      { n: 4, address: '', kept: null },
      { n: 5, address: '5 Same Street', kept: null },
      { n: 6, address: '6 Street', kept: '6 Street' },
    ])
    expect(await noted('accounts')).toEqual([
      { n: 4, column: 'billing_address', reason: 'is not an object with parts of an address' },
    ])
    expect(await noted('locations')).toEqual([
      {
        n: 1,
        column: 'address',
        reason: 'says something else than the single columns, or what there is no column for',
      },
    ])
  })

  test('dates and times without a zone stand in that of the company: over midnight, over the clock change, over days', async () => {
    const events = await moved(
      'events',
      `right(id::text, 2)::int as n, to_char(first_starts_at at time zone 'UTC', 'MM-DD HH24:MI') as starts,
       to_char(last_ends_at at time zone 'UTC', 'MM-DD HH24:MI') as ends`,
    )
    expect(events).toEqual([
      { n: 1, starts: '06-20 16:00', ends: '06-20 23:30' },
      // 2:30 does not exist that night; the clocks say 3:30.
      { n: 2, starts: '03-29 01:30', ends: '03-29 04:00' },
      { n: 3, starts: '03-29 01:30', ends: null },
      { n: 4, starts: '07-02 22:00', ends: '07-05 22:00' },
      { n: 5, starts: '06-20 16:00', ends: '06-20 22:00' },
      { n: 6, starts: '06-20 16:00', ends: null },
      { n: 7, starts: null, ends: null },
      { n: 8, starts: '10-24 20:00', ends: '10-25 03:00' },
    ])
    const dates = await stage.now(
      `select right(event_id::text, 2)::int as n, local_date::text as day, left(start_time::text, 5) || '-' || left(end_time::text, 5) as span, ends_next_day as "nextDay"
       from crm.event_dates order by n, day, span`,
    )
    expect(dates).toEqual([
      { n: 1, day: '2026-06-20', span: '18:00-01:30', nextDay: true },
      { n: 2, day: '2026-03-29', span: '02:30-06:00', nextDay: false },
      { n: 4, day: '2026-07-03', span: '00:00-00:00', nextDay: true },
      { n: 5, day: '2026-06-20', span: '18:00-00:00', nextDay: true },
      { n: 6, day: '2026-06-20', span: '18:00-17:00', nextDay: true },
      // Two days of its own, and one that the clocks do not have.
      { n: 8, day: '2026-10-24', span: '22:00-04:00', nextDay: true },
      { n: 8, day: '2026-10-26', span: '00:00-06:00', nextDay: false },
    ])
    expect(await noted('events')).toEqual([
      {
        n: 3,
        column: 'end_date',
        reason: 'is before the start, or no day of a calendar',
      },
      {
        n: 3,
        column: 'start_time',
        reason: 'is in the hour that the clocks skip, and the end is not after it; no date was made of it',
      },
      {
        n: 4,
        column: 'end_time',
        reason: 'is on a later day; only the first day became a date, the whole span stands on the event',
      },
      { n: 6, column: 'end_date', reason: 'is before the start, or no day of a calendar' },
      { n: 7, column: 'start_date', reason: 'is no day of a calendar' },
    ])
    expect(await noted('event_dates')).toEqual([
      { n: 3, column: '', reason: 'begins in the hour that the clocks skip, and ends before that' },
      { n: 4, column: '', reason: 'has a date that is no day of a calendar' },
    ])
  })

  test('a pointer by type and id at what is gone, unknown or nothing: the row waits whole, the others are linked', async () => {
    const links = await stage.now(
      `select right(task_id::text, 2)::int as task, coalesce(right(account_id::text, 2), '') || coalesce('e' || right(event_id::text, 2), '') as of from crm.record_links where task_id is not null order by task`,
    )
    expect(links).toEqual([
      { task: 1, of: '01' },
      { task: 2, of: 'e01' },
    ])
    expect(await noted('tasks')).toEqual([
      { n: 2, column: 'due_date', reason: 'is no day of a calendar' },
      { n: 3, column: '', reason: 'belongs to a record that does not exist or was not moved in' },
      { n: 4, column: '', reason: 'belongs to a kind of record that is not known' },
      { n: 5, column: '', reason: 'says what kind of record it belongs to, but not which' },
      // Its opportunity is there in the old system, and waits itself.
      { n: 6, column: '', reason: 'belongs to a record that does not exist or was not moved in' },
    ])
    expect(await moved('tasks', `right(id::text, 2)::int as n, due_on::text as day, due_time::text as time`)).toEqual([
      { n: 1, day: '2026-05-02', time: '00:00:00' },
      { n: 2, day: null, time: null },
      { n: 7, day: '2026-05-01', time: '09:30:00' },
    ])
  })

  test('a converted lead is read-only with what it became, and one whose records are all gone waits', async () => {
    expect(
      await moved(
        'leads',
        `right(id::text, 2)::int as n, status, converted_at is not null as converted, right(converted_account_id::text, 2) as account, converted_contact_id as contact`,
      ),
    ).toEqual([
      { n: 1, status: 'converted', converted: true, account: '01', contact: null },
      { n: 2, status: 'new', converted: false, account: null, contact: null },
    ])
    const of = (table: string) =>
      `points at a row of ${table} that does not exist or was not moved in, or stands on one that was not converted`
    expect(await noted('leads')).toEqual([
      { n: 1, column: 'converted_contact_id', reason: of('contacts') },
      { n: 1, column: 'status', reason: 'is none of the words for it; taken as «new»' },
      { n: 2, column: 'converted_account_id', reason: of('accounts') },
      { n: 2, column: 'event_date', reason: 'is no day of a calendar' },
      { n: 3, column: '', reason: 'was converted into records that do not exist or were not moved in' },
    ])
  })

  test('where contact and junction disagree both accounts are there, and the contact’s own is the first', async () => {
    const joined = await stage.now(
      `select right(contact_id::text, 2)::int as contact, right(account_id::text, 2)::int as account, is_primary as "isPrimary", role from crm.contact_accounts order by contact, account`,
    )
    expect(joined).toEqual([
      { contact: 1, account: 1, isPrimary: true, role: null },
      { contact: 1, account: 2, isPrimary: false, role: 'planner' },
      { contact: 2, account: 3, isPrimary: true, role: 'billing' },
      // Its own account is gone: the first that is marked.
      { contact: 3, account: 4, isPrimary: true, role: null },
      { contact: 3, account: 5, isPrimary: false, role: null },
    ])
    expect(await noted('contacts')).toEqual([
      { n: 1, column: 'birth_date', reason: 'is no day of a calendar' },
      { n: 3, column: 'account_id', reason: 'points at a row of accounts that does not exist or was not moved in' },
    ])
    expect(await noted('contact_accounts')).toEqual([
      { n: 5, column: '', reason: 'joins an account that does not exist or was not moved in' },
      { n: 6, column: '', reason: 'joins the same two as an earlier row' },
    ])
  })

  test('every row of a long table is accounted for, contents and all, and a second run has nothing to do', async () => {
    const verification = await verifyTransfer(stage.options)
    expect(verification).toMatchObject({ ok: true, differences: [] })
    const orphans = Math.floor(many / 3)
    expect(verification.accounted).toContainEqual({
      table: 'notes',
      rows: many,
      moved: many - orphans,
      quarantined: orphans,
    })
    expect(orphans).toBeGreaterThan(1000)
    expect(await runTransfer(stage.options)).toMatchObject({ copied: 0, changed: 0 })
  })
})

const rows = {
  ...rowsOf('accounts', [
    {
      name: 'Both, and not the same',
      billing_street: '1 Column Street',
      billing_city: 'Berlin',
      billing_address: { line1: '2 Object Street', postal_code: '10115', country: 'Germany' },
    },
    {
      name: 'Empty columns',
      billing_street: '  ',
      billing_city: '',
      billing_address: { street: '3 Object Street', city: 'Köln', zip: '50667', country: 'Deutschland' },
    },
    { name: 'Empty object', billing_street: '4 Column Street', billing_city: 'Bonn', billing_address: {} },
    { name: 'No object', billing_address: 'see contract' },
    { name: 'Both, and the same', billing_street: '5 Same Street', billing_address: { street: '5 Same Street ' } },
    { name: 'More than columns', billing_address: { line1: '6 Street', attention: 'Mrs. Ito' } },
  ]),
  ...rowsOf('contacts', [
    { first_name: 'Ana', account_id: id('accounts', 1), birth_date: '20260-01-01' },
    { first_name: 'Ben', account_id: id('accounts', 3) },
    { first_name: 'Cem', account_id: id('accounts', 99) },
  ]),
  ...rowsOf('contact_accounts', [
    { contact_id: id('contacts', 1), account_id: id('accounts', 2), role: 'planner', is_primary: true },
    { contact_id: id('contacts', 2), account_id: id('accounts', 3), role: 'billing', is_primary: false },
    { contact_id: id('contacts', 3), account_id: id('accounts', 4), is_primary: true },
    { contact_id: id('contacts', 3), account_id: id('accounts', 5), is_primary: true },
    { contact_id: id('contacts', 2), account_id: id('accounts', 99) },
    { contact_id: id('contacts', 1), account_id: id('accounts', 2), role: 'again' },
  ]),
  ...rowsOf('locations', [{ name: 'Hall', street: '1 Pier', address: { street: '2 Pier' } }]),
  ...rowsOf('opportunities', [
    { name: 'Largest', stage: 'Waiting on Mum :-)', amount: '9999999999999.99' },
    { name: 'Smallest', stage: 'CLOSED_WON', amount: '0.01' },
    { name: 'None', stage: 'Waiting on Mum :-)', amount: null, close_date: 'infinity' },
    { name: 'No number', stage: 'new', amount: 'NaN' },
    { name: 'Below', stage: 'new', amount: '-0.01' },
    { name: 'No stage', stage: ' -- ', amount: '1' },
  ]),
  ...rowsOf('opportunity_line_items', [
    { opportunity_id: id('opportunities', 1), name: 'Booth', quantity: 'NaN', unit_price: '1.00' },
    { opportunity_id: id('opportunities', 4), name: 'Booth', quantity: '1', unit_price: '1.00' },
  ]),
  ...rowsOf('leads', [
    {
      first_name: 'Ida',
      status: 'whatever',
      is_converted: true,
      converted_account_id: id('accounts', 1),
      converted_contact_id: id('contacts', 99),
    },
    { first_name: 'Jan', is_converted: null, converted_account_id: id('accounts', 1), event_date: '-infinity' },
    { first_name: 'Kim', is_converted: true, converted_account_id: id('accounts', 99) },
  ]),
  ...rowsOf(
    'events',
    [
      { start_date: '2026-06-20', start_time: '18:00', end_time: '01:30' },
      { start_date: '2026-03-29', start_time: '02:30', end_date: '2026-03-29', end_time: '06:00' },
      { start_date: '2026-03-29', start_time: '02:30', end_date: '2026-03-29', end_time: '03:15' },
      { start_date: '2026-07-03', end_date: '2026-07-05' },
      { start_date: '2026-06-20', start_time: '18:00', end_time: '24:00' },
      { start_date: '2026-06-20', start_time: '18:00', end_date: '2026-06-19', end_time: '17:00' },
      { start_date: 'infinity', start_time: '18:00' },
      { start_date: '2026-10-24', start_time: '22:00', end_time: '04:00' },
    ].map((event, n) => ({ title: `Event ${n + 1}`, account_id: id('accounts', 1), ...event })),
  ),
  ...rowsOf(
    'event_dates',
    [
      { event_date: '2026-10-24', start_time: '22:00', end_time: '04:00' },
      { event_date: '2026-10-25', start_time: '24:00', end_time: '06:00' },
      { event_date: '2026-03-29', start_time: '02:45', end_time: '03:00' },
      { event_date: 'infinity' },
    ].map((date) => ({ event_id: id('events', 8), ...date })),
  ),
  ...rowsOf(
    'tasks',
    [
      { entity_type: ' ACCOUNT ', entity_id: id('accounts', 1), due_date: '2026-05-01', due_time: '24:00' },
      { entity_type: 'booking', entity_id: id('events', 1), due_date: 'infinity' },
      { entity_type: 'account', entity_id: id('accounts', 99) },
      { entity_type: 'widget', entity_id: id('accounts', 1) },
      { entity_type: 'account', entity_id: null },
      { entity_type: 'deal', entity_id: id('opportunities', 4) },
      { entity_type: null, entity_id: null, due_date: '2026-05-01', due_time: '09:30' },
    ].map((task, n) => ({ title: `Task ${n + 1}`, ...task })),
  ),
}
