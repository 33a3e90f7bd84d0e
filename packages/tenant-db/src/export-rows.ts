import { openAdminLink } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { identifier } from './provision-roles.ts'
import { tablesWithRows } from './removal.ts'

const atOnce = 500

/** Where the rows of an export go. */
export interface RowSink {
  /** Opens the table's place and is called with its rows, each a line of JSON without its end, in batches. */
  table(name: string, batches: AsyncIterable<string[]>): Promise<void>
}

/**
 * Every row of one tenant, as all of them were at one moment, in constant memory. `admin` passes row security by; a role
 * that does not is refused instead of exporting nothing.
 */
export async function exportRows(admin: Target, tenantIdInDataSource: string, sink: RowSink): Promise<void> {
  await using link = await openAdminLink(admin, { statementMs: 600_000 })
  const { run } = link
  await run('begin isolation level repeatable read read only')
  await run('set local row_security = off')
  for (const table of (await tablesWithRows(run)).toSorted()) {
    await run(`declare export no scroll cursor for select to_jsonb(t)::text as line from crm.${identifier(table)} t
      where tenant_id = '${uuid(tenantIdInDataSource)}'`)
    await sink.table(table, batches())
    await run('close export')
  }
  await run('commit')

  async function* batches(): AsyncGenerator<string[]> {
    for (;;) {
      const rows = await run<{ line: string }>(`fetch ${atOnce} from export`)
      if (rows.length === 0) return
      yield rows.map(({ line }) => line)
    }
  }
}

/** DECLARE takes no parameters. */
function uuid(text: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) throw new TypeError('not the id of a tenant')
  return text
}
