import { NewTenantInput } from '@tenantry/contracts/new-tenant'
import type { TenantStatus } from '@tenantry/contracts/session'
import { openDataSources } from '@tenantry/data-sources'
import { claimCreation } from '@tenantry/fleet/claim-run'
import { createTenant, type CreatedTenant } from '@tenantry/fleet/create-tenant'
import { byAdministrator } from '@tenantry/fleet/serving-power'
import { setTenantState } from '@tenantry/fleet/set-tenant-state'
import { openLogger } from '@tenantry/telemetry/logger'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ground } from './ground.ts'

/** A company for one kill; `name` and `count` make it another one than all before. */
export function companyFor(name: string, count: number, placement: 'dedicated' | 'shared'): NewTenantInput {
  const slug = `${name}-${count}`
  return NewTenantInput.parse({
    slug,
    name: `Company ${count}`,
    trade: 'dj',
    timeZone: 'Europe/Berlin',
    locale: 'de-DE',
    currency: 'EUR',
    owner: { email: `owner@${slug}.example`, name: 'Olga' },
    server: 'main',
    placement,
    database: placement === 'shared' ? 'many' : slug.replaceAll('-', '_'),
    region: 'matrix',
  })
}

/** Through data sources of its own, closed before anything is killed: a connection that rests would be waited for. */
export async function createCompany(ground: Ground, company: NewTenantInput): Promise<CreatedTenant> {
  const { app, keyring, server } = ground
  const run = await claimCreation(app, company, 'matrix')
  await using dataSources = openDataSources({ appDb: app.db, keyring, logger: openLogger({ level: 'silent' }) })
  const created = await createTenant({ app, dataSources, keyring, operatorName: 'matrix', server, run })
  await run.finish('done')
  return created
}

export async function setState({ app, server }: Ground, slug: string, state: TenantStatus): Promise<void> {
  await using run = await app.runs.start({ kind: `set.${state}`, subject: slug, input: {}, startedBy: 'matrix' })
  const setStatus = () => app.db.tenants.setStatus('matrix', slug, state)
  await setTenantState({ app, power: byAdministrator(() => server), slug, state, setStatus, run })
  await run.finish('done')
}

/** As a tool for backups brings one back. Gives its name. */
export async function copyDatabase(ground: Ground, database: string): Promise<string> {
  const copy = `${database}_restored`
  for (let attempt = 1; ; attempt++) {
    try {
      await ground.ask('postgres', `create database "${copy}" template "${database}"`)
      return copy
    } catch (error) {
      // A backend lives on for a moment after its client has gone.
      if (attempt === 50) throw error
      await sleep(50)
    }
  }
}
