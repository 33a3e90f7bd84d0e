import type { TransfersRepository, MovingTenant } from '@tenantry/app-db/types'
import { openCopyLink, type CopyLink } from '@tenantry/connections/copy'
import { parseTarget, type Target } from '@tenantry/connections/target'
import type { Keyring } from '@tenantry/credentials/keyring'
import { open } from '@tenantry/credentials/seal'
import { TenantryError } from '@tenantry/errors'
import { setTimeout as sleep } from 'node:timers/promises'
import { identityQuestion, type DatabaseIdentity } from '@tenantry/tenant-db/proof'
import { callingCodeOf, exponentOf, uuid, type Company } from './manifest/company.ts'
import { manifestOf, type Manifest } from './manifest/manifest.ts'

export interface TransferOptions {
  transfers: TransfersRepository
  keyring: Keyring
  /** The application database, as its superuser: the old tables are there, and so is who is in charge. */
  source: Target
  /** Who the audit log will name. */
  operatorName: string
  slug: string
  /** What the old tables call the company. Needed once; later runs know it. */
  legacyTenantId?: string | undefined
  /** Leaves the source's log of changes alone; the pause of the cutover then lasts as long as a comparison. */
  withoutStream?: boolean
  /** Rows of about so many bytes are one transaction. Default 1 MiB. */
  batchBytes?: number
  /** A run ends after the batch at work, and goes on there the next time. */
  stop?: AbortSignal
  onProgress?: (progress: Progress) => void
}

export interface Progress {
  step: string
  /** Rows so far, of how many; absent where nothing is counted. */
  rows?: number
  of?: number
}

/**
 * Both sides of one company at once: the old tables, which also hold rows of other companies, and its tenant database. The
 * only place in the project where one function sees rows of two planes; whatever takes `Sides` says so by that.
 */
export interface Sides extends AsyncDisposable {
  tenant: MovingTenant
  company: Company
  manifest: Manifest
  /** Of the old tables. */
  database: string
  /** Rows flow from here; a reading transaction may be open on it. */
  source: CopyLink
  /** The same login, for what is not part of that transaction. */
  control: CopyLink
  /** As the owner of the tenant database; row security shows it this tenant's rows only. */
  target: CopyLink
}

/** Throws what keeps a company from being moved: no data source, no old company, another database than it says. */
export async function openSides(options: TransferOptions): Promise<Sides> {
  const { transfers, source, slug } = options
  const tenant = await transfers.tenant(slug)
  const company = companyOf(tenant, options.legacyTenantId)
  const manifest = manifestOf(company)
  const links: CopyLink[] = []
  const opening = async (target: Target) => {
    const link = await openCopyLink({ ...target, applicationName: 'tenantry transfer' }, { statementMs: longestMs })
    links.push(link)
    return link
  }
  const close = async () => {
    await Promise.all(links.map((link) => link.close()))
  }
  try {
    const from = await opening(source)
    const control = await opening(source)
    const to = await opening(targetOf(tenant, options.keyring))
    await from.run(`set work_mem = '64MB'; set idle_in_transaction_session_timeout = 0; set jit = off`)
    await proveTarget(to, tenant)
    return {
      tenant,
      company,
      manifest,
      database: source.database,
      source: from,
      control,
      target: to,
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** A table takes as long as it takes. */
export const longestMs = 24 * 3_600_000

export function companyOf(tenant: MovingTenant, given: string | undefined): Company {
  const legacyTenantId = given ?? tenant.transfer?.legacyTenantId
  if (legacyTenantId === undefined || !uuid.test(legacyTenantId)) {
    throw new TenantryError('BAD_INPUT', {
      message: 'Say which company of the old system it is, by its id there: --from <id>.',
    })
  }
  return {
    legacyTenantId,
    currency: tenant.currency,
    exponent: exponentOf(tenant.currency),
    timeZone: tenant.timeZone,
    callingCode: callingCodeOf(tenant.locale),
    memberIds: tenant.members.map(({ id }) => id),
  }
}

/** The service login of the data source, whose password is opened at each dial and nowhere kept. */
function targetOf({ tenantId, dataSource }: MovingTenant, keyring: Keyring): Target {
  if (dataSource === undefined) throw new TenantryError('TENANT_DATABASE_NOT_CONFIGURED')
  const { user: _servesRequests, password: _never, ...address } = parseTarget(dataSource.url)
  const context = { tenantId, column: 'data_source_service_key' } as const
  return {
    ...address,
    user: dataSource.serviceRole,
    password: () => open(keyring, dataSource.sealedServiceKey, context).reveal(),
  }
}

/** Becomes the owner, and makes sure whose database this is before the first row. Throws TENANT_DATABASE_MISMATCH. */
async function proveTarget(target: CopyLink, { dataSource, transfer }: MovingTenant): Promise<void> {
  const [owner] = await target.run<{ name: string }>(
    `select quote_ident(nspowner::regrole::text) as name from pg_namespace where nspname = 'crm'`,
  )
  if (owner === undefined) throw new TenantryError('TENANT_SCHEMA_BEHIND')
  await target.run(`set role ${owner.name.replaceAll('"""', '"')}`)
  const [identity] = await target.run<DatabaseIdentity>(identityQuestion)
  if (identity === undefined || !isExpected(identity.identity, dataSource?.identity, transfer)) {
    throw new TenantryError('TENANT_DATABASE_MISMATCH')
  }
  const [mark] = await target.run(`select from pg_class where oid = to_regclass('crm.transfer_marks')`)
  if (mark === undefined) throw new TenantryError('TENANT_SCHEMA_BEHIND')
}

/**
 * A rollback that died between the two has raised the epoch and not said so; of a company that has moved nobody but a
 * rollback does anything with its rows.
 */
function isExpected(found: string, told: string | undefined, transfer: MovingTenant['transfer']): boolean {
  if (found === told || told === undefined) return found === told
  const [place, epoch] = placeAndEpoch(found)
  const [toldPlace, toldEpoch] = placeAndEpoch(told)
  return transfer?.statusBefore != null && place === toldPlace && epoch > toldEpoch
}

function placeAndEpoch(identity: string): [string, bigint] {
  const at = identity.lastIndexOf('/')
  return [identity.slice(0, at), BigInt(identity.slice(at + 1))]
}

/**
 * One process at a time moves a company. The lock ends with the connection, a moment after it was closed, so it is asked for
 * more than once. Throws TRANSFER_RUNNING.
 */
export async function lockTransfer({
  control,
  company,
}: Pick<Sides, 'control'> & { company: Pick<Company, 'legacyTenantId'> }): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const [answer] = await control.run<{ locked: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as locked',
      [`tenantry transfer ${company.legacyTenantId}`],
    )
    if (answer?.locked === true) return
    if (attempt === 10) throw new TenantryError('TRANSFER_RUNNING')
    await sleep(50)
  }
}

/** Everything `work` reads of the old tables is of one moment. */
export async function atOneMoment<T>({ source }: Sides, work: () => Promise<T>): Promise<T> {
  await source.run('begin isolation level repeatable read, read only')
  try {
    return await work()
  } finally {
    // A connection that was lost has ended its transaction already.
    await source.run('commit').catch(() => undefined)
  }
}

export async function inTransaction<T>(link: CopyLink, work: () => Promise<T>): Promise<T> {
  await link.run('begin')
  try {
    const result = await work()
    await link.run('commit')
    return result
  } catch (error) {
    await link.run('rollback').catch(() => undefined)
    throw error
  }
}
