import type { CampaignReport } from '@tenantry/fleet/campaign'
import { lookInto } from '@tenantry/testing/look-into'
import { nextMigrations } from '@tenantry/testing/next-migrations'
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { commands } from './commands.ts'
import { answerOf, countIn, type Walk } from './walk.ts'

/** Tenants that are made at a time. */
const makers = 3

/** What the next release brings. */
const release = { '9000_referrals': 'alter table crm.accounts add column referral text;\n' }
const referrals = `select count(*) from information_schema.columns where table_schema = 'crm' and column_name = 'referral'`

/** A fleet gets the next release; one tenant has something in its way, and holds nobody up. */
export async function migrateFleet(walk: Walk, size: number): Promise<void> {
  const { narrator, ground } = walk
  const slugs = Array.from({ length: size }, (_, index) => `fleet-${String(index + 1).padStart(2, '0')}`)
  const broken = slugs[Math.floor(size / 2)] ?? ''
  const brokenDatabase = { ...ground.tenants, database: databaseOf(broken) }
  await narrator.step(`Make ${size} more tenants`, commandFor('fleet-01 …'), async (see) => {
    const waiting = [...slugs]
    const make = async () => {
      for (let slug = waiting.shift(); slug !== undefined; slug = waiting.shift())
        await answerOf(walk, commandFor(slug))
    }
    await Promise.all(Array.from({ length: makers }, make))
    await lookInto(brokenDatabase, 'alter table crm.accounts add column referral text')
    see(`each with a database of its own; in the one of ${broken} somebody adds a column by hand`)
  })
  await using folder = await nextMigrations(release)
  const migrate = `${commands.migrate} --folder ${folder.path}`
  await narrator.step('Bring the next release to all', `${commands.migrate} --folder <next release>`, async (see) => {
    const report = await answerOf<CampaignReport>(walk, migrate, 3)
    const { migrated, failed, causes } = report
    deepStrictEqual({ migrated, failed }, { migrated: size, failed: 1 })
    const [cause] = causes
    deepStrictEqual(cause?.tenants, [broken])
    strictEqual(cause.failure.sqlstate, '42701')
    see(`${migrated} migrated, 1 failed: ${broken}, ${cause.failure.message}`)
    await lookInto(brokenDatabase, 'alter table crm.accounts drop column referral')
    const again = await answerOf<CampaignReport>(walk, `${cause.retry} --folder ${folder.path}`)
    deepStrictEqual({ migrated: again.migrated, failed: again.failed }, { migrated: 1, failed: 0 })
    for (const slug of ['harbor', ...slugs]) ok((await countIn(walk, databaseOf(slug), referrals)) === 1)
    see(`with the column out of the way: ${cause.retry}; now all ${size + 1} have it`)
  })
}

function commandFor(slug: string): string {
  return `pnpm tenantry tenant create ${slug} --name Fleet --trade dj --owner-email owner@fleet.example --owner-name Owner`
}

function databaseOf(slug: string): string {
  return slug.replaceAll('-', '_')
}
