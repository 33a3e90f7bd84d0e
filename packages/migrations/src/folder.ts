import { TenantryError } from '@tenantry/errors'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Migration {
  /** `0003_quotes`: its name in the folder and in the ledger. */
  tag: string
  /** SHA-256 of the file, in hexadecimal. */
  hash: string
  /** A migration is one script in one transaction, unless its first line asks for steps without one. */
  mode: 'transaction' | 'steps'
  /** The file as it is. */
  text: string
  /** The file, cut where drizzle-kit marks the end of a statement. */
  statements: string[]
}

/** First line of a migration with CREATE INDEX CONCURRENTLY and its like, which refuse to run in a transaction. */
const stepsMark = '-- migrate: without transaction'

/** Between two steps, as drizzle-kit writes it. */
const breakpoint = '--> statement-breakpoint'

/** Reads a folder of drizzle-kit in the order of its journal. Throws CONFIGURATION_INVALID when a file is missing. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const journal = JSON.parse(await readText(folder, 'meta/_journal.json')) as { entries: { tag: string }[] }
  return Promise.all(journal.entries.map(({ tag }) => readMigration(folder, tag)))
}

async function readMigration(folder: string, tag: string): Promise<Migration> {
  const text = await readText(folder, `${tag}.sql`)
  const hash = createHash('sha256').update(text).digest('hex')
  const statements = text.split(breakpoint).map((statement) => statement.trim())
  return {
    tag,
    hash,
    mode: text.startsWith(stepsMark) ? 'steps' : 'transaction',
    text,
    statements: statements.filter((statement) => statement !== ''),
  }
}

async function readText(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), 'utf8')
  } catch (cause) {
    throw new TenantryError('CONFIGURATION_INVALID', { message: `The migrations lack the file ${name}.`, cause })
  }
}
