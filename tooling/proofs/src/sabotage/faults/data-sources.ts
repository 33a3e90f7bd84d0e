import type { Fault } from '../fault.ts'

const manager = 'packages/data-sources/src/manager.ts'

/** Taken from the only door to tenant databases. */
export const dataSourceFaults: Fault[] = [
  {
    name: 'share one pool between all tenants',
    file: 'packages/data-sources/src/pool-cache.ts',
    find: `const known = this.#entries.get(config.tenantId)`,
    replace: `const known = [...this.#entries.values()][0]`,
    caughtBy: {
      file: 'packages/data-sources/src/manager.test.ts',
      test: 'each grant opens the database of its own tenant, also two tenants in one database',
    },
  },
  {
    name: 'leave out the proof of identity',
    file: manager,
    find: 'await proveIdentity(link, record)',
    replace: 'if (proveIdentity === undefined) await proveIdentity(link, record)',
    caughtBy: {
      file: 'packages/data-sources/src/confusions.test.ts',
      test: 'an empty database is no tenant database',
    },
  },
  {
    name: 'take a copy of the database for the database',
    file: 'packages/data-sources/src/prove-identity.ts',
    find: 'if (found.identity !== expected.identity) throw',
    replace: 'if (found.identity === undefined) throw',
    caughtBy: {
      file: 'packages/data-sources/src/confusions.test.ts',
      test: 'a clone of the database beside it is refused as a copy',
    },
  },
  {
    name: 'let a grant that only reads write',
    file: manager,
    find: `if (facts.access === 'read') throw new TenantryError('TENANT_SUSPENDED')`,
    replace: '',
    caughtBy: {
      file: 'packages/data-sources/src/manager.test.ts',
      test: 'a grant that only reads opens no transaction',
    },
  },
  {
    name: 'let a handle live on after its work',
    file: 'packages/data-sources/src/revocable-executor.ts',
    find: 'revoked = true',
    replace: 'revoked = revoked && true',
    caughtBy: { file: 'packages/data-sources/src/manager.test.ts', test: 'a handle kept past its work is closed' },
  },
  {
    name: 'close a pool that work goes through',
    file: 'packages/data-sources/src/pool-cache.ts',
    find: 'if (!entry.evicted || entry.users > 0) return',
    replace: 'if (!entry.evicted) return',
    caughtBy: {
      file: 'packages/data-sources/src/caches.test.ts',
      test: 'a new version of the data source takes over with the next grant, while the old one serves its work to the end',
    },
  },
  {
    name: 'mint grants out of look-alikes',
    file: 'packages/app-db/src/grants/grant.ts',
    find: `return typeof value === 'object' && value !== null && #facts in value ? value.#facts : undefined`,
    replace: `return typeof value === 'object' && value !== null && #facts in value ? value.#facts : (value as { facts?: GrantFacts }).facts ?? (Object.getPrototypeOf(value) as TenantGrant).#facts`,
    caughtBy: {
      file: 'packages/app-db/src/app-db.test.ts',
      test: 'a copy, a descendant or a look-alike of a grant is refused',
    },
  },
  {
    name: 'let grants live for ever',
    file: 'packages/app-db/src/grants/grant.ts',
    find: `if (facts.expiresAt <= Date.now()) throw`,
    replace: `if (facts.expiresAt === 0) throw`,
    caughtBy: { file: 'packages/app-db/src/app-db.test.ts', test: 'a grant kept past its time is refused' },
  },
]
