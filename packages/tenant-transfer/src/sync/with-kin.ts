import type { LegacyTable } from '../legacy/columns.ts'
import { literal } from '../manifest/expressions.ts'
import type { AnyMove } from '../manifest/table-move.ts'
import type { Sides } from '../sides.ts'
import { ChangedKeys, uuidArray } from './changed-keys.ts'

/**
 * The given rows and all others that look otherwise because of them: rows that share something only one may have, rows that
 * point at one that is gone, and rows in quarantine that waited for one.
 */
export async function withKin(sides: Sides, given: ChangedKeys): Promise<ChangedKeys> {
  const keys = new ChangedKeys()
  for (const table of given.tables()) keys.add(table, given.of(table))
  keys.touchesWholes = given.touchesWholes || given.of('opportunities').length > 0
  for (const { table, column, values } of given.sharing) {
    const found = await sides.source.run<{ id: string }>(
      `select id::text as id from public.${table} where tenant_id = $1::uuid and ${column}::text = any ($2::text[])`,
      [sides.company.legacyTenantId, values],
    )
    keys.add(
      table,
      found.map(({ id }) => id),
    )
  }
  // Kin of kin: a date of an event, then the event, then its other dates.
  for (let round = 0; round < 2; round++) {
    for (const move of sides.manifest.moves) await addKin(sides, move, keys)
  }
  for (const { source } of sides.manifest.moves) await addDependants(sides, source, keys)
  return keys
}

async function addKin(
  { source, manifest }: Sides,
  { source: table, kin = [] }: AnyMove,
  keys: ChangedKeys,
): Promise<void> {
  const ids = keys.of(table)
  if (ids.length === 0) return
  for (const { table: other, column, of } of kin) {
    const found = await source.run<{ id: string }>(
      `select distinct o.id::text as id from public.${table} c join public.${other} o on o.tenant_id = c.tenant_id and o.${column} = c.${of}
       where c.tenant_id = ${literal(manifest.company.legacyTenantId)} and c.id = any (${uuidArray(ids)})`,
    )
    keys.add(
      other,
      found.map(({ id }) => id),
    )
  }
}

async function addDependants(
  { source, target, manifest }: Sides,
  table: LegacyTable,
  keys: ChangedKeys,
): Promise<void> {
  const ids = keys.of(table)
  if (ids.length === 0) return
  const ofCompany = `tenant_id = ${literal(manifest.company.legacyTenantId)}`
  const gone = await source.run<{ id: string }>(
    `select changed.id::text as id from unnest(${uuidArray(ids)}) changed (id) where not exists (select from public.${table}
      where ${table}.id = changed.id and ${table}.${ofCompany} and not ${manifest.isRejected(table)})`,
  )
  if (gone.length > 0) {
    const goneIds = uuidArray(gone.map(({ id }) => id))
    for (const { source: other, references } of manifest.moves) {
      for (const { column } of references.filter(({ to }) => to === table)) {
        const found = await source.run<{ id: string }>(
          `select id::text as id from public.${other} where ${ofCompany} and ${column} = any (${goneIds})`,
        )
        keys.add(
          other,
          found.map(({ id }) => id),
        )
      }
    }
  }
  const waiting = await target.run<{ table: LegacyTable; id: string }>(
    `select source_table as table, source_id::text as id from crm.transfer_quarantine q
     where exists (select from jsonb_each_text(q.content) e where e.value = any ('{${ids.join(',')}}'::text[]) and q.source_id::text <> e.value)`,
  )
  for (const { table: other, id } of waiting) keys.add(other, [id])
}
