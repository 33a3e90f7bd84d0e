import type { Fault } from '../fault.ts'
import { newestMigrationWith } from '../newest-migration.ts'

const manager = 'packages/data-sources/src/manager.ts'

/** Taken from the only door to tenant databases. */
export const dataSourceFaults: Fault[] = [
  {
    name: 'share one pool between all tenants',
    file: 'packages/data-sources/src/pool-cache.ts',
    find: `const known = this.#entries.get(config.key)`,
    replace: `const known = [...this.#entries.values()][0]`,
    caughtBy: {
      file: 'packages/data-sources/src/manager.test.ts',
      test: 'each grant opens the database of its own tenant, also two tenants in one database',
    },
  },
  {
    name: 'leave out the proof of identity',
    file: 'packages/data-sources/src/pool-opener.ts',
    find: 'await proveIdentity(link, record)',
    replace: `proveIdentity === undefined ? await proveIdentity(link, record) : '9999'`,
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
    name: 'begin work for which no connection can be waited',
    file: 'packages/data-sources/src/pool-cache.ts',
    find: 'if (refusal) throw refusal',
    replace: 'if (refusal?.code === undefined && refusal) throw refusal',
    caughtBy: {
      file: 'packages/data-sources/src/outages.test.ts',
      test: 'a full pool answers with a time to wait: without waiting when too many do, in time when nothing becomes free',
    },
  },
  {
    name: 'blame the database for what a suspension took',
    file: manager,
    find: 'await this.#watch?.lookNow()',
    replace: '',
    caughtBy: {
      file: 'packages/fleet/src/set-tenant-state.test.ts',
      test: 'a process that has not heard of the suspension yet says what it is, of work that ends and of work on its way',
    },
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
  {
    name: 'compare the epoch without holding it',
    file: newestMigrationWith(
      'tenant-db',
      'perform pg_catalog.pg_advisory_xact_lock_shared(crm.epoch_lock(crm.current_tenant()));',
    ),
    find: 'perform pg_catalog.pg_advisory_xact_lock_shared(crm.epoch_lock(crm.current_tenant()));',
    replace: '',
    caughtBy: {
      file: 'packages/tenant-db/src/epoch.test.ts',
      test: 'raising waits for the transactions that write, and whoever queued behind it is refused',
    },
  },
  {
    name: 'let a grant from before a suspension write under the epoch from after it',
    file: 'packages/data-sources/src/manager.ts',
    find: "if (operation === 'read' || status === 'active') return",
    replace: 'if (operation) return',
    caughtBy: {
      file: 'packages/data-sources/src/moves.test.ts',
      test: 'a grant from before a suspension that raised the epoch writes nothing, although the new epoch is known here',
    },
  },
  {
    name: 'write without asking for the epoch',
    file: 'packages/data-sources/src/tenant-work.ts',
    find: 'await begin(openDatabase(pool), perform, { facts, guard, assertServed })',
    replace:
      "await begin(openDatabase(pool), perform, { facts, assertServed, guard: { ...guard, text: 'select $1::bigint' } })",
    caughtBy: {
      file: 'packages/data-sources/src/moves.test.ts',
      test: 'a grant from before a move writes nothing into the database that was left',
    },
  },
  {
    name: 'remember changes by time of beginning, not of committing',
    file: 'packages/app-db/src/tenant-changes/tenant-changes.ts',
    find: 'select pg_snapshot_xmin(s.now)::text as mark',
    replace: 'select pg_snapshot_xmax(s.now)::text as mark',
    caughtBy: {
      file: 'packages/app-db/src/tenant-changes/tenant-changes.test.ts',
      test: 'a change is not missed because one that began later was committed earlier',
    },
  },
  {
    name: 'let the writes of a suspended tenant go on',
    file: 'packages/data-sources/src/pool-cache.ts',
    find: 'pool.interrupt(what)',
    replace: 'void what',
    caughtBy: {
      file: 'packages/data-sources/src/changes.test.ts',
      test: 'suspending ends the writes under way in every process, refuses new ones of older grants, and lets them read',
    },
  },
  {
    name: 'listen and never look',
    file: 'packages/data-sources/src/tenant-watch.ts',
    find: 'await pause(pollEveryMs, this.#waking.signal)',
    replace: 'await pause(pollEveryMs * 1e6, this.#waking.signal)',
    caughtBy: {
      file: 'packages/data-sources/src/changes.test.ts',
      test: 'a lost notification is made up for by looking from time to time',
    },
  },
  {
    name: 'read from a replica that does not show what the reader wrote',
    file: 'packages/data-sources/src/replica.ts',
    find: 'return (await this.#look(look, onUnfit)) && this.#position >= position',
    replace: 'return await this.#look(look, onUnfit)',
    caughtBy: {
      file: 'packages/data-sources/src/replicas.test.ts',
      test: 'a reader never misses what it wrote: while replay is paused its reads go to the primary, others to the replica',
    },
  },
  {
    name: 'answer from a replica that may be behind without being asked to',
    file: 'packages/data-sources/src/read-placement.ts',
    find: 'if (!config.record.readOnlyFallback || !isPrimaryAway(config)) return primary',
    replace: 'if (!isPrimaryAway(config)) return primary',
    caughtBy: {
      file: 'packages/data-sources/src/replicas.test.ts',
      test: 'with the primary away, reads are answered by a replica and say that they may be behind, only where that was asked for',
    },
  },
  {
    name: 'keep connections for oneself while another tenant waits for its first',
    file: 'packages/data-sources/src/server-budget.ts',
    find: 'if (this.#used - this.#coming <= this.#allowed && !this.#isOutwaited(pool)) return false',
    replace: 'if (this.#used - this.#coming <= this.#allowed) return false',
    caughtBy: {
      file: 'packages/data-sources/src/server-budget.test.ts',
      test: 'a tenant that has all connections gives one up for another, however many of its own are waiting',
    },
  },
  {
    name: 'open connections beyond the budget of the server',
    file: 'packages/data-sources/src/server-budget.ts',
    find: 'if (!mayGo || this.#closed) {',
    replace: 'if (this.#closed) {',
    caughtBy: {
      file: 'packages/data-sources/src/server-budget.test.ts',
      test: 'more tenants than connections are all served, one after the other, and never with more than there are',
    },
  },
  {
    name: 'share out more connections than the server has',
    file: newestMigrationWith('app-db', 'allowed := greatest(0, least(wants, fair, most - by_others));'),
    find: 'allowed := greatest(0, least(wants, fair, most - by_others));',
    replace: 'allowed := greatest(0, least(wants, fair));',
    caughtBy: {
      file: 'packages/data-sources/src/server-budget.test.ts',
      test: 'shares add up to the budget at most, are fair when all want more, and end with a process that is not heard of',
    },
  },
]
