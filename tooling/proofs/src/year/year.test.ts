import type { AdminRun } from '@tenantry/connections/admin'
import { expect, test } from 'vitest'
import { audit } from './audit/audit.ts'
import type { Claims } from './audit/claims.ts'
import { plants, type Plant } from './plants.fixture.ts'
import { runYear } from './run-year.ts'

test(
  'a company spends a small year, its rows are what they must be, and whatever is done to them is found',
  {
    timeout: 400_000,
  },
  async () => {
    const found: Record<string, string[]> = {}
    const { findings, checked } = await runYear(
      { leads: 14, events: 5, contacts: 120, clients: 3 },
      {
        say: () => undefined,
        async afterwards({ run, claims }) {
          for (const plant of plants) found[plant.what] = await checksThatSee(run, claims, plant)
        },
      },
    )
    expect(findings).toEqual([])
    expect(Object.values(checked).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(1000)
    for (const { what, check } of plants)
      expect({ what, seenBy: found[what] }).toEqual({ what, seenBy: expect.arrayContaining([check]) })
  },
)

/** Does it, looks, and takes it back. */
async function checksThatSee(run: AdminRun, claims: Claims, { sql }: Plant): Promise<string[]> {
  await run('begin')
  try {
    await run(`set local session_replication_role = replica; ${sql}`)
    const { findings } = await audit(run, claims)
    return [...new Set(findings.map(({ check }) => check))]
  } finally {
    await run('rollback')
  }
}
