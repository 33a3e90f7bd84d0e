import type { AppDbConnection } from '@tenantry/app-db/open'
import { UnitSequence, type Run } from '@tenantry/app-db/runs'
import type { IssuedInvitation } from '@tenantry/app-db/types'
import type { Target } from '@tenantry/connections/target'
import type { UserId } from '@tenantry/contracts/ids'
import { NewTenantInput } from '@tenantry/contracts/new-tenant'
import type { Keyring } from '@tenantry/credentials/keyring'
import type { DataSources } from '@tenantry/data-sources'
import { TenantryError } from '@tenantry/errors'
import { admitTenant, withVerifier } from '@tenantry/tenant-db/provision'
import { copyTemplate, ensureTemplate, hasTemplate, settleCopy, templateName } from '@tenantry/tenant-db/template'
import { openAdminLinks, type AdminLinks } from './admin-links.ts'
import { furnishTenant } from './furnish-tenant.ts'
import { dataSourceOf, generateLogins, generateSupportLogin, prepareHome } from './provision-tenant.ts'
import { planTenant } from './plan-tenant.ts'
import { TenantPlan } from './tenant-plan.ts'

export interface CreateTenantOptions {
  app: Pick<AppDbConnection, 'db' | 'grants' | 'runs'>
  dataSources: DataSources
  /** Seals the generated passwords under its first key. */
  keyring: Keyring
  operatorName: string
  /** An administrator of the server that the input names, on a database that exists. */
  server: Target
  /** Of kind `tenant.create`; its input is a `NewTenantInput`. */
  run: Run
  onProgress?: (step: string) => void
}

export interface CreatedTenant {
  plan: TenantPlan
  /** Undefined for an owner who has a password already. */
  invitation: IssuedInvitation | undefined
}

/**
 * A tenant with everything that belongs to it. Each step is noted down in the run's journal and bears being done again, so
 * a run that was killed anywhere goes on to exactly one tenant, one database, and each login once with its password sealed.
 * Generated passwords exist in this process until they are sealed, and nowhere else.
 */
export async function createTenant(options: CreateTenantOptions): Promise<CreatedTenant> {
  const { app, run, server, operatorName, onProgress } = options
  const input = NewTenantInput.parse(run.input)
  const units = new UnitSequence(run)
  const step = (name: string, work: () => Promise<Record<string, unknown>>) => {
    onProgress?.(name)
    return units.unit(name, work)
  }
  await using links = openAdminLinks(server, input.database)
  if (input.placement === 'dedicated') links.prepare('server')
  const plan = TenantPlan.parse(await step('plan', () => planTenant(app, input, { server, links })))
  const { ownerId } = await step('record', () => recordTenant(options, plan, input))
  // Not before: a run that was killed until here is about a tenant that never was.
  units.concerns(plan.tenantId)
  // Made while the server copies: the verifier of a password is a millisecond of work.
  const logins = prepareLogins(plan)
  await step('database', () => makeDatabase(options, plan, links))
  await step('logins', async () => makeLogins(options, { plan, input, links, logins: await logins }))
  // Not a unit: the link is shown once, so whoever goes on after a crash needs a new one.
  const invite = () => app.db.invitations.issue(operatorName, { slug: plan.slug, userId: ownerId as UserId })
  const [invitation] = await Promise.all([invite(), step('furniture', () => furnishTenant(options, input))])
  onProgress?.('invitation')
  await units.end()
  return { plan, invitation }
}

async function recordTenant({ app, operatorName }: CreateTenantOptions, plan: TenantPlan, input: NewTenantInput) {
  const { slug, name, trade, timeZone, locale, currency, owner } = input
  const { db: appDb } = app
  return await appDb.transaction(async (db) => {
    const ownerId = await db.users.findOrCreate(owner)
    const present = await db.tenants.findForOperator(slug)
    if (present === undefined) {
      const settings = { slug, name, trade, timeZone, locale, currency }
      await db.tenants.create(operatorName, { id: plan.tenantId, ...settings, ownerId })
    } else if (present.id !== plan.tenantId) {
      throw new TenantryError('CONFLICT', { message: `There is a tenant ${slug} already.`, data: { field: 'slug' } })
    }
    return { ownerId }
  })
}

async function makeDatabase({ server, onProgress }: CreateTenantOptions, plan: TenantPlan, links: AdminLinks) {
  const { database, placement } = plan
  if (placement === 'shared') {
    await prepareHome({ server, database, placement }, onProgress)
  } else {
    const onServer = await links.server()
    if (!(await hasTemplate(onServer))) await ensureTemplate(server, onProgress)
    await copyTemplate(onServer, { template: await templateName(), database })
  }
  links.prepare('database')
  return {}
}

/** With passwords that nobody has seen; done again, it makes others and forgets these. */
async function prepareLogins({ appRole, tenantIdInDataSource }: TenantPlan) {
  const { app, service } = generateLogins(appRole)
  const support = generateSupportLogin(tenantIdInDataSource)
  const [ofApp, ofService, ofSupport] = await Promise.all([
    withVerifier(app),
    withVerifier(service),
    withVerifier(support),
  ])
  return { app: ofApp, service: ofService, support: ofSupport }
}

/** Passwords are given to the logins and sealed in one go. */
async function makeLogins(
  options: CreateTenantOptions,
  {
    plan,
    input,
    links,
    logins,
  }: { plan: TenantPlan; input: NewTenantInput; links: AdminLinks; logins: Awaited<ReturnType<typeof prepareLogins>> },
) {
  const { app, server, keyring, operatorName, onProgress } = options
  const { database, placement, ownerRole, tenantIdInDataSource, tenantId, slug } = plan
  const letIn = placement === 'shared' ? admitTenant : settleCopy
  const identity = await letIn(await links.database(), database, { ownerRole, tenantIdInDataSource, ...logins })
  onProgress?.('credentials')
  // The login itself is tried by the next step, which goes through the door of every request.
  const admin: Target = { ...server, database }
  await app.db.tenants.setDataSource(
    operatorName,
    slug,
    dataSourceOf({ admin, tenantId, tenantIdInDataSource, identity, logins, keyring, ...input }),
  )
  return {}
}
