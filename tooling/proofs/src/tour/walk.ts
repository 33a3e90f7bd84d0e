import { lookInto } from '@tenantry/testing/look-into'
import { runCommand } from './command-line.ts'
import type { Ground } from './ground.ts'
import type { Narrator } from './narrator.ts'
import type { Visitor } from './visitor.ts'
import type { WebApplication } from './web-application.ts'

/** What every chapter of the tour has at hand. */
export interface Walk {
  ground: Ground
  web: WebApplication
  narrator: Narrator
  owner: Visitor
}

/** The answer of a command that ends with this exit code; throws with what it said otherwise. */
export async function answerOf<Data>({ ground, web }: Walk, line: string, exitCode = 0): Promise<Data> {
  const { code, data, err } = await runCommand(line, { ...ground.environment, APP_ORIGIN: web.origin }, ground.program)
  if (code !== exitCode) throw new Error(`it ended with exit code ${code} instead of ${exitCode}. ${err.trim()}`)
  // Each chapter names what its command prints.
  return data as Data
}

/** One number that a tenant's database knows, asked past the application. */
export async function countIn({ ground }: Walk, database: string, statement: string): Promise<number> {
  const [row] = await lookInto<{ count: number }>({ ...ground.tenants, database }, statement)
  return Number(row?.count)
}
