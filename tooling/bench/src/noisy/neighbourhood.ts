import { AccountListQuery } from '@tenantry/contracts/accounts'
import type { Target } from '@tenantry/connections/target'
import { openDataSources, type TenantGrant } from '@tenantry/data-sources'
import { openLogger } from '@tenantry/telemetry/logger'
import { accountInput } from '@tenantry/testing/factories/account'
import type { World } from '@tenantry/testing/world'

/** What the tenants that make no noise got in one slice. */
export interface Slice {
  /** Milliseconds of each read. */
  latencies: number[]
  errors: number
}

/** One process that serves all tenants of a world, as the product does. */
export interface Neighbourhood extends AsyncDisposable {
  /** The superuser on the database of the noisy one. */
  noisyAdmin: Target
  /** One read of the noisy tenant. */
  readNoisy(): Promise<unknown>
  /** Everybody else reads, one request at a time each. */
  others(forMs: number): Promise<Slice>
}

const list = AccountListQuery.parse({ limit: 20 })

export function neighbourhoodOf(world: World<string>): Neighbourhood {
  const { app, keyring, tenants } = world
  const dataSources = openDataSources({
    appDb: app.db,
    keyring,
    logger: openLogger({ level: 'silent' }),
    changes: app.tenantChanges,
    budget: { source: app.connectionShares, mostPerServer: 60 },
  })
  const grants = new Map<string, { grant: Promise<TenantGrant>; at: number }>()
  /** A grant lives for a minute. */
  const grantOf = (slug: string) => {
    const known = grants.get(slug)
    if (known && performance.now() - known.at < 40_000) return known.grant
    const owner = tenants[slug]?.people.owner
    if (owner === undefined) throw new Error('no such tenant')
    const grant = world.startSession(owner).then((session) => world.grantOf(session))
    grants.set(slug, { grant, at: performance.now() })
    return grant
  }
  const read = async (slug: string) => dataSources.withTenant(await grantOf(slug), (db) => db.accounts.list(list))
  const calm = Object.keys(tenants).filter((slug) => slug !== 'noisy')
  let filled: Promise<unknown> | undefined
  const fill = async (slug: string) => {
    const grant = await grantOf(slug)
    for (let count = 0; count < 20; count++)
      await dataSources.withTenantWriter(grant, (db) => db.accounts.create(accountInput()))
  }
  return {
    noisyAdmin: adminOf(world),
    readNoisy: () => read('noisy'),
    async others(forMs) {
      await (filled ??= Promise.all([...calm, 'noisy'].map(fill)))
      const slice: Slice = { latencies: [], errors: 0 }
      const end = performance.now() + forMs
      const worker = async (slug: string) => {
        while (performance.now() < end) {
          const began = performance.now()
          await read(slug).then(
            () => slice.latencies.push(performance.now() - began),
            () => slice.errors++,
          )
        }
      }
      await Promise.all(calm.map(worker))
      return slice
    },
    [Symbol.asyncDispose]: () => dataSources.close(),
  }
}

function adminOf({ tenants }: World<string>): Target {
  const { noisy } = tenants
  if (noisy === undefined) throw new Error('the world has a noisy tenant')
  return noisy.admin
}
