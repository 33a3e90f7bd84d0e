import type { LegacyTable } from '../legacy/columns.ts'
import { literal } from '../manifest/expressions.ts'
import type { Manifest } from '../manifest/manifest.ts'
import type { PreparedStatement } from './prepared.ts'

/** Rows that look otherwise because another one has changed. Each statement takes one list. */
export interface KinStatements {
  /** On the source: rows that share a value with one that has changed, by the pair it is of. */
  sharing: { table: LegacyTable; column: string; statement: PreparedStatement }[]
  /** Rows that share something with these rows of a table. */
  kin: { source: LegacyTable; statement: PreparedStatement }[]
  /** Rows that point at those of these rows that are gone, or cannot be moved in. */
  dependants: { source: LegacyTable; statement: PreparedStatement }[]
  /** On the target: rows in quarantine that wait for one of these ids. */
  waiting: PreparedStatement
}

export function kinStatementsOf({ moves, company, isRejected }: Manifest): KinStatements {
  const ofCompany = `tenant_id = ${literal(company.legacyTenantId)}`
  const kinships = moves.flatMap(({ source, kin = [] }) => kin.map((one) => ({ source, ...one })))
  const pairs = new Map(kinships.map(({ table, column }) => [`${table}_${column}`, { table, column }]))
  const pointers = new Set(moves.flatMap(({ references }) => references.map(({ column }) => literal(column))))
  const referencesTo = (table: LegacyTable) =>
    moves.flatMap(({ source, references }) =>
      references.filter(({ to }) => to === table).map(({ column }) => ({ source, column })),
    )
  return {
    sharing: [...pairs].map(([name, { table, column }]) => ({
      table,
      column,
      statement: {
        name: `tenantry_sharing_${name}`,
        types: ['text[]'],
        text: `select '${table}' as "table", id::text as id from public.${table} where ${ofCompany} and ${column}::text = any ($1)`,
      },
    })),
    kin: kinships.map(({ source, table, column, of }) => ({
      source,
      statement: {
        name: `tenantry_kin_${source}_${table}_${column}`,
        types: ['uuid[]'],
        text: `select distinct '${table}' as "table", o.id::text as id from public.${source} c join public.${table} o
          on o.tenant_id = c.tenant_id and o.${column} = c.${of} where c.${ofCompany} and c.id = any ($1)`,
      },
    })),
    dependants: moves.flatMap(({ source }) => {
      const pointing = referencesTo(source).map(
        (reference) => `select '${reference.source}' as "table", id::text as id from public.${reference.source}
          where ${ofCompany} and ${reference.column} in (select id from gone)`,
      )
      if (pointing.length === 0) return []
      const gone = `select changed.id from unnest($1) changed (id) where not exists (select from public.${source}
        where ${source}.id = changed.id and ${source}.${ofCompany} and not ${isRejected(source)})`
      const text = `with gone as materialized (${gone}) ${pointing.join(' union ')}`
      return [{ source, statement: { name: `tenantry_dependants_${source}`, types: ['uuid[]'], text } }]
    }),
    waiting: {
      name: 'tenantry_waiting',
      types: ['text[]'],
      // A value that is no pointer waits for no row.
      text: `select source_table as "table", source_id::text as id from crm.transfer_quarantine q
        where q.column_name in ('', ${[...pointers].join(', ')})
          and exists (select from jsonb_each_text(q.content) e where e.value = any ($1) and q.source_id::text <> e.value)`,
    },
  }
}
