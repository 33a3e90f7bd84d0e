import { LeadConversionInput } from '@tenantry/contracts/lead-conversion'
import type { Lead } from '@tenantry/contracts/leads'
import { accountInput } from '@tenantry/testing/factories/account'
import { contactInput } from '@tenantry/testing/factories/contact'
import { leadInput } from '@tenantry/testing/factories/lead'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { inEveryPlacement } from '@tenantry/testing/placements'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { convertLead } from '../leads/convert-lead.ts'
import { everything, importDesk } from './import-desk.fixture.ts'

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
})
