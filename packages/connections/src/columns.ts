import { customType } from 'drizzle-orm/pg-core'

/**
 * A moment, as ISO text in UTC with up to six digits: `2026-05-01T18:00:00.123456Z`. Never a Date, which would cut the
 * microseconds that optimistic versions and keyset cursors compare, and costs more than the rest of reading a row.
 */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp with time zone',
  fromDriver: instantFromText,
})

/** A calendar day, `2026-05-01`. */
export const localDate = customType<{ data: string; driverData: string }>({ dataType: () => 'date' })

/** A time of day without a zone, `18:30:00`. */
export const localTime = customType<{ data: string; driverData: string }>({ dataType: () => 'time' })

/** An amount of money in the currency's smallest unit. Throws RangeError beyond 2^53, where a number would be another one. */
export const minorUnits = customType<{ data: number; driverData: string | number }>({
  dataType: () => 'bigint',
  fromDriver: safeInteger,
  toDriver: safeInteger,
})

/** A bigint that identifies or counts rows, as text. */
export const bigintText = customType<{ data: string; driverData: string }>({ dataType: () => 'bigint' })

/** A `numeric` as the exact text Postgres prints. */
export const decimalText = customType<{
  data: string
  driverData: string
  config: { precision: number; scale: number }
}>({
  dataType: (config) => (config ? `numeric(${config.precision}, ${config.scale})` : 'numeric'),
})

export const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

/** Text that compares without regard to case; needs the extension `citext`. */
export const citext = customType<{ data: string; driverData: string }>({ dataType: () => 'citext' })

/** `2026-05-01 18:00:00.5+00` as sessions with TimeZone UTC and DateStyle ISO print it, to `2026-05-01T18:00:00.5Z`. */
export function instantFromText(text: string): string {
  const end = text.length - 3
  return text.charCodeAt(10) === space && text.endsWith('+00') ? `${text.slice(0, 10)}T${text.slice(11, end)}Z` : text
}

const space = 0x20

function safeInteger(value: string | number): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new RangeError('an amount is not a safe integer')
  return number
}
