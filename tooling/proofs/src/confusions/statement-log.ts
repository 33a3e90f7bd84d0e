import { withAdminConnection, type AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import type { LocalServer } from '@tenantry/local-postgres'
import { setTimeout as sleep } from 'node:timers/promises'

/** One statement as the server itself noted it, whether it ran or was refused. */
export interface LoggedStatement {
  user: string
  database: string
  text: string
}

/** The server's own record of every statement it was asked. Restarts the server to switch it on. */
export async function openStatementLog(server: LocalServer): Promise<StatementLog> {
  const admin: Target = { ...addressOf(server), database: 'postgres', tls: 'off' }
  await withAdminConnection(admin, async (run) => {
    for (const setting of settings) await run(setting)
  })
  await server.restart()
  return new StatementLog(admin)
}

const file = 'log/statements.json'
const settings = [
  'alter system set logging_collector = on',
  `alter system set log_destination = 'jsonlog'`,
  `alter system set log_filename = 'statements.log'`,
  'alter system set log_rotation_age = 0',
  // Of every role: what the server is started with says the opposite, for the sake of customers' data.
  `alter role all set log_statement = 'all'`,
  `alter role all set log_min_error_statement = 'error'`,
]

export class StatementLog {
  readonly #admin: Target
  #offset = 0

  constructor(admin: Target) {
    this.#admin = admin
  }

  /** What was asked since the last call, except by the superuser. */
  async take(): Promise<LoggedStatement[]> {
    return await withAdminConnection(this.#admin, async (run) => {
      const lines = (await this.#readUpToHere(run)).split('\n').filter((line) => line !== '')
      return lines
        .map(statementOf)
        .filter((statement) => statement !== undefined)
        .filter(({ user }) => user !== this.#admin.user)
    })
  }

  /** The log is written by a process of its own, so a mark of ours shows that everything before it has arrived. */
  async #readUpToHere(run: AdminRun): Promise<string> {
    const mark = `mark ${process.hrtime.bigint()}`
    await run(`select '${mark}'`)
    for (;;) {
      const [read] = await run<{ text: string }>(
        `select pg_read_file('${file}', $1, greatest((pg_stat_file('${file}')).size - $1, 0)) as text`,
        [this.#offset],
      )
      const text = read?.text ?? ''
      const at = text.indexOf(mark)
      const end = at < 0 ? -1 : text.indexOf('\n', at)
      if (end >= 0) {
        this.#offset += Buffer.byteLength(text.slice(0, end + 1))
        return text.slice(0, end + 1)
      }
      await sleep(20)
    }
  }
}

/** A line tells of a statement that is about to run, or of one that failed, for example because its table is missing. */
function statementOf(line: string): LoggedStatement | undefined {
  const { user = '', dbname = '', message = '', statement } = JSON.parse(line) as Record<string, string | undefined>
  const text = /^(?:statement|execute [^:]+): (.*)$/s.exec(message)?.[1] ?? statement
  return text === undefined ? undefined : { user, database: dbname, text }
}

export function addressOf({ host, port, superuser, password }: LocalServer) {
  return { host, port, user: superuser, password: () => password }
}
