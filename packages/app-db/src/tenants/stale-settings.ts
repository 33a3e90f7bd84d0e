import type { Executor } from '@tenantry/connections/database'
import type { TenantId } from '@tenantry/contracts/ids'
import type { StaleWrite } from '@tenantry/contracts/record'
import { TenantryError } from '@tenantry/errors'
import { and, asc, eq, sql } from 'drizzle-orm'
import { auditLog } from '../audit/table.ts'
import { tenants } from './table.ts'

/** The action under which settings are saved; its entries say which version they made and which columns changed. */
export const settingsChanged = 'tenant.settings_changed'

/** A STALE_WRITE that says what others saved since `version`, with the values the settings have now. */
export async function staleSettings(tx: Executor, tenantId: TenantId, version: number): Promise<TenantryError> {
  const [now] = await tx.db.select(current).from(tenants).where(eq(tenants.id, tenantId))
  if (now === undefined) return new TenantryError('NOT_FOUND')
  const entries = await tx.db
    .select({ at: auditLog.at, actorName: auditLog.actorName, detail: auditLog.detail })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.tenantId, tenantId),
        eq(auditLog.action, settingsChanged),
        sql`(${auditLog.detail} ->> 'version')::int > ${version}`,
      ),
    )
    .orderBy(asc(auditLog.id))
  const columns = new Set(entries.flatMap(({ detail }) => detail['columns']))
  const { currentVersion, ...values } = now
  const last = entries.at(-1)
  const data: StaleWrite = {
    currentVersion,
    changed: Object.fromEntries(Object.entries(values).filter(([field]) => columns.has(columnOf(field)))),
    changedBy: last?.actorName ?? null,
    changedAt: last?.at ?? new Date().toISOString(),
  }
  return new TenantryError('STALE_WRITE', { data })
}

const current = {
  currentVersion: tenants.version,
  name: tenants.name,
  timeZone: tenants.timeZone,
  locale: tenants.locale,
  currency: tenants.currency,
}

function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
