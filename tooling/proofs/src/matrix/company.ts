import { lookInto } from '@tenantry/testing/look-into'
import type { World, WorldTenant } from '@tenantry/testing/world'
import { randomBytes } from 'node:crypto'
import type { HttpCaller } from './caller.ts'
import type { Target } from './inputs.ts'
import { makeTarget } from './make-target.ts'
import { missingTarget } from './missing-target.ts'
import { allWanted, isEverybodys, isWebhook, tableOf, type Wanted } from './targets.ts'

/** One company of the stage: rows of every kind that nobody is expected to change, and words by which its data is known. */
export class Company {
  readonly tenant: WorldTenant
  readonly #keeper: HttpCaller
  readonly #openSupport: () => Promise<string>
  /** In the words of records that belong to somebody, and in those of what the whole company shares. */
  readonly #canary: string
  readonly #commonCanary: string
  readonly #shared = new Map<Wanted, Target>()

  private constructor(tenant: WorldTenant, keeper: HttpCaller, openSupport: () => Promise<string>) {
    this.tenant = tenant
    this.#keeper = keeper
    this.#openSupport = openSupport
    this.#canary = `canary-${tenant.slug}-${randomBytes(6).toString('hex')}`
    this.#commonCanary = `common-${tenant.slug}-${randomBytes(6).toString('hex')}`
  }

  /** `openSupport` lets an operator in whom no caller is, and gives the number of the access. */
  static async open(tenant: WorldTenant, keeper: HttpCaller, openSupport: () => Promise<string>): Promise<Company> {
    const company = new Company(tenant, keeper, openSupport)
    // The first pipeline is the default one, which opportunities need.
    company.#shared.set('live pipelines', await company.fresh('live pipelines'))
    for (const wanted of allWanted)
      if (!company.#shared.has(wanted)) company.#shared.set(wanted, await company.fresh(wanted))
    return company
  }

  /** A row of its own, for somebody who is expected to change it. */
  async fresh(wanted: Wanted): Promise<Target> {
    const { id, slug } = this.tenant
    if (wanted === 'tenant') return { ...missingTarget(), id, slug }
    if (wanted === 'support') return { ...missingTarget(), id: await this.#openSupport() }
    return makeTarget(this.#keeper, wanted, isEverybodys(wanted) ? this.#commonCanary : this.#canary)
  }

  /** The row for everybody who is not. */
  shared(wanted: Wanted): Target {
    const target = this.#shared.get(wanted)
    if (target === undefined) throw new Error(`the company has no ${wanted}`)
    return target
  }

  async settingsVersion(): Promise<number> {
    return (await this.#keeper.data<{ version: number }>('tenant.settings', undefined)).version
  }

  /** What an answer to somebody else must not hold: names, ids and addresses. */
  words(): string[] {
    const { people } = this.tenant
    const members = Object.values(people).flatMap((person) => [person.id, person.email])
    return [this.#canary, this.#commonCanary, ...this.ids(), ...members]
  }

  /** What a member who reaches their own records only must not see of it. */
  wordsOfOthers(): string[] {
    const rows = [...this.#shared].flatMap(([wanted, { id }]) => (isEverybodys(wanted) ? [] : [id]))
    return [this.#canary, ...rows]
  }

  /** What nobody who is known by a link alone may see, though the link is one of this company. */
  ids(): string[] {
    const { id, tenantIdInDataSource } = this.tenant
    return [id, tenantIdInDataSource, ...[...this.#shared.values()].map((target) => target.id)]
  }

  /** The same for an operator in the console, who is told who the tenant and its members are, and nothing of their business. */
  businessWords(): string[] {
    const known: readonly Wanted[] = ['tenant', 'member', 'team', 'support', 'apiKey', 'feed', 'inbound address']
    const rows = [...this.#shared].flatMap(([wanted, { id }]) =>
      known.includes(wanted) || isWebhook(wanted) ? [] : [id],
    )
    return [this.#canary, this.#commonCanary, this.tenant.tenantIdInDataSource, ...rows]
  }

  /** Words that its own members are shown. */
  ownWord(): string {
    return this.#canary
  }

  /** Every shared row as the databases hold it, but for a custom field: whoever puts others in order moves it along. */
  async sharedRows({ appAdmin }: Pick<World<string>, 'appAdmin'>): Promise<Map<string, string>> {
    const rows = new Map<string, string>()
    for (const [wanted, { id }] of this.#shared) {
      if (wanted === 'custom field') continue
      rows.set(`${this.tenant.slug}: ${wanted}`, JSON.stringify(await this.#rowOf(appAdmin, wanted, id)))
    }
    return rows
  }

  #rowOf(appAdmin: World<string>['appAdmin'], wanted: Wanted, id: string): Promise<unknown[]> {
    const { admin, id: tenantId } = this.tenant
    const table = tableOf(wanted)
    if (table !== undefined) return lookInto(admin, `select to_jsonb(t) as row from crm.${table} t where id = $1`, [id])
    const known = appTables[wanted]
    if (known !== undefined)
      return lookInto(appAdmin, `select to_jsonb(t) as row from app.${known} t where id = $1`, [id])
    return wanted === 'team'
      ? lookInto(appAdmin, 'select name from app.teams where tenant_id = $1 and id = $2', [tenantId, id])
      : lookInto(
          appAdmin,
          'select role, status, team_id, record_access from app.memberships where tenant_id = $1 and user_id = $2',
          [tenantId, id],
        )
  }

  /** All that the tenant database holds of the company, a line per table. */
  async allRows(): Promise<Map<string, string>> {
    const { admin, slug, tenantIdInDataSource } = this.tenant
    const tables = await lookInto<{ name: string }>(
      admin,
      `select table_name as name from information_schema.columns where table_schema = 'crm' and column_name = 'tenant_id' order by 1`,
    )
    const rows = new Map<string, string>()
    for (const { name } of tables) {
      const found = await lookInto(
        admin,
        `select count(*)::int as n, md5(string_agg(to_jsonb(t)::text, '' order by to_jsonb(t)::text)) as hash
         from crm.${name} t where tenant_id = $1`,
        [tenantIdInDataSource],
      )
      rows.set(`${slug}: ${name}`, JSON.stringify(found))
    }
    return rows
  }
}

/** Where the application database holds what is no record. */
const appTables: Partial<Record<Wanted, string>> = {
  support: 'support_access',
  'inbound address': 'inbound_addresses',
  feed: 'calendar_feeds',
  apiKey: 'api_keys',
  webhook: 'webhook_endpoints',
  'switched-off webhook': 'webhook_endpoints',
}
