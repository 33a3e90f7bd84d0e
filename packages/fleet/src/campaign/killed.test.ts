import { withAdminConnection } from '@tenantry/connections/admin'
import { nextMigrations } from '@tenantry/testing/next-migrations'
import { createWorld, type World } from '@tenantry/testing/world'
import { mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimCampaign } from './claim-campaign.ts'
import { runAndBeKilled } from './killed.fixture.ts'
import { runCampaign } from './run-campaign.ts'

const slugs = ['acme', 'bloom', 'cedar', 'dune'] as const
type Slug = (typeof slugs)[number]

let world: World<Slug>
beforeAll(async () => {
  const alone = { server: mainServer() }
  world = await createWorld<Slug>(mainServer(), { acme: alone, bloom: alone, cedar: alone, dune: alone })
})
afterAll(() => world.close())

/** Slow enough to be killed in the middle of it, in a transaction and between two steps. */
const migrationsOf = (round: number) => ({
  [`9${round}0_rows`]: `create table if not exists crm.marks (round int, at text);
    insert into crm.marks values (${round}, 'first'); select pg_sleep(0.1); insert into crm.marks values (${round}, 'second')`,
  [`9${round}1_index`]: [
    '-- migrate: without transaction',
    `create index concurrently marks_${round} on crm.marks (round);`,
    '--> statement-breakpoint',
    'select pg_sleep(0.1);',
    '--> statement-breakpoint',
    `create index concurrently marks_${round}_again on crm.marks (at);`,
  ].join('\n'),
})

test(
  'a campaign that is killed at any moment goes on with the same command, and everything has happened once',
  { timeout: 180_000 },
  async () => {
    const files: Record<string, string> = {}
    let killed = 0
    for (const [round, afterMs] of [0, 120, 300, 600].entries()) {
      Object.assign(files, migrationsOf(round))
      await using next = await nextMigrations(files)
      if ((await runAndBeKilled(world, next.path, afterMs)).wasKilled) killed++
      const report = await goOn(next.path)
      expect(report).toMatchObject({ failed: 0, notTried: 0, haltedIn: null })
      for (const slug of slugs) expect(await stateOf(slug)).toEqual(expectedAfter(round))
    }
    expect(killed).toBeGreaterThan(0)
    const runs = await world.app.runs.list({ kind: 'fleet.migrate' })
    expect(runs.every(({ status }) => status === 'done')).toBe(true)
  },
)

async function goOn(folder: string) {
  await using run = await claimCampaign(world.app.runs, { folder, only: [], canary: [], operatorName: 'olga' })
  const tenants = await world.app.serviceAccess.tenants()
  const report = await runCampaign({ run, tenants, keyring: world.keyring, folder })
  await run.finish('done')
  return report
}

function expectedAfter(round: number) {
  const rounds = Array.from({ length: round + 1 }, (_, each) => each)
  return {
    marks: rounds.flatMap((each) => [`${each} first`, `${each} second`]),
    indexes: rounds.flatMap((each) => [`marks_${each}`, `marks_${each}_again`]),
    ledger: rounds.flatMap((each) => Object.keys(migrationsOf(each))),
  }
}

async function stateOf(slug: Slug) {
  return withAdminConnection(world.tenants[slug].admin, async (run) => {
    const list = async (query: string) => (await run<{ name: string }>(query)).map(({ name }) => name)
    return {
      marks: await list(`select round || ' ' || at as name from crm.marks order by 1`),
      indexes: await list(
        `select relname as name from pg_index join pg_class on pg_class.oid = indexrelid
         where indrelid = 'crm.marks'::regclass and indisvalid order by 1`,
      ),
      ledger: await list(`select tag as name from crm.schema_migrations where tag like '9%' order by position`),
    }
  })
}
