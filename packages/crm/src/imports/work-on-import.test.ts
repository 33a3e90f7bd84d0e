import { LeadConversionInput } from '@tenantry/contracts/lead-conversion'
import type { Lead } from '@tenantry/contracts/leads'
import { accountInput } from '@tenantry/testing/factories/account'
import { contactInput } from '@tenantry/testing/factories/contact'
import { leadInput } from '@tenantry/testing/factories/lead'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { inEveryPlacement, type Desk } from '@tenantry/testing/placements'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { convertLead } from '../leads/convert-lead.ts'
import { importDesk } from './import-desk.fixture.ts'
import { fixImportRow } from './plan-import.ts'

inEveryPlacement((placement) => {
  test('rows become records with their history, as if each had been created, and formulas stay texts', async () => {
    const { mine } = placement()
    const { imported, rows } = importDesk(mine)
    const batch = await imported(
      'name,email,phone,city,country\n' +
        '=1+1,A@x.example,+49 (30) 123-456,Berlin,de\n@SUM(A1),,0049301234567,,\nPlain "quoted",,,,\n,b@x.example,,,\n',
    )
    expect(batch).toMatchObject({ status: 'done', total: 4, created: 3, failed: 1, invalid: 1, skipped: 0, updated: 0 })
    const [first, , third, fourth] = await rows(batch.id)
    const account = await mine.read.accounts.byId(first?.recordId as never)
    expect(account).toMatchObject({
      name: '=1+1',
      email: 'A@x.example',
      phone: '+4930123456',
      billingCity: 'Berlin',
      billingCountry: 'DE',
      kind: 'company',
      version: 1,
      createdBy: mine.person.id,
    })
    const { rows: lines } = await mine.read.accounts.timeline(account.id, { limit: 10 })
    expect(lines).toMatchObject([{ action: 'created', actorId: mine.person.id, versionAfter: 1 }])
    // The line says what that of a record says which is made by hand.
    const { name, email, phone, billingCity, billingCountry, kind, status } = account
    const byHand = { name, email, phone, billingCity, billingCountry, kind, status, timeZone: null }
    const { id } = await mine.write((db) => db.accounts.create(accountInput(byHand)))
    const [line] = (await mine.read.accounts.timeline(id, { limit: 1 })).rows
    expect(lines[0]?.diff).toEqual(line?.diff)
    expect((await mine.read.accounts.byId(third?.recordId as never)).name).toBe('Plain "quoted"')
    expect(fourth).toMatchObject({ outcome: 'failed', recordId: null, errors: [{ column: 0, field: 'name' }] })
  })

  test('a check names each cell that is wrong and writes no record; a row that is put right is imported', async () => {
    const { mine } = placement()
    const { upload, plan, done, rows } = importDesk(mine)
    const { id, mapping } = await upload(
      'Last name,E-Mail,Phone,Owner email,Firma,Birthday,Opt-out\n' +
        'Weber,nonsense,123,nobody@x.example,No such firm,2020-13-01,maybe\nVogel,v@x.example,+4930777,,,1.5.1980,ja\nshort,row\n',
      'contact',
    )
    await plan(id, mapping)
    const before = await everything(mine)
    expect(await done(id, 'checking')).toBe('over')
    expect(await mine.read.imports.byId(id)).toMatchObject({ status: 'checked', checked: 3, invalid: 2, created: 0 })
    expect(await everything(mine)).toEqual(before)
    const [bad, good, short] = await rows(id)
    expect(bad?.errors.map(({ column, field }) => [column, field]).toSorted()).toEqual([
      [1, 'email'],
      [2, 'phone'],
      [3, 'owner'],
      [4, 'company'],
      [5, 'birthday'],
      [6, 'doNotContact'],
    ])
    expect(good).toMatchObject({ errors: [], outcome: null })
    expect(short?.errors).toEqual([{ column: null, field: null, message: 'This row has 2 cells, the header has 7.' }])
    await done(id, 'running')
    expect(await mine.read.imports.byId(id)).toMatchObject({ status: 'done', created: 1, failed: 2, invalid: 2 })
    const fix = (row: number, cells: string[]) => mine.write((db) => fixImportRow(db, { id, row, cells }))
    expect(await fix(1, ['Weber', 'w@x.example', '', '', '', '', ''])).toMatchObject({ errors: [], outcome: null })
    expect(await fix(3, ['', 'nonsense', '', '', '', '', ''])).toMatchObject({
      errors: [{ column: 1 }, { column: null }],
    })
    await expect(fix(2, ['Other', '', '', '', '', '', ''])).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    expect(await mine.read.imports.byId(id)).toMatchObject({ failed: 0, invalid: 1 })
    await done(id, 'running')
    expect(await mine.read.imports.byId(id)).toMatchObject({ status: 'done', created: 2, failed: 1, invalid: 1 })
    const made = await mine.read.contacts.byId((await rows(id))[1]?.recordId as never)
    expect(made).toMatchObject({ birthday: '1980-05-01', doNotContact: true, phone: '+4930777', email: 'v@x.example' })
  })

  test('what is there already is left, or changed where the row says something, and made twice only without a rule', async () => {
    const { mine } = placement()
    const { imported, rows } = importDesk(mine)
    const known = await mine.write((db) =>
      db.contacts.create(
        contactInput({
          firstName: 'Ada',
          lastName: 'Known',
          jobTitle: 'Before',
          points: [{ kind: 'email', value: 'ada@known.example', isPrimary: true }],
        }),
      ),
    )
    const firm = await mine.write((db) => db.accounts.create(accountInput({ name: 'Known Firm' })))
    const file =
      'first name,last name,email,job title,phone,company\nAda,Known,ADA@known.example,,+4930111,known firm\nBea,New,bea@new.example,First,,\nBea,New,BEA@new.example,Second,,\n'
    const skipped = await imported(file, 'contact', { rule: 'skip', by: 'email' })
    expect(skipped).toMatchObject({ created: 1, skipped: 2, updated: 0, failed: 0 })
    const updated = await imported(file, 'contact', { rule: 'update', by: 'email' })
    // Of Bea's two rows the first changes nothing.
    expect(updated).toMatchObject({ created: 0, updated: 2, skipped: 1, failed: 0 })
    expect(await mine.read.contacts.byId(known.id)).toMatchObject({
      jobTitle: 'Before',
      email: 'ada@known.example',
      phone: '+4930111',
      accounts: [{ accountId: firm.id, isPrimary: true }],
    })
    const bea = (await rows(updated.id))[2]?.recordId as never
    expect(await mine.read.contacts.byId(bea)).toMatchObject({ jobTitle: 'Second', version: 2 })
    expect(await imported(file, 'contact')).toMatchObject({ created: 3 })
    const several = await imported(file, 'contact', { rule: 'update', by: 'email' })
    expect(several).toMatchObject({ failed: 3 })
    expect((await rows(several.id))[0]?.errors).toMatchObject([{ column: 2, field: 'email' }])
  })

  test('custom fields are filled like others: read by their type, refused cell by cell, remembered and taken back', async () => {
    const { mine } = placement()
    const { upload, plan, done, rows } = importDesk(mine)
    const field = { entity: 'account' as const, required: false, options: [] }
    const options = ['gold', 'fresh'].map((key) => ({ key, label: `${key} star` }))
    const vip = await mine.write(async (db) => {
      await db.customFields.create({ ...field, key: 'rating', label: 'Stars', type: 'number' })
      await db.customFields.create({ ...field, key: 'tags', label: 'Tags', type: 'multi_select', options })
      await db.customFields.create({ ...field, key: 'since', label: 'Customer since', type: 'date' })
      return db.customFields.create({ ...field, key: 'vip', label: 'VIP', type: 'checkbox' })
    })
    const known = await mine.write((db) =>
      db.accounts.create(accountInput({ name: 'Custom Known', custom: { rating: 1 } })),
    )
    const { id, mapping } = await upload(
      'name,Stars,custom.tags,Customer since,VIP\nCustom Known,5,"Gold star; fresh",1.5.2020,\n' +
        'Custom New,7,"[""gold""]",,ja\nCustom Bad,many,silver,soon,perhaps\n',
    )
    expect(mapping.map((filled) => filled.field)).toEqual([
      'name',
      'custom.rating',
      'custom.tags',
      'custom.since',
      'custom.vip',
    ])
    await plan(id, mapping, { rule: 'update', by: 'name' })
    const before = await everything(mine)
    await done(id, 'checking')
    const errors = async () =>
      (await rows(id, 'errors')).map(({ row, errors: found }) => [row, ...found.map(({ column }) => column)])
    expect(await errors()).toEqual([[3, 1, 2, 3, 4]])
    await mine.write((db) => db.customFields.archive(vip))
    await done(id, 'running')
    expect(await errors()).toEqual([
      [2, 4],
      [3, 1, 2, 3, 4],
    ])
    await mine.write((db) => fixImportRow(db, { id, row: 2, cells: ['Custom New', '7', '["gold"]', '', ''] }))
    await done(id, 'running')
    expect(await mine.read.imports.byId(id)).toMatchObject({ created: 1, updated: 1, failed: 1 })
    const changed = await mine.read.accounts.byId(known.id)
    expect(changed).toMatchObject({
      custom: { rating: 5, tags: ['gold', 'fresh'], since: '2020-05-01' },
      version: 2,
    })
    const [line] = (await mine.read.accounts.timeline(known.id, { limit: 1 })).rows
    expect(line?.diff).toMatchObject({ 'custom.rating': { from: 1, to: 5 }, 'custom.since': { from: null } })
    const made = (await rows(id))[1]?.recordId as never
    expect((await mine.read.accounts.byId(made)).custom).toEqual({ rating: 7, tags: ['gold'] })
    const [birth] = (await mine.read.accounts.timeline(made, { limit: 1 })).rows
    expect(birth?.diff).toMatchObject({ 'custom.rating': { from: null, to: 7 } })
    await done(id, 'reverting')
    expect(await everything(mine)).toEqual(before)
  })

  test('what a company sells comes from a file too, is told apart by its number, and is taken back', async () => {
    const { mine } = placement()
    const { imported, done, rows } = importDesk(mine)
    const before = await everything(mine)
    const items = await imported(
      'name,type,SKU,price cents,currency,active\nBooth,package,B-1,12500,eur,yes\nProps,Add-on,P-1,900,EUR,no\n' +
        'Bad,thing,,x,EUR,\nBooth,package,B-1,15000,EUR,\n',
      'catalog_item',
      { rule: 'update', by: 'sku' },
    )
    expect(items).toMatchObject({ created: 2, updated: 1, failed: 1 })
    expect((await rows(items.id, 'errors'))[0]?.errors.map(({ column }) => column)).toEqual([1, 3])
    const [booth, props] = (await rows(items.id)).map(({ recordId }) => recordId as never)
    expect(await mine.read.catalogItems.byId(booth as never)).toMatchObject({ priceMinor: 15_000, version: 2 })
    expect(await mine.read.catalogItems.byId(props as never)).toMatchObject({
      kind: 'add_on',
      isActive: false,
      unit: 'each',
    })
    await done(items.id, 'reverting')
    expect(await everything(mine)).toEqual(before)
  })

  test('of many rows that change records, those that may not be changed are told apart, and the others are written', async () => {
    const { mine } = placement()
    const { imported, rows } = importDesk(mine)
    const [converted, ...open] = await mine.write(async (db) => {
      await db.pipelines.create(pipelineInput())
      const made: Lead[] = []
      for (const n of [0, 1, 2, 3])
        made.push(await db.leads.create(leadInput({ lastName: `Set ${n}`, email: `set${n}@leads.example` })))
      return made
    })
    if (converted === undefined) throw new TypeError('there is a lead')
    const { id, version } = converted
    const conversion = { id, version, timeZone: 'UTC', allowDuplicates: true }
    await mine.write((db) => convertLead(db, LeadConversionInput.parse(conversion)))
    const batch = await imported(
      `last name,email,status,source\n${[0, 1, 2, 3].map((n) => `Set ${n},SET${n}@leads.example,contacted,${n === 3 ? '' : 'File'}`).join('\n')}`,
      'lead',
      { rule: 'update', by: 'email' },
    )
    expect(batch).toMatchObject({ created: 0, updated: 3, failed: 1 })
    expect((await rows(batch.id, 'errors')).map(({ row, errors }) => [row, errors[0]?.message])).toEqual([
      [1, 'This lead has been converted. Change what it became instead.'],
    ])
    for (const [index, opened] of open.entries()) {
      const lead = await mine.read.leads.byId(opened.id)
      expect(lead).toMatchObject({ status: 'contacted', version: 2, updatedBy: mine.person.id })
      expect(lead.firstResponseAt).toBe(lead.updatedAt)
      expect(lead.source).toBe(index === 2 ? opened.source : 'File')
    }
    // Whoever sees a record and may not change it does not, and leaves no line.
    const limited = importDesk(await mine.limited((person) => ({ see: {}, change: { lead: [person] } })))
    const foreign = await limited.imported('last name,email,source\nSet 1,set1@leads.example,Taken\n', 'lead', {
      rule: 'update',
      by: 'email',
    })
    expect(foreign).toMatchObject({ created: 0, updated: 0, failed: 1 })
    expect(await mine.read.leads.byId(open[0]?.id as never)).toMatchObject({ source: 'File', version: 2 })
  })

  test('what the database alone refuses is an error of its row, and the rows around it are imported', async () => {
    const { mine } = placement()
    const { imported, rows } = importDesk(mine)
    const limited = await mine.limited((person) => ({ see: { lead: [person] }, change: { lead: [person] } }))
    const owner = `owner-${v7()}@x.example`
    await mine.write((db) =>
      db.memberRefs.put([{ userId: v7() as never, name: 'Other', email: owner, status: 'active' }]),
    )
    const batch = await importDesk(limited).imported(
      `last name,owner,company\n${['a', 'b', 'c', 'd', 'e'].map((n) => `${n},${n === 'c' ? owner.toUpperCase() : ''},Firm`).join('\n')}`,
      'lead',
    )
    expect(batch).toMatchObject({ created: 4, failed: 1 })
    const failures = (await importDesk(limited).rows(batch.id, 'errors')).map(({ row }) => row)
    expect(failures).toEqual([3])
    // Nobody else who is limited sees the file; whoever is not limited does.
    const stranger = await mine.limited((person) => ({ see: { lead: [person] }, change: { lead: [person] } }))
    await expect(stranger.read.imports.byId(batch.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(importDesk(stranger).done(batch.id, 'running')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await rows(batch.id)).toHaveLength(5)
    await expect(importDesk(limited).done(batch.id, 'reverting')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await imported('last name,currency\nx,QQQ\ny,eur\n', 'lead')).toMatchObject({ created: 1, failed: 1 })
  })

  test('a revert leaves every table as it was, except for the history', async () => {
    const { mine } = placement()
    const { imported, done, rows } = importDesk(mine)
    await mine.write((db) => db.accounts.create(accountInput({ name: 'Revert Firm', email: 'firm@revert.example' })))
    const before = await everything(mine)
    const accounts = await imported(
      `name,email,city\n${[...Array(11).keys()].map((n) => `Made ${n},made${n % 9}@revert.example,Town`).join('\n')}\nRenamed,FIRM@revert.example,Town`,
      'account',
      { rule: 'update', by: 'email' },
    )
    expect(accounts).toMatchObject({ created: 9, updated: 3 })
    const contacts = await imported(
      'last name,email,company\nMade,c@revert.example,Made 3\nTwo,,Revert Firm',
      'contact',
    )
    expect(contacts).toMatchObject({ created: 1, failed: 1 })
    for (const { id } of [contacts, accounts]) expect(await done(id, 'reverting')).toBe('over')
    expect(await mine.read.imports.byId(accounts.id)).toMatchObject({ status: 'reverted', reverted: 12, kept: 0 })
    expect(await everything(mine)).toEqual(before)
    expect(new Set((await rows(accounts.id)).map(({ outcome }) => outcome))).toEqual(new Set(['reverted']))
    await expect(done(accounts.id, 'running')).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  })

  test('a revert keeps what was changed since or is pointed at, and says why', async () => {
    const { mine } = placement()
    const { imported, done, rows } = importDesk(mine)
    const old = await mine.write((db) => db.accounts.create(accountInput({ name: 'Kept Old', billingCity: null })))
    const batch = await imported(
      'name,city\nKept One,A\nKept Two,B\nKept Three,C\nKept Old,D\nKept Bin,E\n',
      'account',
      { rule: 'update', by: 'name' },
    )
    const [one, two, , , bin] = (await rows(batch.id)).map(({ recordId }) => recordId as never)
    await mine.write(async (db) => {
      await db.accounts.patch({ id: one as never, version: 1, patch: { billingCity: 'Changed' } })
      await db.accounts.patch({ id: old.id, version: 2, patch: { website: 'https://x.example' } })
      await db.accounts.remove({ id: bin as never, version: 1 })
      await db.pipelines.create(pipelineInput())
      await db.opportunities.create(opportunityInput({ accountId: two as never }))
    })
    await done(batch.id, 'reverting')
    expect(await mine.read.imports.byId(batch.id)).toMatchObject({ status: 'reverted', reverted: 1, kept: 4 })
    const kept = await rows(batch.id, 'kept')
    expect(kept.map(({ row, errors }) => [row, errors[0]?.message])).toEqual([
      [1, 'Somebody has changed this record since.'],
      [2, 'Something else points at this record.'],
      [4, 'Somebody has changed this record since.'],
      [5, 'Somebody has changed this record since.'],
    ])
    expect(await mine.read.accounts.byId(old.id)).toMatchObject({ billingCity: 'D', website: 'https://x.example' })
    expect(await mine.read.accounts.byId(two as never)).toMatchObject({ name: 'Kept Two' })
  })

  test('workers that do the same work at once, turn by turn, do each part once', async () => {
    const { mine } = placement()
    const { upload, plan, turn } = importDesk(mine)
    const { id, mapping } = await upload(`name\n${[...Array(60).keys()].map((n) => `Turn ${n}`).join('\n')}\n`)
    await plan(id, mapping)
    for (const work of ['running', 'reverting'] as const) {
      const workId = v7()
      await mine.write((db) => db.imports.ask(id, work, workId))
      const worker = async () => {
        while ((await turn(id, workId, { partRows: 3, turnMs: 5 })) === 'more');
      }
      await Promise.all([worker(), worker(), worker()])
      const found = await mine.read.accounts.count({ search: 'turn ', show: 'active', filters: {} } as never)
      expect(found.count).toBe(work === 'running' ? 60 : 0)
    }
    expect(await mine.read.imports.byId(id)).toMatchObject({ total: 60, created: 60, reverted: 60, kept: 0, failed: 0 })
  })

  test('what is paused stops, is changed by nobody meanwhile, and goes on where it was', async () => {
    const { mine } = placement()
    const { upload, plan, turn, done, rows } = importDesk(mine)
    const { id, mapping } = await upload(`name\n${[...Array(20).keys()].map((n) => `Pause ${n}`).join('\n')}\n`)
    await expect(done(id, 'reverting')).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    await plan(id, mapping)
    const workId = v7()
    await mine.write((db) => db.imports.ask(id, 'running', workId))
    await expect(plan(id, mapping)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    expect(await turn(id, workId, { turnMs: 0 })).toBe('more')
    await mine.write((db) => db.imports.pause(id))
    expect(await turn(id, workId)).toBe('over')
    expect(await mine.read.imports.byId(id)).toMatchObject({ status: 'paused', created: 4 })
    // Work that was asked for later than what the batch knows is not committed yet.
    expect(await turn(id, v7())).toBe('early')
    await done(id, 'running')
    expect(await mine.read.imports.byId(id)).toMatchObject({ status: 'done', created: 20 })
    expect(new Set((await rows(id)).map(({ recordId }) => recordId)).size).toBe(20)
    const other = await upload(`name\n${[...Array(30).keys()].map((n) => `Other ${n}`).join('\n')}\n`)
    await done(id, 'removing')
    await expect(mine.read.imports.byId(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await mine.database.reader.db.execute(`select from crm.import_rows where batch_id = '${id}'`)).toEqual([])
    expect(await rows(other.id)).toHaveLength(30)
  })

  test('another company neither sees a file nor goes on with it', async () => {
    const { mine, theirs } = placement()
    const { upload, plan } = importDesk(mine)
    const { id, mapping } = await upload('name\nMine alone\n')
    await plan(id, mapping)
    const workId = v7()
    await mine.write((db) => db.imports.ask(id, 'running', workId))
    const foreign = importDesk(theirs)
    for (const attempt of [
      () => theirs.read.imports.byId(id),
      () => theirs.read.imports.rows({ id, show: 'all', limit: 10 }),
      () => foreign.plan(id, mapping),
      () => foreign.done(id, 'running'),
      () => theirs.write((db) => db.imports.pause(id)),
      () => theirs.write((db) => db.imports.lock(id)),
      () => theirs.write((db) => fixImportRow(db, { id, row: 1, cells: ['x'] })),
      () => theirs.write((db) => db.imports.stage(id, [{ row: 9, cells: ['x'] }])),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await foreign.turn(id, workId)).toBe('early')
    expect(await theirs.read.imports.pending(id, { after: 0, limit: 10 })).toEqual([])
    expect(await mine.read.imports.byId(id)).toMatchObject({ status: 'running', created: 0 })
  })
})

/** All that an import writes but what it says about itself: history, and the version and time of what was changed. */
async function everything({ database }: Desk): Promise<unknown[]> {
  const own = `- 'version' - 'updated_at' - 'updated_by'`
  const tables = [
    'accounts',
    'contacts',
    'contact_points',
    'contact_accounts',
    'leads',
    'catalog_items',
    'record_links',
  ]
  return await database.reader.db.execute(
    tables
      .map((table) => `select '${table}' as source, (to_jsonb(t) ${own})::text as row from crm.${table} t`)
      .join(' union all ') + ' order by 1, 2',
  )
}
