import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import { company, today } from './table.ts'

/** What a tenant database knows of the tenant itself: whose name stands on its documents, and which day it is there. */
export interface Company {
  name: string
  timeZone: string
  locale: string
  currency: string
}

export class CompanyReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  /** Undefined before the application database has sent it. */
  async find(): Promise<Company | undefined> {
    const [row] = await this.#executor.run(theCompany, {})
    return row
  }

  /** The day it is where the company is, in UTC as long as that is not known. */
  async today(): Promise<string> {
    const [row] = await this.#executor.run(theDay, {})
    return row?.today ?? ''
  }
}

export class CompanyWriter extends CompanyReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    super(executor)
    this.#executor = executor
  }

  /** Projects the tenant's settings of the application database. */
  async put({ name, timeZone, locale, currency }: Company): Promise<void> {
    await this.#executor.run(upsert, { name, timeZone, locale, currency })
  }
}

const theCompany = statement<Record<string, never>, Company>((db) =>
  db
    .select({ name: company.name, timeZone: company.timeZone, locale: company.locale, currency: company.currency })
    .from(company),
)

export const theDay = statement<Record<string, never>, { today: string }>((db) =>
  db.execute<{ today: string }>(sql`select ${today} as today`),
)

const upsert = statement<{ [Field in keyof Company]: Company[Field] }, never>((db) =>
  db.execute(sql`
    insert into ${company} (name, time_zone, locale, currency)
    values (${sql.placeholder('name')}, ${sql.placeholder('timeZone')}, ${sql.placeholder('locale')}, ${sql.placeholder('currency')})
    on conflict (tenant_id) do update set name = excluded.name, time_zone = excluded.time_zone,
      locale = excluded.locale, currency = excluded.currency, synced_at = now()`),
)
