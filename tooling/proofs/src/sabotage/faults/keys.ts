import type { Fault } from '../fault.ts'
import { newestMigrationWith } from '../newest-migration.ts'

const rotation = 'packages/fleet/src/keys/rotate-keys.test.ts'
const password = 'packages/fleet/src/keys/rotate-password.test.ts'

/** Taken from the rotation of keys. */
export const keyFaults: Fault[] = [
  {
    name: 'write a value that was sealed anew over whatever stands there meanwhile',
    file: 'packages/app-db/src/sealed-values/replace.ts',
    find: 'and ${sql.join(unchanged, sql` and `)}',
    replace: 'and ${sql.join(unchanged, sql` or `)} is not null',
    caughtBy: {
      file: rotation,
      test: 'a credential that was replaced while it was being sealed anew stays the new one',
    },
  },
  {
    name: 'end a rotation after one pass',
    file: 'packages/fleet/src/keys/rotate-keys.ts',
    find: 'found.remaining === 0 || !hasChanged',
    replace: 'found.remaining === 0 || hasChanged',
    caughtBy: { file: rotation, test: 'a value that is sealed under the old key behind the rotation is not missed' },
  },
  {
    name: 'overlook one of the sealed columns',
    file: 'packages/app-db/src/sealed-values/columns.ts',
    find: `      data_source_service_key: tenants.dataSourceServiceKey,
`,
    replace: '',
    caughtBy: { file: rotation, test: 'every value opens under the new key alone, and says what it said before' },
  },
  {
    name: 'drop every connection because a credential was sealed anew',
    file: newestMigrationWith('app-db', 'or not is_resealed and (new.data_source_anon_key'),
    find: 'or not is_resealed and (new.data_source_anon_key',
    replace: 'or (new.data_source_anon_key',
    caughtBy: {
      file: 'packages/fleet/src/keys/rotation-under-load.test.ts',
      test: 'while keys are rotated to and fro, every one of 200 requests a second is answered, and no connection is dropped for it',
    },
  },
  {
    name: 'remove a login while somebody uses it',
    file: 'packages/fleet/src/keys/rotate-password.ts',
    find: 'if (sessions === 0) break',
    replace: 'if (sessions >= 0) break',
    caughtBy: {
      file: password,
      test: 'a login that somebody still uses is not removed, and the same command removes it once it is free',
    },
  },
  {
    name: 'let two operators change one password at once',
    file: 'packages/fleet/src/keys/rotate-password.ts',
    find: 'if (answer?.locked === true) return',
    replace: 'if (answer !== undefined) return',
    caughtBy: {
      file: password,
      test: 'a second operator is refused while the first one is at it, also one whose journal took the run over',
    },
  },
  {
    name: 'change the login of a data source that somebody has changed meanwhile',
    file: 'packages/app-db/src/data-source-logins/repository.ts',
    find: 'and(eq(tenants.id, tenantId), eq(tenants.dataSourceVersion, version))',
    replace: 'and(eq(tenants.id, tenantId), version === version ? undefined : eq(tenants.dataSourceVersion, version))',
    caughtBy: { file: password, test: 'a data source that was changed meanwhile is left as it is' },
  },
]
