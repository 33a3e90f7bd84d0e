import { openAppDb } from '@tenantry/app-db/open'
import { withAdminConnection, type AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { NewTenantInput } from '@tenantry/contracts/new-tenant'
import { generateKey, parseKeyring } from '@tenantry/credentials/keyring'
import { openDataSources } from '@tenantry/data-sources'
import { claimCreation } from '@tenantry/fleet/claim-run'
import { createTenant } from '@tenantry/fleet/create-tenant'
import { openLogger } from '@tenantry/telemetry/logger'
import { ensureTemplate } from '@tenantry/tenant-db/template'
import { createAppDatabase } from '@tenantry/testing/app-database'
import { randomBytes } from 'node:crypto'
import { compare } from '../figure.ts'
import { interleave } from '../rounds.ts'
import type { SuiteInput, SuiteResult } from '../suite.ts'
import { adminTargetOf } from '../targets.ts'

/** One after the other, in each round. */
const atATime = 5

/**
 * A tenant with everything that belongs to it (record, copy of the template, roles, sealed passwords, pipeline and
 * catalogue, invitation, each noted down in the journal) beside the bare copy of the same template over a connection that
 * is open.
 */
export async function measureProvision({ world, onProgress }: SuiteInput): Promise<SuiteResult> {
  const server: Target = { ...adminTargetOf(world), database: 'postgres' }
  onProgress('provision: template')
  const template = await ensureTemplate(server)
  const database = await createAppDatabase({ ...server, password: server.password() })
  await using app = openAppDb({ target: database.app })
  const keyring = parseKeyring(`k1:${generateKey()}`)
  await using dataSources = openDataSources({ appDb: app.db, keyring, logger: openLogger({ level: 'silent' }) })

  const create = async (name: string) => {
    await using run = await claimCreation(app, companyNamed(name), 'bench')
    await createTenant({ app, dataSources, keyring, operatorName: 'bench', server, run })
    await run.finish('done')
  }
  const measured = await withAdminConnection(server, (run) =>
    interleave({
      provision: () => perDatabase(run, create),
      copy: () => perDatabase(run, (name) => run(`create database ${name} template ${template}`)),
    }),
  )
  await database.drop()
  const named = { suite: 'provision', name: 'tenant create', against: 'CREATE DATABASE … TEMPLATE', unit: 'ms' }
  return {
    figures: [compare({ ...named, goal: { kind: 'at most', value: 4 } }, measured.provision, measured.copy)],
    notes: [`provision: ${atATime} databases for each figure, one after the other`],
  }
}

/** Milliseconds for each; what was made is removed afterwards, unmeasured. */
async function perDatabase(run: AdminRun, make: (name: string) => Promise<unknown>): Promise<number> {
  const names = Array.from({ length: atATime }, () => `p_${randomBytes(5).toString('hex')}`)
  const started = performance.now()
  for (const name of names) await make(name)
  const milliseconds = (performance.now() - started) / atATime
  for (const name of names) await run(`drop database if exists ${name} with (force)`)
  return milliseconds
}

function companyNamed(database: string): NewTenantInput {
  const slug = database.replaceAll('_', '-')
  return NewTenantInput.parse({
    slug,
    name: slug,
    trade: 'dj',
    timeZone: 'UTC',
    locale: 'en',
    currency: 'EUR',
    owner: { email: `owner@${slug}.example`, name: 'Olga' },
    server: 'bench',
    placement: 'dedicated',
    database,
    region: 'here',
  })
}
