import type { LegacyTable } from '../legacy/columns.ts'
import type { Company } from './company.ts'
import type { Expression, Value } from './table-move.ts'

/** A text as SQL. Values with a backslash are not needed, and would need another form of literal. */
export function literal(text: string): Expression {
  if (text.includes('\\') || text.includes('\0')) throw new TypeError('a literal holds what it must not')
  return `'${text.replaceAll("'", "''")}'`
}

/** Blank text is no text. */
export const filled = (column: Expression): Expression => `nullif(btrim(${column}), '')`

/** An amount in the smallest unit. Amounts that have no such are refused before. */
export const minor = ({ exponent }: Company, column: Expression): Expression =>
  `(${column} * ${10 ** exponent})::bigint`

/** The amount cannot be said in the company's currency: yen have no cents, and a column of amounts may hold what is no number. */
export const isFraction = ({ exponent }: Company, column: Expression): Expression =>
  `${column} is not null and (${column} = 'NaN' or ${column} <> round(${column}, ${Math.min(exponent, 2)}))`

/** A day as calendars have it: Postgres also keeps `infinity` and years of five digits. */
export const isDay = (column: Expression): Expression => `${column} between '0001-01-01' and '9999-12-31'`

export function day(table: string, column: string): Value {
  const typed = `${table}.${column}`
  return {
    sql: `(case when ${isDay(typed)} then ${typed} end)`,
    lost: { column, reason: 'is no day of a calendar' },
  }
}

/** The old columns could say midnight as `24:00` of the day before; midnight, too, where they have no time. */
export const clock = (time: Expression): Expression => `coalesce(nullif(${time}, '24:00'), '00:00')`

/** The day that `clock` belongs to, of a day that may be null. */
export const dayOfClock = (date: Expression, time: Expression): Expression =>
  `${date} + coalesce(${time} = '24:00', false)::int`

/** One of a closed set of words, told from the spellings the old system let people type. */
export function word(column: Expression, spellings: Record<string, readonly string[]>): Expression {
  return lookUp(
    column,
    Object.fromEntries(Object.entries(spellings).flatMap(([target, texts]) => texts.map((text) => [text, target]))),
  )
}

/** Most texts are written as the keys are, but for capitals; making one plain costs three times as much as looking it up. */
function lookUp(text: Expression, words: Record<string, string>): Expression {
  const dictionary = `${literal(JSON.stringify(words))}::jsonb`
  return `coalesce(${dictionary} ->> lower(${text}), ${dictionary} ->> ${plain(text)})`
}

/** Small letters, with every run of other signs as one blank: `Closed - Won` and `closed_won` are the same. */
export const plain = (column: Expression): Expression =>
  `btrim(regexp_replace(lower(${column}), '[^[:alnum:]]+', ' ', 'g'))`

/** A word with a default; a text that is none of them is noted. */
export function wordOr(
  column: string,
  table: string,
  otherwise: string,
  spellings: Record<string, readonly string[]>,
): Value {
  const known = word(`${table}.${column}`, spellings)
  return {
    sql: `coalesce(${known}, ${literal(otherwise)})`,
    lost: {
      column,
      reason: `is none of the words for it; taken as «${otherwise}»`,
      when: `${filled(`${table}.${column}`)} is not null and ${known} is null`,
    },
  }
}

/** The digits of a text and nothing else. */
export const digitsOf = (text: Expression): Expression => `translate(${text}, translate(${text}, '0123456789', ''), '')`

/** A telephone number in the international form, or null when it is none. `digits` are those of the column. */
export function phone({ callingCode }: Company, column: Expression, digits: Expression): Expression {
  const local =
    callingCode === undefined
      ? 'null'
      : callingCode === '1'
        ? `case when length(${digits}) = 10 then '1' || ${digits} when length(${digits}) = 11 and ${digits} like '1%' then ${digits} end`
        : `'${callingCode}' || case when ${digits} like '0%' then substr(${digits}, 2) else ${digits} end`
  const international = `case when btrim(${column}) like '+%' then ${digits} when btrim(${column}) like '00%' then substr(${digits}, 3) else ${local} end`
  return `(case when ${column} !~ '[[:alpha:]]' and length(${international}) between 7 and 15 and (${international}) not like '0%' then '+' || ${international} end)`
}

