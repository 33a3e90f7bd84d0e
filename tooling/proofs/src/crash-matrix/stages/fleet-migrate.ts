import { claimCreation } from '@tenantry/fleet/claim-run'
import { createTenant } from '@tenantry/fleet/create-tenant'
import { nextMigrations } from '@tenantry/testing/next-migrations'
import { companyFor } from '../company.ts'
import { plainTarget, type Ground } from '../ground.ts'
import type { MigrateProgramInput } from '../programs/fleet-migrate.ts'
import type { CrashStage } from '../stage.ts'

/** A campaign that was killed anywhere and is run again has applied each migration once in each database. */
export function fleetMigrate(): CrashStage {
  return {
    name: 'fleet migrate',
    program: 'fleet-migrate.ts',
    async begin(ground, count) {
      const companies = [companyFor('grow-a', count, 'dedicated'), companyFor('grow-b', count, 'dedicated')]
      const { app, dataSources, keyring, server } = ground
      for (const company of companies) {
        const run = await claimCreation(app, company, 'matrix')
        await createTenant({ app, dataSources, keyring, operatorName: 'matrix', server, run })
        await run.finish('done')
      }
      const { path } = await nextMigrations(filesOf(count), ground.folder)
      const slugs = companies.map(({ slug }) => slug)
      const input: MigrateProgramInput = { app: plainTarget(ground.appTarget), keys: ground.keys, folder: path, slugs }
      const databases = companies.map(({ database }) => database)
      return { input: { ...input }, examine: () => examine(ground, databases, Object.keys(filesOf(count))) }
    },
  }
}

/** Rows that would be doubled, and an index that is built outside of a transaction. */
function filesOf(count: number): Record<string, string> {
  return {
    [`9${count}0_marks`]: `create table crm.marks (at text); insert into crm.marks values ('first'), ('second')`,
    [`9${count}1_index`]: '-- migrate: without transaction\ncreate index concurrently marks_at on crm.marks (at);',
  }
}

async function examine(ground: Ground, databases: readonly string[], tags: readonly string[]): Promise<string[]> {
  const complaints: string[] = []
  for (const database of databases) {
    const list = async (text: string) => (await ground.ask(database, text)).map(({ found }) => String(found)).join()
    const expect = (what: string, found: string, expected: string) => {
      if (found !== expected) complaints.push(`${what} of ${database}: ${found} instead of ${expected}`)
    }
    expect('rows', await list('select at as found from crm.marks order by at'), 'first,second')
    const ledger = `select tag as found from crm.schema_migrations where tag like '9%' order by position`
    expect('ledger', await list(ledger), tags.join())
    const indexes = `select indisvalid as found from pg_index where indrelid = 'crm.marks'::regclass`
    expect('indexes', await list(indexes), 'true')
  }
  const open = await ground.app.runs.list({ kind: 'fleet.migrate' })
  const left = open.filter(({ status }) => status !== 'done').length
  if (left > 0) complaints.push(`${left} campaigns are not done`)
  return complaints
}
