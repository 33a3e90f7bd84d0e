import type { AdminRun } from '@tenantry/connections/admin'

/**
 * Whether this step builds an index that stands already, from a run that ended before it could note it down. One that
 * was left half-built is dropped: Postgres never finishes it, never uses it, and refuses its name to another one.
 */
export async function isIndexBuilt(run: AdminRun, statement: string): Promise<boolean> {
  const index = concurrentIndexOf(statement)
  if (index === undefined) return false
  const [found] = await run<{ valid: boolean; drop: string }>(indexQuestion, [index.name, index.table])
  if (found === undefined) return false
  if (found.valid) return true
  await run(found.drop)
  return false
}

/** An index stands in the schema of its table. */
const indexQuestion = `
  select i.indisvalid and i.indisready as valid,
    format('drop index concurrently %I.%I', n.nspname, c.relname) as drop
  from pg_class c join pg_index i on i.indexrelid = c.oid join pg_namespace n on n.oid = c.relnamespace
  where c.relname = $1 and i.indrelid = to_regclass($2)`

/** Undefined for every other statement, and for an index without a name. */
function concurrentIndexOf(statement: string): { name: string; table: string } | undefined {
  const bare = statement.replaceAll(/--.*$/gm, ' ').trim()
  const { name, table } = pattern.exec(bare)?.groups ?? {}
  if (name === undefined || table === undefined) return undefined
  return { name: name.startsWith('"') ? name.slice(1, -1) : name.toLowerCase(), table }
}

const word = String.raw`(?:"[^"]+"|[a-z_]\w*)`
const pattern = new RegExp(
  String.raw`^create\s+(?:unique\s+)?index\s+concurrently\s+(?:if\s+not\s+exists\s+)?(?<name>${word})\s+on\s+(?:only\s+)?(?<table>${word}(?:\.${word})?)`,
  'i',
)
