import { instantFromText } from '@tenantry/connections/columns'

/** Milliseconds of a half-open range as Postgres prints it, `["2026-05-01 16:00:00+00","2026-05-01 23:00:00+00")`. */
export function spanOf(range: string): { from: number; until: number } {
  const [from = '', until = ''] = range.slice(1, -1).replaceAll('"', '').split(',').map(instantFromText)
  return { from: Date.parse(from), until: Date.parse(until) }
}
