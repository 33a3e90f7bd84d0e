import { z } from 'zod'

/** An instant as ISO 8601 in UTC with microseconds at most, e.g. `2026-05-01T18:00:00.123456Z`. Instants travel as text. */
export const Instant = z.iso.datetime({ offset: true })
/** A calendar date without time or zone, `2026-05-01`. */
export const LocalDate = z.iso.date()
/** A time of day without a zone, `18:30:00`; a form may leave out the seconds. */
export const LocalTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'Use a time such as 18:30.')
  .transform((time) => (time.length === 5 ? `${time}:00` : time))
/** ISO 4217 code. */
export const Currency = z.string().regex(/^[A-Z]{3}$/, 'Use a three-letter currency code such as USD.')
/** Money in minor units (cents); safe as a JSON number up to 2^53 - 1. */
export const MinorUnits = z.int().min(0).max(Number.MAX_SAFE_INTEGER)
/** A tax rate in parts per million: 8.875 % is 88750. */
export const RatePpm = z.int().min(0).max(1_000_000)
/** The same where it may be less than nothing, as the price of a line that takes something back. */
export const SignedMinorUnits = z.int().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER)
/** How many of something, as text with three digits behind the point: `2.500`. Fewer digits may be given. */
export const Quantity = z
  .string()
  .trim()
  .regex(/^\d{1,9}(\.\d{1,3})?$/, 'Use a number with at most three digits behind the point.')
  .transform((quantity) => {
    const [whole = '', fraction = ''] = quantity.split('.')
    return `${whole.replace(/^0+(?=\d)/, '')}.${fraction.padEnd(3, '0')}`
  })
/** IANA zone name as Postgres and `Intl` accept it. */
export const TimeZone = z.string().regex(/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/, 'Use a zone name such as Europe/Berlin.')
export const CountryCode = z.string().regex(/^[A-Z]{2}$/, 'Use a two-letter country code such as US.')
export const PhoneE164 = z.string().regex(/^\+[1-9][0-9]{6,14}$/, 'Use the international form, such as +14155550100.')
export const Email = z.email().max(254)
/** BCP 47 tag. */
export const Locale = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
/** Counts every write to a record; a patch names the version it was made from. */
export const Version = z.int().positive()

/** A trimmed, non-empty line of text without control characters. */
export const line = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1, 'Fill this in.')
    .max(maxLength)
    .regex(/^\P{Cc}*$/u, 'Control characters are not allowed.')
/** Optional line: an empty field of a form means «no value». */
export const optionalLine = (maxLength: number) =>
  z.preprocess(
    (value: string | null | undefined) => (typeof value === 'string' && value.trim() === '' ? null : value),
    line(maxLength).nullable(),
  )
/** Free text of several lines. Postgres cannot store NUL. */
export const text = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .refine((value) => !value.includes('\0'), 'This text has a character that cannot be stored.')
/** An empty field of a form means «no value» for any scalar; a form holds `''` or what the scalar itself accepts. */
export const orNull = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    (value: z.input<T> | '' | null | undefined) => (value === '' || value === undefined ? null : value),
    schema.nullable(),
  )
