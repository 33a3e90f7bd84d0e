import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import type { TenantId } from '@tenantry/contracts/ids'
import type { Access } from '../access.ts'
import { contractsDue } from '../contracts-due/table.ts'
import { holdsDue } from '../holds/table.ts'
import { importWork } from '../import-work/table.ts'
import { mailDue } from '../mail-due/table.ts'
import { paymentsDue } from '../payments-due/table.ts'
import { tenants } from '../tenants/table.ts'
import { webhookDue, webhookEndpoints } from '../webhooks/table.ts'

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

  /** The same for contracts that everybody has signed, whose files are to be made. */
  async collectContracts({ attempts }: { attempts: number }): Promise<number> {
    return await this.#access.write(async (tx) => (await tx.run(collectContracts, { attempts })).length)
  }

  /**
   * Makes a job for each tenant whose webhooks are due, one at a time for each; whatever happens they are due again after
   * `sweepSeconds`. Suspended and archived ones wait. Those whose endpoints fail come behind the others.
   */
  async collectWebhooks({ sweepSeconds }: { sweepSeconds: number }): Promise<number> {
    return await this.#access.write(async (tx) => (await tx.run(collectDueWebhooks, { sweepSeconds })).length)
  }

  /**
   * The same for work on files of rows. The work of one company is done one after the other, however many workers there are;
   * its parts take turns with those of others.
   */
  async collectImports({ attempts }: { attempts: number }): Promise<number> {
    return await this.#access.write(async (tx) => (await tx.run(collectImports, { attempts })).length)
  }

  /**
   * Makes a job for each tenant whose payments may have been pending for so long, one at a time for each. Whatever happens
   * they are looked at again after as long, until `paymentsSettled`.
   */
  async collectPayments({ pendingSeconds }: { pendingSeconds: number }): Promise<number> {
    return await this.#access.write(async (tx) => (await tx.run(collectPayments, { pendingSeconds })).length)
  }

  /** Nothing of the tenant is pending; it is looked at again all the same when a payment was begun within that time. */
  async paymentsSettled(tenantId: TenantId, { pendingSeconds }: { pendingSeconds: number }): Promise<void> {
    await this.#access.write((tx) => tx.run(forgetPayments, { tenantId, pendingSeconds }))
  }

  /**
   * Makes a job for each active tenant whose holds are looked at now; whatever happens they are looked at again after
   * `sweepSeconds`. No queue of its own for each: two that look at once do each other no harm, and one whose worker has died
   * is in nobody's way.
   */
  async collectHolds({ sweepSeconds }: { sweepSeconds: number }): Promise<number> {
    return await this.#access.write(async (tx) => (await tx.run(collectHolds, { sweepSeconds })).length)
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

const collectContracts = statement<{ attempts: number }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`
    with due as (
      delete from ${contractsDue} where contract_id in (
        select contract_id from ${contractsDue} order by created_at limit 500 for update skip locked
      ) returning tenant_id, contract_id
    )
    select (graphile_worker.add_job('keep_contract', json_build_object('tenantId', tenant_id, 'contractId', contract_id),
      max_attempts := ${sql.placeholder('attempts')}::int, job_key := 'contract ' || contract_id)).id::text as id from due`),
)

const collectDueWebhooks = statement<{ sweepSeconds: number }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`
    with due as (
      select d.tenant_id from ${webhookDue} d join ${tenants} t on t.id = d.tenant_id and t.status = 'active'
      where d.due_at <= now() order by d.due_at limit 500 for update of d skip locked
    ), moved as (
      update ${webhookDue} d set due_at = now() + make_interval(secs => ${sql.placeholder('sweepSeconds')}::int)
      from due where d.tenant_id = due.tenant_id returning d.tenant_id
    )
    select (graphile_worker.add_job('tell_webhooks', json_build_object('tenantId', tenant_id), max_attempts := 3,
      queue_name := 'webhooks ' || tenant_id, job_key := 'webhooks ' || tenant_id,
      priority := coalesce((select least(min(e.failures), 10) from ${webhookEndpoints} e
        where e.tenant_id = moved.tenant_id and e.disabled_at is null), 0))).id::text as id
    from moved`),
)

const collectImports = statement<{ attempts: number }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`
    with due as (
      delete from ${importWork} where id in (
        select id from ${importWork} where due_at <= now() order by due_at limit 100 for update skip locked
      ) returning *
    )
    select (graphile_worker.add_job('import', json_strip_nulls(json_build_object('tenantId', tenant_id, 'batchId', batch_id,
        'workId', id, 'userId', user_id, 'apiKeyId', api_key_id, 'operatorName', operator_name)),
      queue_name := 'import ' || tenant_id, max_attempts := ${sql.placeholder('attempts')}::int,
      job_key := id::text)).id::text as id from due`),
)

const collectPayments = statement<{ pendingSeconds: number }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`
    with due as (
      select d.tenant_id from ${paymentsDue} d join ${tenants} t on t.id = d.tenant_id and t.status = 'active'
      where d.since <= now() - make_interval(secs => ${sql.placeholder('pendingSeconds')}::int)
      order by d.since limit 500 for update of d skip locked
    ), moved as (
      update ${paymentsDue} d set since = now() from due where d.tenant_id = due.tenant_id returning d.tenant_id
    )
    select (graphile_worker.add_job('settle_payments', json_build_object('tenantId', tenant_id), max_attempts := 3,
      queue_name := 'payments ' || tenant_id, job_key := 'payments ' || tenant_id)).id::text as id
    from moved`),
)

const forgetPayments = statement<{ tenantId: TenantId; pendingSeconds: number }, never>((db) =>
  db.execute(sql`
    delete from ${paymentsDue} where tenant_id = ${sql.placeholder('tenantId')}::uuid
      and expected_at <= now() - make_interval(secs => ${sql.placeholder('pendingSeconds')}::int)`),
)

const collectHolds = statement<{ sweepSeconds: number }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`
    with due as (
      select t.id from ${tenants} t left join ${holdsDue} d on d.tenant_id = t.id
      where t.status = 'active' and coalesce(d.due_at <= now(), true) order by d.due_at nulls first limit 100
      for no key update of t skip locked
    ), moved as (
      insert into ${holdsDue} as d (tenant_id, due_at)
      select id, now() + make_interval(secs => ${sql.placeholder('sweepSeconds')}::int) from due
      on conflict (tenant_id) do update set due_at = excluded.due_at where d.due_at <= now() returning tenant_id
    )
    select (graphile_worker.add_job('expire_holds', json_build_object('tenantId', tenant_id), max_attempts := 3,
      job_key := 'holds ' || tenant_id)).id::text as id from moved`),
)

const free = statement<{ seconds: number }, { worker: string }>((db) =>
  db.execute<{ worker: string }>(sql`
    with dead as (
      select distinct locked_by from graphile_worker.jobs
      where locked_at < now() - make_interval(secs => ${sql.placeholder('seconds')}::int)
    )
    select locked_by as worker, graphile_worker.force_unlock_workers(array[locked_by])::text from dead`),
)
