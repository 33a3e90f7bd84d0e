import { isTenantryError } from '@tenantry/errors'
import { randomUUID } from 'node:crypto'
import { withAccess, type Access } from './access.ts'
import { askToGoOn } from './manners/consent.ts'
import { sweepEach, type Sweeper } from './sweep-run.ts'

/** A tenant whose dashboard adds up to something else than its rows. */
export interface SumsFinding {
  slug: string
  tenantId: string
  /** How many of the kept sums are wrong. */
  wrong: number
}

const needs = { requires: '0028_invoice_sums' }
const reason = 'tenantry doctor'

/** A tenant whose database cannot be reached is among the tenants already; one without the sums has none that are wrong. */
export async function lookAtSums({ app, dataSources, operatorName }: Access): Promise<SumsFinding[]> {
  const found: SumsFinding[] = []
  for (const { id: tenantId, slug, status } of await app.db.tenants.listForOperator()) {
    if (status === 'archived') continue
    try {
      const why = { reason, access: 'read', requestId: randomUUID() } as const
      const grant = await app.grants.forOperator(operatorName, slug, why)
      const wrong = await dataSources.withTenant(grant, (db) => db.dashboard.wrongSums(), needs)
      if (wrong > 0) found.push({ slug, tenantId, wrong })
    } catch (error) {
      if (!isTenantryError(error)) throw error
    }
  }
  return found
}

/** Adds up anew what is wrong, after asking, and gives what still differs. */
export async function mendSumsOf(sweeper: Sweeper, found: SumsFinding[]): Promise<SumsFinding[]> {
  const { shell, options } = sweeper
  if (found.length === 0) return found
  const names = found.map(({ slug, wrong }) => `  ${wrong} sums of ${slug}`)
  await askToGoOn(shell, options, `${names.join('\n')}\nAdd these up anew?`)
  return await withAccess(shell, async (access) => {
    await sweepEach(sweeper, access, {
      items: found,
      subject: 'sums',
      title: 'Adding up',
      nameOf: ({ slug }) => `sums of ${slug}`,
      sweepOne: async ({ slug, wrong }) => {
        const why = { reason, access: 'write', requestId: randomUUID() } as const
        const grant = await access.app.grants.forOperator(access.operatorName, slug, why)
        await access.dataSources.withTenantWriter(grant, (db) => db.dashboard.mendSums(), needs)
        return { wrong }
      },
    })
    return await lookAtSums(access)
  })
}
