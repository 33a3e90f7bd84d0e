import { lookInto } from '@tenantry/testing/look-into'
import { legacyRowCounts, legacyTableNames } from '@tenantry/tenant-transfer/legacy'
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { commands } from './commands.ts'
import { movedCompany } from './moved-company.ts'
import { answerOf, type Walk } from './walk.ts'

const legacyRows = Object.values(legacyRowCounts).reduce((sum, rows) => sum + rows, 0)

/** From rows in old tables to a tenant database that is in charge. */
export async function moveIn(walk: Walk): Promise<void> {
  const { narrator, owner } = walk
  await narrator.step('A company waits in the old tables', null, async (see) => {
    const counts = await legacyCounts(walk)
    deepStrictEqual(counts, legacyRowCounts)
    see(`${legacyRows} rows in ${legacyTableNames.length} tables, and rows of another company beside them`)
  })
  await narrator.step('Make its tenant', commands.create, async (see) => {
    const made = await answerOf<{ address: string; invitation: { link: string } }>(walk, commands.create)
    await owner.acceptInvitation(made.invitation.link, movedCompany.password)
    await owner.signIn(movedCompany.owner, movedCompany.password)
    see(`its own database, and its owner signed in by the link of the invitation`)
  })
  await narrator.step('Look before anything moves', commands.plan, async (see) => {
    const { rows, tables } = await answerOf<{ rows: number; tables: { quarantined: number }[] }>(walk, commands.plan)
    strictEqual(rows, legacyRows)
    const waiting = tables.reduce((sum, table) => sum + table.quarantined, 0)
    see(`${rows} rows, ${waiting} of them cannot be moved in as they are`)
  })
  await narrator.step('Copy, while the company works in the old system', commands.run, async (see) => {
    const { isWhole, isOnline, copied } = await answerOf<{ isWhole: boolean; isOnline: boolean; copied: number }>(
      walk,
      commands.run,
    )
    deepStrictEqual({ isWhole, isOnline }, { isWhole: true, isOnline: true })
    see(`${copied} rows were made of them, for some become two; later changes flow`)
  })
  await narrator.step('Compare the contents of both sides', commands.verify, async (see) => {
    const { ok: isEqual, differences } = await answerOf<{ ok: boolean; differences: unknown[] }>(walk, commands.verify)
    deepStrictEqual({ isEqual, differences }, { isEqual: true, differences: [] })
    see('no difference')
  })
  await narrator.step('Switch over', commands.cutover, async (see) => {
    const { pausedMs } = await answerOf<{ pausedMs: number }>(walk, commands.cutover)
    ok(pausedMs > 0)
    see(`writes were held back for ${Math.round(pausedMs)} ms`)
  })
}

async function legacyCounts({ ground }: Walk): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of legacyTableNames) {
    const [row] = await lookInto<{ count: string }>(
      ground.application,
      `select count(*) from public.${table} where tenant_id = $1`,
      [movedCompany.legacyTenantId],
    )
    counts[table] = Number(row?.count)
  }
  return counts
}
