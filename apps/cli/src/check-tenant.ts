import type { TenantCheck as StoredCheck } from '@tenantry/contracts/fleet'
import type { DataSourceView } from '@tenantry/contracts/data-source'
import { isTenantryError } from '@tenantry/errors'
import { isErrorCode, type ErrorCode } from '@tenantry/errors/codes'
import { randomUUID } from 'node:crypto'
import type { Access } from './access.ts'
import { whatToDo } from './what-to-do.ts'

/** How one tenant's database answered. */
export interface TenantCheck {
  slug: string
  ok: boolean
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
    const view = await access.dataSources.getTenantConnectionInfo(grant)
    await access.app.checks.record(slug, foundIn(view))
    return fromView(slug, view, root)
  } catch (error) {
    if (!isTenantryError(error)) throw error
    return { ...failedCheck(slug, error.code, error.message, root), address: null }
  }
}

function foundIn({ test, schemaVersion, serverVersion, databaseBytes }: DataSourceView): StoredCheck {
  const { success, at, code, message } = test
  return {
    checkedAt: at,
    success,
    code,
    message,
    milliseconds: duration(test),
    schemaVersion,
    serverVersion,
    databaseBytes,
  }
}

/** Whole milliseconds. */
function duration({ steps }: DataSourceView['test']): number {
  return Math.round(steps.reduce((sum, step) => sum + step.milliseconds, 0))
}

function fromView(slug: string, view: DataSourceView, root: string): TenantCheck {
  const { test } = view
  const address = `${view.host}:${view.port}/${view.database}`
  const code = test.code !== null && isErrorCode(test.code) ? test.code : 'INTERNAL'
  if (!test.success) return { ...failedCheck(slug, code, test.message ?? '', root), address }
  return {
    slug,
    ok: true,
    address,
    identity: 'proven',
    schemaVersion: view.schemaVersion,
    serverVersion: view.serverVersion,
    milliseconds: duration(test),
    code: null,
    message: null,
    advice: null,
  }
}

function failedCheck(slug: string, code: ErrorCode, message: string, root: string): TenantCheck {
  return {
    slug,
    ok: false,
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
