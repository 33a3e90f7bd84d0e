import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { mailDue } from '../mail-due/table.ts'

/** The queue, for the worker and nobody else: it lies in a schema of its own, which the worker makes when it first runs. */
export class JobsRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /**
   * Makes a job of each mail that is due, in one statement: a mail is due or a job, never both and never neither. Gives how
   * many. A job says whose mail and which, and no more.
   */
  async collectMail({ attempts }: { attempts: number }): Promise<number> {
    return await this.#access.write(async (tx) => (await tx.run(collect, { attempts })).length)
  }

  /** Jobs whose worker has died are begun anew: no job of a living one takes that long. Gives how many workers were found dead. */
  async freeAbandoned({ olderThanSeconds }: { olderThanSeconds: number }): Promise<number> {
    const dead = await this.#access.write((tx) => tx.run(free, { seconds: olderThanSeconds }))
    return dead.length
  }
}

const collect = statement<{ attempts: number }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`
    with due as (
      delete from ${mailDue} where outbox_id in (
        select outbox_id from ${mailDue} order by created_at limit 500 for update skip locked
      ) returning tenant_id, outbox_id
    )
    select (graphile_worker.add_job('send_mail', json_build_object('tenantId', tenant_id, 'outboxId', outbox_id),
      max_attempts := ${sql.placeholder('attempts')}::int, job_key := outbox_id::text)).id::text as id from due`),
)

const free = statement<{ seconds: number }, { worker: string }>((db) =>
  db.execute<{ worker: string }>(sql`
    with dead as (
      select distinct locked_by from graphile_worker.jobs
      where locked_at < now() - make_interval(secs => ${sql.placeholder('seconds')}::int)
    )
    select locked_by as worker, graphile_worker.force_unlock_workers(array[locked_by])::text from dead`),
)
