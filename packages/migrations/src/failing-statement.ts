import type { AdminRun } from '@tenantry/connections/admin'
import { isTenantryError } from '@tenantry/errors'
import type { Migration } from './folder.ts'

/** Which statement of a migration, by its place and the words it begins with: names, and never a value. */
export interface FailingStatement {
  number: number
  of: number
  begins: string
}

/**
 * Runs the statements of a migration one by one, up to the one that fails, and rolls back; undefined when none fails
 * this time, or when the connection is gone.
 */
export async function findFailingStatement(run: AdminRun, migration: Migration): Promise<FailingStatement | undefined> {
  try {
    await run('begin')
    for (const [index, statement] of migration.statements.entries()) {
      const failure = await run(statement).then(
        () => undefined,
        (error: unknown) => error,
      )
      if (isTenantryError(failure) && 'sqlstate' in (failure.detail ?? {})) return headOf(migration, index)
    }
    return undefined
  } catch {
    return undefined
  } finally {
    await run('rollback').catch(() => undefined)
  }
}

export function headOf({ statements }: Migration, index: number): FailingStatement {
  return { number: index + 1, of: statements.length, begins: beginningOf(statements[index] ?? '') }
}

/** Up to the first thing that is not a word, a quoted name or a dot; values stand behind it. */
function beginningOf(statement: string): string {
  const bare = statement.replaceAll(/--.*$/gm, ' ').replaceAll(/\s+/g, ' ').trim()
  const words = /^(?:[a-z_][\w$]*|"[^"]*"|[ .])+/i.exec(bare)?.[0] ?? ''
  const [before = ''] = words.split(/\b(?:values|set|as|using|default|check|where|select)\b/i)
  return (before.trim() || (/^\w+/.exec(bare)?.[0] ?? '')).slice(0, longest)
}

const longest = 120
