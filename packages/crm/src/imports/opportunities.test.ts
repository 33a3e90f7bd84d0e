import type { Account } from '@tenantry/contracts/accounts'
import type { Contact } from '@tenantry/contracts/contacts'
import type { OpportunityId } from '@tenantry/contracts/ids'
import { OpportunityLinesInput } from '@tenantry/contracts/opportunity-lines'
import { OpportunityBoardQuery } from '@tenantry/contracts/opportunities'
import { PipelinePatch, type Pipeline } from '@tenantry/contracts/pipelines'
import { accountInput } from '@tenantry/testing/factories/account'
import { contactInput } from '@tenantry/testing/factories/contact'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { inEveryPlacement } from '@tenantry/testing/placements'
import { v7 } from 'uuid'
import { beforeAll, expect, test } from 'vitest'
import { everything, importDesk } from './import-desk.fixture.ts'

inEveryPlacement((placement) => {
  let parties: Pipeline
  let corporate: Pipeline
  let firm: Account
  let twin: Account
  let ada: Contact
  let foreign: Account

  beforeAll(async () => {
    const { mine, theirs } = placement()
    await mine.write(async (db) => {
      await db.company.put({ name: 'Mine', timeZone: 'Pacific/Auckland', locale: 'de-DE', currency: 'EUR' })
      parties = await db.pipelines.create(pipelineInput())
      corporate = await db.pipelines.create(pipelineInput({ name: 'Corporate' }))
      firm = await db.accounts.create(accountInput({ name: 'Deal Firm', email: 'deals@firm.example' }))
      twin = await db.accounts.create(accountInput({ name: 'Twin' }))
      await db.accounts.create(accountInput({ name: 'Twin' }))
      const points = [{ kind: 'email' as const, value: 'ada@deal.example', isPrimary: true }]
      ada = await db.contacts.create(contactInput({ firstName: 'Ada', lastName: 'Deal', points }))
    })
    await theirs.write(async (db) => {
      await db.pipelines.create(pipelineInput({ name: 'Foreign' }))
      foreign = await db.accounts.create(accountInput({ name: 'Foreign Firm', email: 'f@foreign.example' }))
    })
  })

  const stageOf = ({ stages }: Pipeline, name: string) => stages.find((stage) => stage.name === name)?.id

  test('opportunities come in where they stand, with their companies, amounts and ends, as if each had been created', async () => {
    const { mine } = placement()
    const { imported, rows, done } = importDesk(mine)
    const owner = `deals-${v7()}@x.example`
    const colleague = v7() as never
    await mine.write((db) => db.memberRefs.put([{ userId: colleague, name: 'Kim', email: owner, status: 'active' }]))
    const above = await mine.write((db) => db.opportunities.create(opportunityInput()))
    const before = await everything(mine)
    const batch = await imported(
      'Deal name;Account name;Contact person;Pipeline;Deal stage;Status;Amount;Currency;Probability;Close date;Closed lost reason;Deal owner;Next step;Type\n' +
        `First;deal firm;ada deal;;;;1.234,50;;;2031-05-01;;${owner.toUpperCase()};Call;wedding\n` +
        `Second;DEALS@firm.example;Ada@deal.example;;proposal;;$ 2,000.00;USD;33 %;1.5.2031;;;;\n` +
        `Third;${twin.id};${ada.id};corporate;Proposal;Lost;900;;;2026-03-29;Too dear;;;\n` +
        `Fourth;;;;Won;;€ 1.200,-;;100;2026-06-02 12:00;;;;\n` +
        'Fifth;;;Corporate;;closed won;;JPY;;;;;;\nSixth;;;;;;0;;;;;;;\n',
      'opportunity',
    )
    expect(batch).toMatchObject({ status: 'done', total: 6, created: 6, failed: 0 })
    expect(batch.mapping).toHaveLength(14)
    const made = await Promise.all(
      (await rows(batch.id)).map(({ recordId }) => mine.read.opportunities.byId(recordId as OpportunityId)),
    )
    expect(made).toMatchObject([
      {
        name: 'First',
        accountId: firm.id,
        contactId: ada.id,
        amountMinor: 123_450,
        currency: 'EUR',
        ownerId: colleague,
        nextStep: 'Call',
      },
      {
        accountId: firm.id,
        contactId: ada.id,
        amountMinor: 200_000,
        currency: 'USD',
        probability: 33,
        probabilityOverridden: true,
      },
      {
        accountId: twin.id,
        contactId: ada.id,
        stageId: stageOf(corporate, 'Lost'),
        outcome: 'lost',
        lostReason: 'Too dear',
      },
      { stageId: stageOf(parties, 'Won'), outcome: 'won', probability: 100, amountMinor: 120_000 },
      { stageId: stageOf(corporate, 'Won'), outcome: 'won', amountMinor: 0, currency: 'JPY' },
      { stageId: stageOf(parties, 'Inquiry'), probability: 10, forecastCategory: 'pipeline', accountId: null },
    ])
    const [first, second, third, fourth, fifth, sixth] = made
    expect(second).toMatchObject({
      stageId: stageOf(parties, 'Proposal'),
      expectedCloseOn: '2031-05-01',
      outcome: null,
    })
    // Noon of that day where the company is, in its winter as in its summer; where nothing is said, now.
    expect(third).toMatchObject({ closedAt: '2026-03-28T23:00:00Z', stageEnteredAt: '2026-03-28T23:00:00Z' })
    expect(fourth).toMatchObject({ closedAt: '2026-06-02T00:00:00Z', expectedCloseOn: '2026-06-02' })
    expect(fifth?.closedAt).toBe(fifth?.createdAt)
    const ranks = [above, first, sixth].map((card) => card?.boardRank ?? '')
    expect(ranks).toEqual(ranks.toSorted((a, b) => (a < b ? -1 : 1)))
    // What is remembered is what is remembered of one that is made by hand.
    const { name, accountId, contactId, amountMinor, currency, ownerId, expectedCloseOn, nextStep, eventType } =
      first ?? above
    const byHand = { name, accountId, contactId, amountMinor, currency, ownerId, expectedCloseOn, nextStep, eventType }
    const { id } = await mine.write((db) => db.opportunities.create(opportunityInput(byHand)))
    const changing = ['boardRank', 'stageEnteredAt']
    const lineOf = async (of: OpportunityId) => {
      const [line] = (await mine.read.opportunities.timeline(of, { limit: 5 })).rows
      const told = Object.entries(line?.diff ?? {}).filter(([field]) => !changing.includes(field))
      return [line?.action, Object.fromEntries(told)]
    }
    const stages = async (of: OpportunityId) =>
      (await mine.read.opportunities.stageHistory(of)).map(({ id: _id, changedAt: _at, ...line }) => line)
    expect(await lineOf(first?.id as OpportunityId)).toEqual(await lineOf(id))
    expect(await stages(first?.id as OpportunityId)).toEqual(await stages(id))
    expect(await stages(third?.id as OpportunityId)).toMatchObject([
      { fromStageId: null, toStageName: 'Lost', probability: 0 },
    ])
    expect(await mine.read.dashboard.wrongSums()).toBe(0)
    await mine.database.transaction((tx) => tx.db.execute(`delete from crm.opportunities where id = '${id}'`))
    expect(await done(batch.id, 'reverting')).toBe('over')
    expect(await mine.read.imports.byId(batch.id)).toMatchObject({ reverted: 6, kept: 0 })
    expect(await everything(mine)).toEqual(before)
    expect(await mine.read.dashboard.wrongSums()).toBe(0)
  })

  test('each cell that cannot be meant says what to do, and the run says what the check has said', async () => {
    const { mine } = placement()
    const { upload, plan, done, rows } = importDesk(mine)
    const { id, mapping } = await upload(
      'name;account;pipeline;stage;outcome;amount;currency;probability;closed on;lost reason\n' +
        'Bad;Twin;;Nowhere;;much;;;;\n' +
        `Bad;${foreign.id};Foreign;;;-5;;;;\n` +
        ';;;Won;lost;1,234;;;;\n' +
        'Bad;f@foreign.example;;Lost;;5 USD;EUR;50,5;;\n' +
        'Bad;;;Proposal;perhaps;$ 5;;;2026-01-01;Why\n' +
        'Bad;;;Won;;5;QQQ;101;2999-01-01;\n',
      'opportunity',
    )
    await plan(id, mapping)
    const before = await everything(mine)
    await done(id, 'checking')
    expect(await everything(mine)).toEqual(before)
    const errors = async () =>
      (await rows(id)).map((row) => row.errors.map(({ field, message }) => `${field}: ${message}`).toSorted())
    const checked = await errors()
    expect(checked.map((row) => row.map((error) => error.split(':')[0]))).toEqual([
      ['amount', 'company', 'stage'],
      ['amount', 'company', 'pipeline'],
      ['amount', 'name', 'outcome'],
      ['amount', 'company', 'lostReason', 'probability'],
      ['amount', 'outcome'],
      ['closedOn', 'currency', 'probability'],
    ])
    expect(checked[0]).toMatchObject([
      'amount: This is no amount.',
      'company: Several companies have this name. Write the e-mail address or the id of the one that is meant.',
      'stage: There is no stage of this name in the pipeline «Private parties». It has Inquiry, Proposal, Won, Lost.',
    ])
    expect(checked[2]?.[0]).toMatch(/two ways/)
    await done(id, 'running')
    expect(await errors()).toEqual(checked)
    expect(await mine.read.imports.byId(id)).toMatchObject({ created: 0, failed: 6, invalid: 6 })
  })

  test('opportunities that are there are moved, won and put right; the same file again changes nothing; a revert moves them back', async () => {
    const { mine } = placement()
    const { imported, rows, done } = importDesk(mine)
    const create = (over: object) =>
      mine.write((db) => db.opportunities.create(opportunityInput({ currency: 'EUR', ...over })))
    const gala = await create({ name: 'Gala', accountId: firm.id, amountMinor: 5 })
    const twins = await create({ name: 'Gala', accountId: twin.id, pipelineId: corporate.id })
    const dollars = await create({ name: 'Dollars', currency: 'USD' })
    const priced = await create({ name: 'Priced' })
    await mine.write((db) =>
      db.opportunities.setLines(
        OpportunityLinesInput.parse({
          id: priced.id,
          version: 1,
          lines: [{ kind: 'package', name: 'Booth', unitPriceMinor: 900 }],
        }),
      ),
    )
    const before = await everything(mine)
    const file =
      'name,account,stage,status,amount,closed on,lost reason,probability\n' +
      'Gala,Deal Firm,Proposal,,70,,,60\nGala,Deal Firm,,won,80,2026-02-01,,\n' +
      `Gala,${twin.id},Proposal,lost,,2026-02-02,Rain,\nDollars,,,,5,,,\nPriced,,,,5,,,\nGala,,,,1,,,\nNew,Deal Firm,Won,,1,,,\n`
    const rule = { rule: 'update', by: 'name' } as const
    const batch = await imported(file, 'opportunity', rule)
    expect(batch).toMatchObject({ created: 1, updated: 3, failed: 3 })
    expect(
      (await rows(batch.id, 'errors')).map(({ row, errors }) => [row, errors[0]?.field, errors[0]?.message]),
    ).toEqual([
      [4, 'amount', 'This opportunity is in USD: say in which currency the amount is.'],
      [5, 'amount', 'The amount is the sum of the lines. Change these instead.'],
      [6, 'name', 'Several records have this value: which one is meant cannot be told.'],
    ])
    expect(await mine.read.opportunities.byId(gala.id)).toMatchObject({
      stageId: stageOf(parties, 'Won'),
      outcome: 'won',
      closedAt: '2026-01-31T23:00:00Z',
      amountMinor: 8_000,
      version: 3,
    })
    expect(await mine.read.opportunities.byId(twins.id)).toMatchObject({
      stageId: stageOf(corporate, 'Lost'),
      lostReason: 'Rain',
    })
    expect(await mine.read.opportunities.byId(dollars.id)).toMatchObject({ version: 1 })
    const history = await mine.read.opportunities.stageHistory(gala.id)
    expect(
      history.map(({ fromStageName, toStageName, amountMinor, probability }) => [
        fromStageName,
        toStageName,
        amountMinor,
        probability,
      ]),
    ).toEqual([
      [null, 'Inquiry', 5, 10],
      ['Inquiry', 'Proposal', 7_000, 60],
      ['Proposal', 'Won', 8_000, 100],
    ])
    expect(await mine.read.dashboard.wrongSums()).toBe(0)
    // Of the rows about one opportunity the first says something else than the second.
    const again = await imported(
      `name,account,status,amount,closed on,lost reason\nGala,Deal Firm,won,80,2026-02-01,\nGala,${twin.id},lost,,2026-02-02,Rain\n`,
      'opportunity',
      rule,
    )
    expect(again).toMatchObject({ created: 0, updated: 0, skipped: 2, failed: 0 })
    await done(batch.id, 'reverting')
    expect(await mine.read.imports.byId(batch.id)).toMatchObject({ reverted: 4, kept: 0 })
    expect(await everything(mine)).toEqual(before)
    expect(await mine.read.dashboard.wrongSums()).toBe(0)
    expect(await mine.read.opportunities.stageHistory(gala.id)).toHaveLength(5)
  })

  test('an opportunity whose stage was removed since stays where the file has put it, and so does one that others use', async () => {
    const { mine } = placement()
    const { imported, rows, done } = importDesk(mine)
    const stages = [
      { name: 'Early', probability: 10 },
      { name: 'Later', probability: 20 },
      { name: 'Won', kind: 'won', probability: 100 },
      { name: 'Lost', kind: 'lost', probability: 0 },
    ] as const
    const pipeline = await mine.write((db) =>
      db.pipelines.create(pipelineInput({ name: 'Brief', stages: [...stages] })),
    )
    const moved = await mine.write((db) =>
      db.opportunities.create(opportunityInput({ name: 'Moved', currency: 'EUR', pipelineId: pipeline.id })),
    )
    const batch = await imported(
      'name,pipeline,stage\nMoved,Brief,Later\nUsed,Brief,Later\nAlone,Brief,Later\n',
      'opportunity',
      {
        rule: 'update',
        by: 'name',
      },
    )
    expect(batch).toMatchObject({ created: 2, updated: 1 })
    const left = pipeline.stages.slice(1).map(({ id, name, kind, probability }) => ({ id, name, kind, probability }))
    const used = (await rows(batch.id))[1]?.recordId as OpportunityId
    await mine.write((db) =>
      db.pipelines.patch({ id: pipeline.id, version: 1, patch: PipelinePatch.parse({ stages: left }) }),
    )
    await mine.write((db) => db.opportunities.patch({ id: used, version: 1, patch: { nextStep: 'Call' } }))
    await done(batch.id, 'reverting')
    expect((await rows(batch.id, 'kept')).map(({ row, errors }) => [row, errors[0]?.message])).toEqual([
      [1, 'The stage that it was in is not there any more.'],
      [2, 'Somebody has changed this record since.'],
    ])
    expect(await mine.read.imports.byId(batch.id)).toMatchObject({ reverted: 1, kept: 2 })
    expect(await mine.read.opportunities.byId(moved.id)).toMatchObject({ stageName: 'Later' })
    expect(await mine.read.dashboard.wrongSums()).toBe(0)
  })

  test('what the database alone refuses to take back is kept with its reason, and the rows around it are taken back', async () => {
    const { mine } = placement()
    const { imported, rows, done } = importDesk(mine)
    const people = await imported('last name\nBrief\n', 'contact')
    const brief = (await rows(people.id))[0]?.recordId as Contact['id']
    const names = ['Left', 'Near', 'Middle', 'Right', 'Far']
    for (const name of names)
      await mine.write((db) =>
        db.opportunities.create(opportunityInput({ name, contactId: name === 'Middle' ? brief : null })),
      )
    const batch = await imported(
      `name,contact\n${names.map((name) => `${name},Ada Deal`).join('\n')}\n`,
      'opportunity',
      {
        rule: 'update',
        by: 'name',
      },
    )
    expect(batch).toMatchObject({ created: 0, updated: 5 })
    // Nothing points at this person any more, so they go, and cannot be given back afterwards.
    await done(people.id, 'reverting')
    expect(await mine.read.imports.byId(people.id)).toMatchObject({ reverted: 1, kept: 0 })
    await done(batch.id, 'reverting')
    expect(await mine.read.imports.byId(batch.id)).toMatchObject({ status: 'reverted', reverted: 4, kept: 1 })
    expect((await rows(batch.id, 'kept')).map(({ row, errors }) => [row, errors[0]?.message])).toEqual([
      [3, 'There is no such contact.'],
    ])
    const contacts = await Promise.all(
      (await rows(batch.id)).map(
        async ({ recordId }) => (await mine.read.opportunities.byId(recordId as OpportunityId)).contactId,
      ),
    )
    expect(contacts).toEqual([null, null, ada.id, null, null])
  })

  test('cards that people place while a file comes in, and those of the file, all have places of their own', async () => {
    const { mine } = placement()
    const { imported } = importDesk(mine)
    const pipeline = await mine.write((db) => db.pipelines.create(pipelineInput({ name: 'Busy' })))
    const file = `name,pipeline\n${[...Array(40).keys()].map((n) => `Card ${n},Busy`).join('\n')}\n`
    const place = async () => {
      for (let n = 0; n < 10; n++)
        await mine.write((db) => db.opportunities.create(opportunityInput({ pipelineId: pipeline.id })))
    }
    await Promise.all([imported(file, 'opportunity'), place(), imported(file, 'opportunity'), place()])
    const { columns } = await mine.read.opportunities.board(OpportunityBoardQuery.parse({ pipelineId: pipeline.id }))
    const ranks = columns[0]?.cards.map(({ boardRank }) => boardRank) ?? []
    expect([ranks.length, new Set(ranks).size]).toEqual([100, 100])
  })
})
