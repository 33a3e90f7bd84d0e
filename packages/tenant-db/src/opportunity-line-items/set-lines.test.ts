import type { Opportunity } from '@tenantry/contracts/opportunities'
import { OpportunityLinesInput } from '@tenantry/contracts/opportunity-lines'
import { catalogItemInput } from '@tenantry/testing/factories/catalog-item'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

type Lines = z.input<typeof OpportunityLinesInput>['lines']

inEveryPlacement((placement) => {
  beforeAll(async () => {
    const { mine, theirs } = placement()
    for (const desk of [mine, theirs]) await desk.write((db) => db.pipelines.create(pipelineInput()))
  })

  test('the amount of an opportunity is what its lines come to', async () => {
    const { mine } = placement()
    const opportunity = await newOpportunity(mine)
    const item = await mine.write((db) => db.catalogItems.create(catalogItemInput()))
    const changed = await setLines(mine, opportunity, [
      { kind: 'package', name: 'Booth', unitPriceMinor: 90_000, catalogItemId: item.id },
      { kind: 'service', name: 'Attendant', quantity: '2.5', unitPriceMinor: 3_333, discountMinor: 100 },
      { kind: 'add_on', name: 'Album', unitPriceMinor: 5_000, isOptional: true, isSelected: false },
      { kind: 'add_on', name: 'Props', unitPriceMinor: 2_000, isOptional: true },
      { kind: 'discount', name: 'Early bird', unitPriceMinor: 10_000 },
    ])
    // 2.5 × 33.33 is 83.325, which is 83.33.
    expect(changed).toMatchObject({ amountSource: 'lines', amountMinor: 90_000 + 8_233 + 2_000 - 10_000, version: 2 })
    const lines = await mine.read.opportunities.lines(opportunity.id)
    expect(lines.map(({ name, netMinor }) => `${name} ${netMinor}`)).toEqual([
      'Booth 90000',
      'Attendant 8233',
      'Album 5000',
      'Props 2000',
      'Early bird 10000',
    ])
    expect(lines[0]).toMatchObject({ catalogItemId: item.id, quantity: '1.000' })
  })

  test('an amount made of lines is not set by hand, until there are no lines', async () => {
    const { mine } = placement()
    const opportunity = await newOpportunity(mine)
    const lined = await setLines(mine, opportunity, [{ kind: 'fee', name: 'Travel', unitPriceMinor: 100 }])
    const patch = (version: number) =>
      mine.write((db) => db.opportunities.patch({ id: lined.id, version, patch: { amountMinor: 5 } }))
    await expect(patch(2)).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { field: 'amountMinor' } })
    const bare = await setLines(mine, lined, [])
    expect(bare).toMatchObject({ amountSource: 'manual', amountMinor: 100 })
    expect(await patch(3)).toMatchObject({ amountMinor: 5 })
  })

  test('history tells the lines before and after, and an older amount is not undone behind their back', async () => {
    const { mine } = placement()
    const opportunity = await newOpportunity(mine)
    await mine.write((db) => db.opportunities.patch({ id: opportunity.id, version: 1, patch: { amountMinor: 100 } }))
    await setLines(mine, { ...opportunity, version: 2 }, [{ kind: 'fee', name: 'Travel', unitPriceMinor: 100 }])
    const { rows } = await mine.read.opportunities.timeline(opportunity.id, { limit: 2 })
    expect(rows[0]?.diff).toMatchObject({
      lines: { from: [], to: [{ name: 'Travel' }] },
      amountSource: { to: 'lines' },
    })
    const undo = (changeId = '') => mine.write((db) => db.opportunities.undo(opportunity.id, changeId))
    await expect(undo(rows[1]?.id)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    expect(await undo(rows[0]?.id)).toMatchObject({ amountSource: 'manual', amountMinor: 100, version: 4 })
  })

  test('a change of lines is undone as a whole with its amount, and redone, but not over somebody’s later lines', async () => {
    const { mine } = placement()
    const opportunity = await newOpportunity(mine)
    const booth = { kind: 'package', name: 'Booth', quantity: '1.5', unitPriceMinor: 999 } as const
    const first = await setLines(mine, opportunity, [booth, { kind: 'discount', name: 'Friend', unitPriceMinor: 9 }])
    const before = await linesOf(mine, opportunity)
    const second = await setLines(mine, first, [{ kind: 'fee', name: 'Travel', unitPriceMinor: 100 }])
    const newest = async () => (await mine.read.opportunities.timeline(opportunity.id, { limit: 1 })).rows[0]?.id ?? ''
    const undo = (changeId: string) => mine.write((db) => db.opportunities.undo(opportunity.id, changeId))
    const mistake = await newest()
    expect(await undo(mistake)).toMatchObject({ amountMinor: 1490, amountSource: 'lines', version: 4 })
    expect(await linesOf(mine, opportunity)).toEqual(before)
    const redone = await undo(await newest())
    expect(redone).toMatchObject({ amountMinor: second.amountMinor, version: 5 })
    await setLines(mine, redone, [booth])
    await expect(undo(mistake)).rejects.toMatchObject({ code: 'STALE_WRITE', data: { currentVersion: 6 } })
    expect(await linesOf(mine, opportunity)).toMatchObject([{ name: 'Booth' }])
  })

  test('lines of which nothing is left after the discounts, and items nobody sells, are refused and lose nothing', async () => {
    const { mine, theirs } = placement()
    const opportunity = await newOpportunity(mine)
    const foreign = await theirs.write((db) => db.catalogItems.create(catalogItemInput()))
    const lines: Lines[] = [
      [{ kind: 'discount', name: 'All', unitPriceMinor: 1 }],
      [{ kind: 'fee', name: 'Foreign', unitPriceMinor: 1, catalogItemId: foreign.id }],
      [{ kind: 'fee', name: 'Much', quantity: '2', unitPriceMinor: Number.MAX_SAFE_INTEGER }],
      [{ kind: 'fee', name: 'Too much', quantity: '999999999', unitPriceMinor: Number.MAX_SAFE_INTEGER }],
    ]
    for (const list of lines)
      await expect(setLines(mine, opportunity, list)).rejects.toMatchObject({
        code: 'RULE_VIOLATED',
        data: { field: 'lines' },
      })
    expect(await mine.read.opportunities.byId(opportunity.id)).toEqual(opportunity)
    expect(await mine.read.opportunities.lines(opportunity.id)).toEqual([])
  })

  test('an opportunity of another tenant has no lines to read or to set', async () => {
    const { mine, theirs } = placement()
    const opportunity = await newOpportunity(theirs)
    await expect(mine.read.opportunities.lines(opportunity.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(setLines(mine, opportunity, [])).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('of people who set the lines at once one wins, and the amount is the sum of the lines that stand', async () => {
    const { mine } = placement()
    const opportunity = await newOpportunity(mine)
    const outcomes = await Promise.allSettled(
      [100, 200, 300, 400].map((unitPriceMinor) =>
        setLines(mine, opportunity, [
          { kind: 'fee', name: 'One', unitPriceMinor },
          { kind: 'fee', name: 'Two', unitPriceMinor },
        ]),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const lines = await mine.read.opportunities.lines(opportunity.id)
    const { amountMinor } = await mine.read.opportunities.byId(opportunity.id)
    expect(lines).toHaveLength(2)
    expect(amountMinor).toBe(lines.reduce((sum, { netMinor }) => sum + netMinor, 0))
  })
})

function newOpportunity(desk: Desk): Promise<Opportunity> {
  return desk.write((db) => db.opportunities.create(opportunityInput()))
}

function setLines(desk: Desk, { id, version }: Opportunity, lines: Lines): Promise<Opportunity> {
  return desk.write((db) => db.opportunities.setLines(OpportunityLinesInput.parse({ id, version, lines })))
}

async function linesOf(desk: Desk, { id }: Opportunity) {
  const lines = await desk.read.opportunities.lines(id)
  return lines.map((line) => ({ ...line, id: null }))
}
