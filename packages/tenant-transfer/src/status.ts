import type { MovingTenant } from '@tenantry/app-db/types'
import { openSides, type TransferOptions } from './sides.ts'
import { readMarks, readPosition, formatLsn } from './sync/marks.ts'
import { hasStream, streamName } from './sync/stream.ts'

export interface TransferStatus {
  /** Who takes the company's writes at this moment. */
  inCharge: 'the old system' | 'nobody, for a moment' | 'the tenant database'
  transfer: MovingTenant['transfer'] | null
  copied: { name: string; rows: number; isDone: boolean }[]
  /** Null when changes do not flow. */
  stream: { position: string; bytesBehind: number } | null
  quarantined: { table: string; rows: number; values: number }[]
}

export async function transferStatus(options: TransferOptions): Promise<TransferStatus> {
  const tenant = await options.transfers.tenant(options.slug)
  const base = { inCharge: inCharge(tenant), transfer: tenant.transfer ?? null }
  if (tenant.transfer === undefined) return { ...base, copied: [], stream: null, quarantined: [] }
  await using sides = await openSides(options)
  const marks = await readMarks(sides.target)
  const position = (await hasStream(sides)) ? await readPosition(sides.target) : undefined
  const [lag] = await sides.control.run<{ bytes: string }>(
    `select coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn), 0)::text as bytes from pg_replication_slots where slot_name = $1`,
    [streamName(sides)],
  )
  const quarantined = await sides.target.run<{ table: string; rows: string; values: string }>(
    `select source_table as table, count(*) filter (where column_name = '')::text as rows, count(*) filter (where column_name <> '')::text as values
     from crm.transfer_quarantine group by 1 order by 1`,
  )
  return {
    ...base,
    copied: [...marks.values()].map(({ name, rows, isDone }) => ({ name, rows, isDone })),
    stream: position === undefined ? null : { position: formatLsn(position), bytesBehind: Number(lag?.bytes ?? 0) },
    quarantined: quarantined.map(({ table, rows, values }) => ({ table, rows: Number(rows), values: Number(values) })),
  }
}

function inCharge({ transfer }: MovingTenant): TransferStatus['inCharge'] {
  if (transfer === undefined) return 'the old system'
  switch (transfer.state) {
    case 'copying':
      return 'the old system'
    case 'paused':
      return Date.parse(transfer.pausedUntil ?? '') > Date.now() ? 'nobody, for a moment' : 'the old system'
    case 'moved':
      return 'the tenant database'
  }
}
