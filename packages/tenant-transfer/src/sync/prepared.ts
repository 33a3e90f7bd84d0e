import type { CopyLink } from '@tenantry/connections/copy'

/** A statement that Postgres parses once for each connection, and plans once: its text is long and its rows are few. */
export interface PreparedStatement {
  name: string
  /** Of its parameters. */
  types: string[]
  text: string
}

const preparedOn = new WeakMap<CopyLink, Set<string>>()

/** Does nothing for those the connection has already. */
export async function prepare(link: CopyLink, statements: readonly PreparedStatement[]): Promise<void> {
  const known = preparedOn.get(link) ?? new Set()
  preparedOn.set(link, known)
  const added = statements.filter(({ name }) => !known.has(name))
  if (added.length === 0) return
  const texts = added.map(({ name, types, text }) => {
    const parameters = types.length > 0 ? ` (${types.join(', ')})` : ''
    return `prepare ${name}${parameters} as ${text}`
  })
  // Without it Postgres would plan the first five calls one by one.
  await link.run(`set plan_cache_mode = force_generic_plan; ${texts.join('; ')}`)
  for (const { name } of added) known.add(name)
}

/** `values` stand in the text as they are. */
export function callOf({ name }: PreparedStatement, values: readonly string[]): string {
  return values.length > 0 ? `execute ${name} (${values.join(', ')})` : `execute ${name}`
}

/** Any texts as one literal; NULL is not among them. */
export function textArray(texts: readonly string[]): string {
  const elements = texts.map((text) => `"${text.replaceAll(/[\\"]/g, String.raw`\$&`)}"`)
  return `'{${elements.join(',').replaceAll("'", "''")}}'::text[]`
}