/** `digits`: those of the column, where they are prepared. */
export function phoneValue(company: Company, table: string, column: string, digits?: Expression): Value {
  const typed = `${table}.${column}`
  return {
    sql: phone(company, typed, digits ?? digitsOf(typed)),
    lost: { column, reason: 'is not a telephone number that can be called from abroad' },
  }
}

export function email(table: string, column: string): Value {
  const text = `btrim(${table}.${column})`
  return {
    sql: `(case when ${text} ~ '^[^[:space:]@]+@[^[:space:]@]+[.][^[:space:]@]+$' then ${text} end)`,
    lost: { column, reason: 'is not an e-mail address' },
  }
}

/** Somebody who may own records, or nobody. */
export function member({ memberIds }: Company, table: string, column: string): Value {
  const known = memberIds.map((id) => literal(id)).join(', ')
  return {
    sql: known === '' ? 'null::uuid' : `(case when ${table}.${column} in (${known}) then ${table}.${column} end)`,
    lost: { column, reason: 'is nobody who works in this company now' },
  }
}

/**
 * An address that stands in single columns and in an object as well says two things, or the object says what no column
 * takes. `parts`: the keys under which the object may say what a column says; its `line2` has no column.
 */
export function disagreement(table: string, object: string, parts: Record<string, readonly string[]>): Expression {
  const said = (key: string) => filled(`${table}.${object} ->> '${key}'`)
  const different = Object.entries(parts).flatMap(([column, keys]) =>
    keys.map(
      (key) =>
        `coalesce(coalesce(${filled(`${table}.${column}`)}, ${keys.map(said).join(', ')}) <> ${said(key)}, false)`,
    ),
  )
  const known = [...Object.values(parts).flat(), 'line2'].map(literal).join(', ')
  const unknown = `(${table}.${object} - array[${known}]) <> '{}'`
  return `(case when jsonb_typeof(${table}.${object}) = 'object' then ${[...different, unknown].join(' or ')} else false end)`
}

/** The two-letter code of a country that was typed; a text without blanks at its ends, or null. */
export function country(typed: Expression): Expression {
  const isCode = `length(${typed}) = 2 and ${typed} ~ '^[A-Za-z]{2}$' and upper(${typed}) <> 'UK'`
  return `(case when ${isCode} then upper(${typed}) else ${lookUp(typed, countries)} end)`
}

/** What people type, without signs, to the code. */
const countries: Record<string, string> = {
  ...Object.fromEntries(
    countryCodes().flatMap((code) => {
      const name = new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code
      return [[plainName(name), code]]
    }),
  ),
  usa: 'US',
  'u s a': 'US',
  'u s': 'US',
  'united states of america': 'US',
  america: 'US',
  uk: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'great britain': 'GB',
  deutschland: 'DE',
  osterreich: 'AT',
  schweiz: 'CH',
  holland: 'NL',
}

function countryCodes(): string[] {
  return (
    'AD AE AR AT AU BE BG BR CA CH CL CN CO CY CZ DE DK EE ES FI FR GB GR HK HR HU ID IE IL IN IS IT JP KE KR LI LT LU ' +
    'LV MC MT MX MY NL NO NZ PE PH PL PT RO RS SE SG SI SK TH TR TW UA US UY VN ZA'
  ).split(' ')
}

function plainName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** A local date and time as an instant. */
export const instant = ({ timeZone }: Company, dateAndTime: Expression): Expression =>
  `timezone(${literal(timeZone)}, ${dateAndTime})`

/**
 * The row is the earliest of those of the company that share these columns; `among` narrows them, and calls each `one`.
 * Worked out once for all rows: a look at the others for each row would take the square of their number.
 */
export function isEarliest(
  { legacyTenantId }: Company,
  table: LegacyTable,
  { of, among = 'true' }: { of: readonly string[]; among?: Expression },
): Expression {
  const shared = of.map((column) => `one.${column}`).join(', ')
  return `${table}.id in (select distinct on (${shared}) one.id from public.${table} one
    where one.tenant_id = ${literal(legacyTenantId)} and ${among} order by ${shared}, one.created_at, one.id)`
}

/** A second id that follows from the first one, for what had none of its own. */
export const derivedId = (name: string, id: Expression): Expression => `md5(${literal(`${name} `)} || ${id})::uuid`
