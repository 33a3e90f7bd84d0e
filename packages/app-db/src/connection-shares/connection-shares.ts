import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import type { Access } from '../access.ts'

/** What a process has and wants of one server's connections. */
export type ShareAsk = {
  /** `host:port`. */
  server: string
  /** Open now. */
  holds: number
  /** It could use so many. */
  wants: number
  /** Connections of all processes together. */
  most: number
  /** For so long after asking the others leave alone what was allowed. */
  ttlMs: number
}

/** How processes agree on who may have how many connections to a server. One object stands for one process. */
export class ConnectionShares {
  readonly #access: Access
  readonly #processId = randomUUID()

  constructor(access: Access) {
    this.#access = access
  }

  /**
   * How many this process may have open from now on: what it wants, as far as others leave it, and not more than its
   * fair part when all together want more than there are. What is allowed to all never exceeds `most`, so somebody
   * who has too many has to be heard doing with less before another one is allowed more.
   */
  async renew(ask: ShareAsk): Promise<{ allowed: number; isTight: boolean }> {
    const [row] = await this.#access.write((tx) => tx.run(renewShare, { ...ask, processId: this.#processId }))
    return { allowed: Number(row?.allowed ?? 0), isTight: row?.isTight === true || row?.isTight === 't' }
  }
}

const renewShare = statement<ShareAsk & { processId: string }, { allowed: string; isTight: unknown }>((db) =>
  db.execute(sql`
    select allowed, is_tight as "isTight" from app.renew_connection_share(
      ${sql.placeholder('server')}::text, ${sql.placeholder('processId')}::uuid, ${sql.placeholder('holds')}::int,
      ${sql.placeholder('wants')}::int, ${sql.placeholder('most')}::int, ${sql.placeholder('ttlMs')}::int)`),
)
