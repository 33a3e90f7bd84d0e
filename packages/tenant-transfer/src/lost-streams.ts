import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { streamPrefix } from './sync/stream.ts'

/** What keeps the log of changes for a company that does not move in (any more): the server's disk fills up with it. */
export interface LostStream {
  kind: 'slot' | 'publication'
  host: string
  port: number
  name: string
  /** It belongs to no tenant. */
  slug: null
}

/** Only those of this application database: another one on the same server has streams of its own. */
export async function findLostStreams(source: Target): Promise<LostStream[]> {
  const found = await withAdminConnection(source, (run) =>
    run<Pick<LostStream, 'kind' | 'name'>>(
      `select s.kind, s.name from (
         select 'slot' as kind, slot_name::text as name from pg_replication_slots where database = current_database()
         union all select 'publication', pubname::text from pg_publication) s
       where s.name ~ ('^' || $1 || '[0-9a-f]{32}$')
         and not exists (select from app.transfers t where $1 || replace(t.legacy_tenant_id::text, '-', '') = s.name)
       order by 1, 2`,
      [streamPrefix(source.database)],
    ),
  )
  const { host, port } = source
  return found.map(({ kind, name }) => ({ kind, name, host, port, slug: null }))
}

/** One that is gone already is fine. */
export async function sweepLostStream(source: Target, { kind, name }: LostStream): Promise<void> {
  await withAdminConnection(source, (run) =>
    kind === 'slot'
      ? run('select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1', [name])
      : run(`drop publication if exists "${name}"`),
  )
}
