import type { AdminRun } from '@tenantry/connections/admin'

/** What may be otherwise although everything is as it was: what remembers, and what tells of what was remembered. */
const remembering = [
  'record_changes',
  'import_batches',
  'import_rows',
  'webhook_changes',
  'webhook_messages',
  'webhook_attempts',
]
const counting = ['version', 'updated_at', 'updated_by']

/** Of each table of a company how many rows it has and a hash of all that they say. */
export async function snapshotOf(run: AdminRun): Promise<Record<string, string>> {
  const tables = await run<{ name: string }>(`select c.relname as name from pg_class c
    where c.relnamespace = 'crm'::regnamespace and c.relkind = 'r' order by 1`)
  const own = tables.map(({ name }) => name).filter((name) => !remembering.includes(name))
  const lines = `to_jsonb(t) - '{${counting.join()}}'::text[]`
  const hashes = own.map(
    (
      name,
    ) => `select '${name}' as name, count(*) || ' rows, ' || coalesce(md5(string_agg(line, E'\\n' order by line)), '') as seen
      from (select (${lines})::text as line from crm.${name} t) lines`,
  )
  const seen = await run<{ name: string; seen: string }>(hashes.join(' union all '))
  return Object.fromEntries(seen.map((table) => [table.name, table.seen]))
}
