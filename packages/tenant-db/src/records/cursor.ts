import { TenantryError } from '@tenantry/errors'
import { z } from 'zod'

/** The last row of a page: what it was sorted by, and its id for the rows that are equal in that. */
export interface Place {
  value: string | number
  id: string
}

/** Opaque to everybody else. `order` names what it was made for. */
export function writeCursor(order: string, { value, id }: Place): string {
  return Buffer.from(JSON.stringify([order, value, id])).toString('base64url')
}

/** Throws BAD_INPUT for what is not a cursor, and for a cursor of another order, which would name another place. */
export function readCursor(
  cursor: string,
  order: string,
  shape: { value: z.ZodType<string | number>; id: z.ZodType<string> },
): Place {
  const parts = z.tuple([z.literal(order), shape.value, shape.id]).safeParse(parse(cursor))
  if (!parts.success || String(parts.data[1]).includes('\0'))
    throw new TenantryError('BAD_INPUT', { message: 'This page is no longer valid. Start from the first page.' })
  const [, value, id] = parts.data
  return { value, id }
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}
