import { withAdminConnection } from '@tenantry/connections/admin'
import { adminTargetOf } from '../targets.ts'
import { setUp, type BenchWorld } from '../world.ts'
import { fillCompany } from './fill.ts'

/** A company with many rows, on the server of `world` and beside it. */
export async function openLargeWorld(
  world: BenchWorld,
  rows: number,
): Promise<{ world: BenchWorld; facts: string } & AsyncDisposable> {
  const { host, port, user, password } = adminTargetOf(world)
  const built = await setUp({ host, port, user, password: password() })
  try {
    const { tenantIdInDataSource, userId } = built.world
    await withAdminConnection(
      adminTargetOf(built.world),
      (run) => fillCompany(run, { tenantIdInDataSource, userId, rows }),
      { statementMs: 1_800_000 },
    )
    const invoices = Math.ceil(rows / 20)
    const facts = `${rows} accounts, ${rows} opportunities of which four fifths are open, ${invoices} invoices with a payment each, as many tasks and dates of events.`
    return { world: built.world, facts, [Symbol.asyncDispose]: () => built.close() }
  } catch (error) {
    await built.close()
    throw error
  }
}
