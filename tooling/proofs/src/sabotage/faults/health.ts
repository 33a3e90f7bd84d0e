import type { Fault } from '../fault.ts'

const rounds = 'packages/app-db/src/health/rounds.ts'
const checker = 'packages/data-sources/src/health/checker.ts'

/** Taken from how data sources are looked at, and from what the console does to tenants. */
export const healthFaults: Fault[] = [
  {
    name: 'let every process look at every data source',
    file: rounds,
    find: `for update of data_source_health skip locked`,
    replace: '',
    caughtBy: {
      file: 'packages/app-db/src/health/rounds.test.ts',
      test: 'of many processes that ask at once, one gets each data source, until it has looked',
    },
  },
  {
    name: 'believe a look at a data source that changed meanwhile',
    file: rounds,
    find: ' and ${dataSourceHealth.dueAt} = ${until}::timestamptz',
    replace: ' and ${until}::text is not null',
    caughtBy: {
      file: 'packages/app-db/src/health/rounds.test.ts',
      test: 'a data source that changed while somebody looked is due at once, whatever was found',
    },
  },
  {
    name: 'count the time of a state anew with every look',
    file: 'packages/app-db/src/health/save-finding.ts',
    find: 'then ${dataSourceHealth.since} else',
    replace: `then excluded.since else`,
    caughtBy: {
      file: 'packages/app-db/src/health/rounds.test.ts',
      test: 'it is known since when a state lasts, and the audit log tells of going away and coming back alone',
    },
  },
  {
    name: 'give all places to a server that does not answer',
    file: checker,
    find: 'without: this.#busyServers(atOnce)',
    replace: 'without: this.#busyServers(atOnce).slice(9)',
    caughtBy: {
      file: 'packages/data-sources/src/health/checker.test.ts',
      test: 'a server whose databases do not answer leaves the looks at others their places',
    },
  },
  {
    name: 'look beyond the connections of a server',
    file: 'packages/data-sources/src/health/looks.ts',
    find: 'permitsOf, withSize })',
    replace: '...(permitsOf === undefined && { permitsOf }), withSize })',
    caughtBy: {
      file: 'packages/data-sources/src/health/checker.test.ts',
      test: 'a look takes no connection that work has: it tells that none was free, and work goes on',
    },
  },
  {
    name: 'take a replica of another database',
    file: 'packages/app-db/src/replicas/repository.ts',
    find: 'if (parseTarget(replica.url).database !== parseTarget(tenant.url).database) {',
    replace: 'if (parseTarget(replica.url).database === undefined) {',
    caughtBy: {
      file: 'packages/app-db/src/replicas/repository.test.ts',
      test: 'an address that names another database is refused without being repeated',
    },
  },
  {
    name: 'suspend from the console by the status alone',
    file: 'packages/fleet/src/serving-power.ts',
    find: `await setServing(link.run, { ...logins, current: place.appRole }, serving)`,
    replace: '',
    caughtBy: {
      file: 'packages/api/src/support-access.test.ts',
      test: 'what must be typed by hand is not taken from a slip, and who suspended a company stands in its log',
    },
  },
  {
    name: 'forget a data source in one process alone',
    file: 'packages/app-db/src/fleet/repository.ts',
    find: 'set({ changedIn: sql`pg_current_xact_id()` })',
    replace: 'set({ changedIn: sql`changed_in` })',
    caughtBy: {
      file: 'packages/api/src/support-access.test.ts',
      test: 'what is forgotten is forgotten by every process within a second, and the log says who asked for it',
    },
  },
]
