import { legacyTableNames, type LegacyTable } from '../legacy/columns.ts'
import { literal } from '../manifest/expressions.ts'
import type { Manifest } from '../manifest/manifest.ts'
import type { PreparedStatement } from './prepared.ts'

/** Rows that look otherwise because another one has changed. */
export interface KinStatements {
  /** Rows that share a value with one that has changed, by the pairs of `sharing`. */
  sharing: PreparedStatement
  /** What the parameters of `sharing` stand for. */
  shared: { table: LegacyTable; column: string }[]
  /** Rows that share something with these rows. */
  kin: PreparedStatement
  /** Rows that point at those of these rows that are gone, or cannot be moved in. */
  dependants: PreparedStatement
  /** On the target: rows in quarantine that wait for one of these ids. */
  waiting: PreparedStatement
}

export function kinStatementsOf({ moves, company, isRejected }: Manifest): KinStatements {
  const ofCompany = `tenant_id = ${literal(company.legacyTenantId)}`
  const idsOf = (table: LegacyTable) => `$${legacyTableNames.indexOf(table) + 1}`
  const types = legacyTableNames.map(() => 'uuid[]')
  const kinships = moves.flatMap(({ source, kin = [] }) => kin.map((one) => ({ source, ...one })))
  const shared = kinships.filter(
    ({ table, column }, at) => kinships.findIndex((one) => one.table === table && one.column === column) === at,
  )
  const gone = moves.map(
    ({ source }) => `select '${source}' as source, changed.id from unnest(${idsOf(source)}) changed (id)
      where not exists (select from public.${source} where ${source}.id = changed.id and ${source}.${ofCompany} and not ${isRejected(source)})`,
  )
  const pointing = moves.flatMap(({ source, references }) =>
    references.map(
      ({ column, to }) => `select '${source}' as "table", id::text as id from public.${source}
        where ${ofCompany} and ${column} in (select gone.id from gone where gone.source = '${to}')`,
    ),
  )
  const pointers = new Set(moves.flatMap(({ references }) => references.map(({ column }) => literal(column))))
  return {
    shared: shared.map(({ table, column }) => ({ table, column })),
    sharing: {
      name: 'tenantry_sharing',
      types: shared.map(() => 'text[]'),
      text: shared
        .map(
          ({ table, column }, at) =>
            `select '${table}' as "table", id::text as id from public.${table} where ${ofCompany} and ${column}::text = any ($${at + 1})`,
        )
        .join(' union all '),
    },
    kin: {
      name: 'tenantry_kin',
      types,
      text: kinships
        .map(
          ({ source, table, column, of }) =>
            `select '${table}' as "table", o.id::text as id from public.${source} c join public.${table} o
              on o.tenant_id = c.tenant_id and o.${column} = c.${of} where c.${ofCompany} and c.id = any (${idsOf(source)})`,
        )
        .join(' union '),
    },
    dependants: {
      name: 'tenantry_dependants',
      types,
      text: `with gone as materialized (${gone.join(' union all ')}) ${pointing.join(' union ')}`,
    },
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
