import type { DataSourceView } from '@tenantry/contracts/data-source'
import type { HealthFinding, DataSourceState } from '@tenantry/contracts/data-source-health'
import { isTenantryError } from '@tenantry/errors'
import { isErrorCode, type ErrorCode } from '@tenantry/errors/codes'
import { randomUUID } from 'node:crypto'
import type { Access } from './access.ts'
import { whatToDo } from './what-to-do.ts'

/** How one tenant's database answered. */
export interface TenantCheck {
  slug: string
  /** Whether requests can be answered. */
  ok: boolean
  /** Null when there was nothing to look at. */
  state: DataSourceState | null
  /** `host:port/database`, when the tenant has a data source. */
  address: string | null
  /** The database said that it is this tenant's. */
  identity: 'proven' | 'not asked' | 'wrong'
  schemaVersion: string | null
  serverVersion: string | null
  /** From opening the credential to the answer of the first query. */
  milliseconds: number | null
  code: ErrorCode | null
  message: string | null
  /** What to do about it. */
  advice: string | null
}

/** Connecting costs the servers more than it costs us: not all at once. */
const atOnce = 8

/** Every tenant that is not archived. */
export async function checkTenants(
  access: Access,
  root: string,
  onProgress?: (text: string) => void,
): Promise<TenantCheck[]> {
  const tenants = await access.app.db.tenants.listForOperator()
  const slugs = tenants.filter((tenant) => tenant.status !== 'archived').map((tenant) => tenant.slug)
  const checks = new Map<string, TenantCheck>()
  const waiting = slugs.values()
  const worker = async () => {
    for (const slug of waiting) {
      checks.set(slug, await checkTenant(access, slug, root))
      onProgress?.(`${checks.size} of ${slugs.length}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return slugs.flatMap((slug) => checks.get(slug) ?? [])
}

/** Connects as a request would, and keeps what it found for the console. Through data-sources with an operator's grant, which the audit log shows to the tenant. */
export async function checkTenant(access: Access, slug: string, root: string): Promise<TenantCheck> {
  try {
    const grant = await access.app.grants.forOperator(access.operatorName, slug, {
      reason: 'tenantry tenant check',
      access: 'read',
      requestId: randomUUID(),
    })
    const { view, finding } = await access.dataSources.examine(grant)
    await access.app.health.record(slug, finding)
    return fromView(slug, { view, finding }, root)
  } catch (error) {
    if (!isTenantryError(error)) throw error
    return failedCheck(slug, error, root)
  }
}

function fromView(
  slug: string,
  { view, finding }: { view: DataSourceView; finding: HealthFinding },
  root: string,
): TenantCheck {
  const { state, schemaVersion, serverVersion, milliseconds, message } = finding
  const code = finding.code === null || isErrorCode(finding.code) ? finding.code : 'INTERNAL'
  const address = `${view.host}:${view.port}/${view.database}`
  if (!view.test.success) {
    return { ...failedCheck(slug, { code: code ?? 'INTERNAL', message: message ?? '' }, root), state, address }
  }
  return {
    slug,
    ok: true,
    state,
    address,
    identity: 'proven',
    schemaVersion,
    serverVersion,
    milliseconds,
    code,
    message,
    advice: null,
  }
}

function failedCheck(slug: string, { code, message }: { code: ErrorCode; message: string }, root: string): TenantCheck {
  return {
    slug,
    ok: false,
    state: null,
    address: null,
    identity: code === 'TENANT_DATABASE_MISMATCH' ? 'wrong' : 'not asked',
    schemaVersion: null,
    serverVersion: null,
    milliseconds: null,
    code,
    message,
    advice: whatToDo(root, code),
  }
}
