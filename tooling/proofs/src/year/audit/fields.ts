/** Fields whose column has another name. */
const columns: Record<string, string> = {
  phone: 'phone_e164',
  onsitePhone: 'onsite_phone_e164',
  bodyMarkdown: 'body_md',
}

/** What a row says of a field; undefined for what is kept elsewhere, and for hashes, which history writes in another form. */
export function valueIn(row: Record<string, unknown>, field: string): unknown {
  const [, custom] = /^custom\.(.+)$/.exec(field) ?? []
  // A row's custom values are one object of its own.
  if (custom !== undefined) return (row['custom'] as Record<string, unknown>)[custom] ?? null
  const column = columns[field] ?? field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return column in row && !column.includes('sha256') ? row[column] : undefined
}

/** Instants and times of day in one way of writing them; everything else as JSON, its keys in order. */
export function form(value: unknown): string {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return instantOf(value)
  if (typeof value === 'string' && /^\d\d:\d\d$/.test(value)) return `"${value}:00"`
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/** To the microsecond, which is what Postgres keeps and a Date does not. */
function instantOf(text: string): string {
  const [, fraction = ''] = /\.(\d+)/.exec(text) ?? []
  const seconds = Date.parse(text.replace(/\.\d+/, '')) / 1000
  return `${seconds}.${fraction.padEnd(6, '0').slice(0, 6)}`
}

/** The table of a kind of record, by the word that history has for it, and the other way round. */
export function tableOf(entity: string): string {
  return entity.endsWith('y') ? `${entity.slice(0, -1)}ies` : `${entity}s`
}

export function entityOf(table: string): string {
  return table.endsWith('ies') ? `${table.slice(0, -3)}y` : table.slice(0, -1)
}
