import type { CopyLink } from '@tenantry/connections/copy'

/** How far an entry has been copied. */
export interface Mark {
  name: string
  lastId: string | null
  rows: number
  isDone: boolean
}

/** The place in the stream of changes is a mark of this name. */
export const streamMark = 'stream'

/** What a table held that is not moved into is a mark whose name begins so. */
export const ownWorkMark = 'own work '

export async function readMarks(target: CopyLink): Promise<Map<string, Mark>> {
  const marks = await target.run<{ name: string; lastId: string | null; rows: string; isDone: boolean }>(
    `select name, last_id::text as "lastId", rows::text as rows, is_done as "isDone" from crm.transfer_marks where name <> '${streamMark}' and name not like '${ownWorkMark}%'`,
  )
  return new Map(marks.map(({ rows, ...mark }) => [mark.name, { ...mark, rows: Number(rows) }]))
}

/** In the transaction of the rows it tells about. */
export async function putMark(target: CopyLink, { name, lastId, rows, isDone }: Mark): Promise<void> {
  await target.run(
    `insert into crm.transfer_marks (name, last_id, rows, is_done) values ($1, $2, $3, $4)
     on conflict (tenant_id, name) do update set last_id = excluded.last_id, rows = excluded.rows, is_done = excluded.is_done`,
    [name, lastId, rows, isDone],
  )
}

/** Undefined while there is no stream. */
export async function readPosition(target: CopyLink): Promise<bigint | undefined> {
  const [mark] = await target.run<{ position: string }>(
    `select position from crm.transfer_marks where name = '${streamMark}'`,
  )
  return mark === undefined ? undefined : parseLsn(mark.position)
}

export async function putPosition(target: CopyLink, position: bigint): Promise<void> {
  await target.run(
    `insert into crm.transfer_marks (name, position) values ($1, $2) on conflict (tenant_id, name) do update set position = excluded.position`,
    [streamMark, formatLsn(position)],
  )
}

/** `16/B374D848` and back: a place in the log of a server, which only grows. */
export function parseLsn(text: string): bigint {
  const [high = '0', low = '0'] = text.split('/')
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`)
}

export function formatLsn(position: bigint): string {
  return `${(position >> 32n).toString(16)}/${(position & 0xffffffffn).toString(16)}`.toUpperCase()
}
