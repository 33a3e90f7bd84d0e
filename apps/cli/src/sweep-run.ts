import { TenantId } from '@tenantry/contracts/ids'
import type { Command } from 'commander'
import type { Access } from './access.ts'
import { conductRun } from './manners/conduct-run.ts'
import type { WritingOptions } from './manners/consent.ts'
import type { OutputOptions, Shell } from './shell.ts'

/** From where somebody sweeps. */
export interface Sweeper {
  shell: Shell
  command: Command
  options: OutputOptions & WritingOptions
}

export interface Sweep<Item> {
  /** What is swept, as the journal calls it. */
  subject: string
  /** What is shown meanwhile. */
  title: string
  /** As the journal calls one of them. */
  nameOf: (item: Item) => string
  sweepOne: (item: Item) => Promise<Record<string, unknown>>
}

export const sweepKind = 'doctor.sweep'

/**
 * Removes or mends one after the other what was found. The journal has a unit for each, and every tenant that it concerns an
 * entry in its audit log from before anything is touched.
 */
export async function sweepEach<Item extends { slug: string | null; tenantId?: string | null }>(
  sweeper: Sweeper,
  { app, operatorName }: Pick<Access, 'app' | 'operatorName'>,
  { items, subject, title, nameOf, sweepOne }: Sweep<Item> & { items: readonly Item[] },
): Promise<void> {
  const run = await app.runs.start({ kind: sweepKind, subject, input: {}, startedBy: operatorName })
  await conductRun(sweeper, run, async ({ progress, stop }) => {
    run.heed(stop)
    const tenants = new Map(
      items.flatMap(({ tenantId, slug }) => (tenantId == null ? [] : [[tenantId, slug] as const])),
    )
    for (const [tenantId, slug] of tenants) {
      await app.db.audit.record({
        principal: { kind: 'operator', name: operatorName },
        tenantId: TenantId.parse(tenantId),
        action: 'tenant.sweep_begun',
        subject: slug,
        detail: { what: subject, run: run.id },
      })
    }
    await progress.meter(title, items.length, async (advance) => {
      for (const item of items) {
        await run.unit(nameOf(item), () => sweepOne(item))
        advance()
      }
    })
    return { status: 'done', result: undefined }
  })
}
