import type { TenantId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { announceTenantChange } from '../audit/record.ts'
import { tenants } from '../tenants/table.ts'
import { everySealedValue, sealedTables, type SealedColumn } from './columns.ts'
import { replaceIn } from './replace.ts'
import type { ResealedValue, SealedValue } from './value.ts'

export interface SealedCount {
  column: SealedColumn
  /** `legacy` for the form `iv:authTag:ciphertext`; null for what has no known form. */
  keyId: string | null
  count: number
}

/** For commands: what is sealed, and under which key. Nothing here can open any of it. */
export class SealedValuesRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** How many values each key has sealed, by column. */
  async countByKey(): Promise<SealedCount[]> {
    const rows = await this.#access.reader.db.execute<{
      column_name: SealedColumn
      key_id: string | null
      n: string
    }>(sql`
      select column_name, key_id, count(*) as n from (
        select column_name, case
          when sealed ~ '^t[0-9]+\\.[^.]+\\.' then split_part(sealed, '.', 2)
          when sealed ~ '^[^:]+:[^:]+:[^:]*$' then 'legacy'
        end as key_id
        from (${everySealedValue()}) v
      ) counted group by column_name, key_id order by column_name, key_id`)
    return rows.map(({ column_name, key_id, n }) => ({ column: column_name, keyId: key_id, count: Number(n) }))
  }

  /** Values that this key has not sealed, by tenant and column, in the order of these and their rows, from behind `after`. */
  async notUnder(
    keyId: string,
    { after, limit }: { after?: Pick<SealedValue, 'tenantId' | 'column' | 'rowId'> | undefined; limit: number },
  ): Promise<SealedValue[]> {
    const behind = after
      ? sql`and (v.tenant_id, v.column_name, v.row_id) > (${after.tenantId}::uuid, ${after.column}, ${after.rowId}::uuid)`
      : sql``
    const rows = await this.#access.reader.db.execute<{
      tenant_id: TenantId
      slug: string
      column_name: SealedColumn
      row_id: string
      sealed: string
    }>(sql`
      select v.tenant_id, ${tenants}.slug, v.column_name, v.row_id, v.sealed
      from (${everySealedValue()}) v join ${tenants} on ${tenants.id} = v.tenant_id
      where not starts_with(v.sealed, ${`t1.${keyId}.`}) ${behind}
      order by v.tenant_id, v.column_name, v.row_id limit ${limit}`)
    return rows.map(({ tenant_id, column_name, row_id, ...row }) => ({
      tenantId: tenant_id,
      column: column_name,
      rowId: row_id,
      ...row,
    }))
  }

  /**
   * Puts each value in the place of the one it was made from, unless that is no longer there: whoever changed it meanwhile
   * wins. One transaction. Gives how many took their place. It is the same secret as before, so the version of the data
   * source stays, and nobody drops a connection.
   */
  replace(operatorName: string, values: readonly ResealedValue[]): Promise<number> {
    const principal = { kind: 'operator', name: operatorName } as const
    return this.#access.write(async (tx) => {
      await announceTenantChange(tx, { principal, action: 'tenant.credentials_resealed', holds: 'transaction' })
      let replaced = 0
      for (const place of sealedTables) replaced += await replaceIn(tx, place, values)
      return replaced
    })
  }
}
