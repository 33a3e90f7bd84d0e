/**
 * How far the logs of servers had come when one's writes were committed: `<server>:<position>` such as `7412…:0/1A2B3C`,
 * one for each server, separated by commas. Whoever carries it reads from no replica that is not as far. No secret, and of
 * no use to anybody else.
 */
export type WriteMark = string

/** Of requests and answers. */
export const writeMarkHeader = 'x-tenantry-written'

/** In which a browser keeps it for the pages it asks for. */
export const writeMarkCookie = 'tenantry-written'

/** Somebody works with this many servers at once, at most; of more, those written to first are forgotten. */
const maxServers = 8

/** The position as a number; undefined when the mark says nothing about that server: no write of one's own is in its log. */
export function positionIn(server: string, mark: WriteMark | undefined): bigint | undefined {
  const lsn = mark === undefined ? undefined : partsOf(mark).get(server)
  return lsn === undefined ? undefined : positionOf(lsn)
}

/** Of the text that Postgres prints. */
export function positionOf(lsn: string): bigint {
  const [high = '', low = ''] = lsn.split('/')
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`)
}

export function markOf(server: string, lsn: string): WriteMark {
  return `${server}:${lsn}`
}

/** Of a write whose position could not be learnt: no replica ever comes so far, so the primary answers. */
export function endlessMark(server: string): WriteMark {
  return markOf(server, 'FFFFFFFF/FFFFFFFF')
}

/** What both say, the further position of each server. What is malformed in either is left out. */
export function joinMarks(first: WriteMark | undefined, second: WriteMark | undefined): WriteMark | undefined {
  const joined = partsOf(first ?? '')
  for (const [server, lsn] of partsOf(second ?? '')) {
    const known = joined.get(server)
    joined.delete(server)
    joined.set(server, known !== undefined && positionOf(known) > positionOf(lsn) ? known : lsn)
  }
  if (joined.size === 0) return undefined
  return [...joined]
    .slice(-maxServers)
    .map(([server, lsn]) => markOf(server, lsn))
    .join(',')
}

/** By server. Comes from the caller, so it may be anything. */
function partsOf(mark: string): Map<string, string> {
  const parts = new Map<string, string>()
  for (const part of mark.slice(0, 1_000).split(',')) {
    const [, server, lsn] = /^(\d{1,20}):([0-9A-F]{1,8}\/[0-9A-F]{1,8})$/i.exec(part) ?? []
    if (server !== undefined && lsn !== undefined) parts.set(server, lsn)
  }
  return parts
}
