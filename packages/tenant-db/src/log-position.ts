import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'

/** How far the log of a primary has come, as text such as `0/1A2B3C`; everything committed before the question is in it. */
export async function readLogPosition(executor: Executor): Promise<string> {
  const [row] = await executor.run(logPosition, {})
  return row?.lsn ?? ''
}

/** How far a standby shows the log; `isStandby` is false for one that was promoted and follows nobody any more. */
export async function readReplayPosition(executor: Executor): Promise<{ isStandby: boolean; lsn: string }> {
  const [row] = await executor.run(replayPosition, {})
  return { isStandby: row?.isStandby === true || row?.isStandby === 't', lsn: row?.lsn ?? '0/0' }
}

const logPosition = statement<Record<string, never>, { lsn: string }>((db) =>
  db.execute(sql`select pg_current_wal_insert_lsn()::text as lsn`),
)

const replayPosition = statement<Record<string, never>, { isStandby: unknown; lsn: string | null }>((db) =>
  db.execute(sql`select pg_is_in_recovery() as "isStandby", pg_last_wal_replay_lsn()::text as lsn`),
)
