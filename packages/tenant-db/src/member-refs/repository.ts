import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { UserId } from '@tenantry/contracts/ids'
import type { MemberRef } from '@tenantry/contracts/member-refs'
import type { MemberStatus } from '@tenantry/contracts/tenants'
import { sql } from 'drizzle-orm'
import { asRows } from '../records/plain.ts'
import { memberRefs } from './table.ts'

export class MemberRefsReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  /** Everybody by name, former members too: their records still show them. */
  list(): Promise<MemberRef[]> {
    return this.#executor.run(all, {})
  }
}

export class MemberRefsWriter extends MemberRefsReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    super(executor)
    this.#executor = executor
  }

  /** Projects members of the application database; those not given stay as they are, so one person can be sent alone. */
  async put(
    members: readonly { userId: UserId; name: string; email: string | null; status: MemberStatus }[],
  ): Promise<void> {
    await this.#executor.run(upsert, { members: JSON.stringify(members) })
  }
}

const all = statement<Record<string, never>, MemberRef>((db) =>
  asRows<MemberRef>(
    db
      .select({
        userId: memberRefs.userId,
        name: memberRefs.displayName,
        email: memberRefs.email,
        isActive: sql<boolean>`${memberRefs.status} = 'active'`,
      })
      .from(memberRefs)
      .orderBy(memberRefs.displayName, memberRefs.userId),
  ),
)

/** In the order of ids, so that two of these at once cannot wait for each other. */
const upsert = statement<{ members: string }, Record<string, never>>((db) =>
  db.execute(sql`
    insert into ${memberRefs} (user_id, display_name, email, status)
    select m."userId", m.name, m.email, m.status
    from jsonb_to_recordset(${sql.placeholder('members')}::jsonb) as m("userId" uuid, name text, email citext, status text)
    order by m."userId"
    on conflict (tenant_id, user_id) do update
      set display_name = excluded.display_name, email = excluded.email, status = excluded.status, synced_at = now()`),
)
