import { withAdminConnection } from '@tenantry/connections/admin'
import { parseTarget, type Target } from '@tenantry/connections/target'
import { open, seal, type CredentialColumn } from '@tenantry/credentials/seal'
import { openDataSources, type DataSources, type TenantGrant } from '@tenantry/data-sources'
import { dataSourceUrl } from '@tenantry/fleet/provision'
import { startServer, type LocalServer } from '@tenantry/local-postgres'
import { openLogger } from '@tenantry/telemetry/logger'
import { createWorld, type World } from '@tenantry/testing/world'
import { openStatementLog, type LoggedStatement, type StatementLog } from './statement-log.ts'

export type Slug = 'bloom' | 'cedar' | 'dahlia' | 'acme'

/** The columns of a company's data source as they stand in the application database. */
export interface DataSourceColumns extends Record<string, string> {
  data_source_url: string
  data_source_anon_key: string
  data_source_service_key: string
  tenant_id_in_data_source: string
  data_source_identity: string
}

/**
 * Two servers of its own that note every statement. Bloom and Cedar share a database, Dahlia has one beside it, on the
 * server of the application database; Acme lives on the other server.
 */
export class Stage {
  readonly world: World<Slug>
  readonly #servers: LocalServer[]
  readonly #logs: StatementLog[]
  readonly #session = new Map<Slug, Awaited<ReturnType<World<Slug>['startSession']>>>()

  private constructor(world: World<Slug>, servers: LocalServer[], logs: StatementLog[]) {
    this.world = world
    this.#servers = servers
    this.#logs = logs
  }

  static async open(): Promise<Stage> {
    const servers = await Promise.all([bootServer(), bootServer()])
    const logs = await Promise.all(servers.map(openStatementLog))
    const [south, north] = servers.map(({ host, port, superuser, password }) => ({
      host,
      port,
      user: superuser,
      password,
    }))
    if (!south || !north) throw new Error('a stage has two servers')
    const world = await createWorld<Slug>(south, {
      bloom: { server: south, database: 'shared' },
      cedar: { server: south, database: 'shared' },
      dahlia: { server: south },
      acme: { server: north },
    })
    return new Stage(world, servers, logs)
  }

  /** As another process of the application would have them: nothing cached, nobody warned yet. */
  openDataSources(): DataSources {
    const logger = openLogger({ level: 'silent' })
    return openDataSources({ appDb: this.world.app.db, keyring: this.world.keyring, logger })
  }

  /** What the next request of a signed-in member carries. */
  async grant(slug: Slug): Promise<TenantGrant> {
    const { people } = this.world.tenants[slug]
    const session = this.#session.get(slug) ?? (await this.world.startSession(people.member))
    this.#session.set(slug, session)
    return await this.world.grantOf(session)
  }

  async columns(slug: Slug): Promise<DataSourceColumns> {
    const question = `select data_source_url, data_source_anon_key, data_source_service_key,
      tenant_id_in_data_source::text, data_source_identity from app.tenants where slug = $1`
    const [row] = await withAdminConnection(this.world.appAdmin, (run) => run<DataSourceColumns>(question, [slug]))
    if (row === undefined) throw new Error(`there is no company ${slug}`)
    return row
  }

  /** Writes past every check, as a mistaken script would. */
  async set(slug: Slug, columns: Partial<DataSourceColumns>): Promise<void> {
    const names = Object.keys(columns)
    const assignments = names.map(
      (name, at) => `${name} = $${at + 2}${name === 'tenant_id_in_data_source' ? '::uuid' : ''}`,
    )
    await withAdminConnection(this.world.appAdmin, (run) =>
      run(`update app.tenants set ${assignments.join(', ')} where slug = $1`, [slug, ...Object.values(columns)]),
    )
  }

  /** The address and login that a company's data source names, and its open password. */
  async login(slug: Slug): Promise<Target> {
    const columns = await this.columns(slug)
    const { user = '', ...address } = parseTarget(columns.data_source_url)
    const { id: tenantId } = this.world.tenants[slug]
    const secret = open(this.world.keyring, columns.data_source_anon_key, { tenantId, column: 'data_source_anon_key' })
    const startup = { 'tenantry.tenant_id': columns.tenant_id_in_data_source }
    return { ...address, user, password: () => secret.reveal(), startup }
  }

  urlOf(target: Target): string {
    return dataSourceUrl(target, target.user)
  }

  sealFor(slug: Slug, password: string, column: CredentialColumn = 'data_source_anon_key'): string {
    return seal(this.world.keyring, password, { tenantId: this.world.tenants[slug].id, column })
  }

  /** What both servers were asked since the last call. */
  async statements(): Promise<LoggedStatement[]> {
    return (await Promise.all(this.#logs.map((log) => log.take()))).flat()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.world.close()
    await Promise.all(this.#servers.map((server) => server.stop()))
  }
}

function bootServer(): Promise<LocalServer> {
  return startServer({ ephemeral: true, durable: false })
}
