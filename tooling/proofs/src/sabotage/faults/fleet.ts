import type { Fault } from '../fault.ts'

const campaign = 'packages/fleet/src/campaign/run-campaign.test.ts'
const migrate = 'packages/migrations/src/migrate.test.ts'
const versions = 'packages/data-sources/src/schema-versions.test.ts'
const catalogue = 'tooling/proofs/src/drift-catalogue/drift-catalogue.test.ts'

/** Taken from what keeps hundreds of databases at one schema. */
export const fleetFaults: Fault[] = [
  {
    name: 'begin a campaign with everybody',
    file: 'packages/fleet/src/campaign/waves.ts',
    find: '[hundredth, hundredth + tenth]',
    replace: '[0 * hundredth, 0 * tenth]',
    caughtBy: {
      file: 'packages/fleet/src/campaign/waves.test.ts',
      test: 'after the canaries goes one database in a hundred, then one in ten, then everybody else',
    },
  },
  {
    name: 'ask all databases of a server at once',
    file: 'packages/fleet/src/databases/per-server.ts',
    find: 'if (taken >= perServer) continue',
    replace: 'if (perServer < 0) continue',
    caughtBy: {
      file: 'packages/fleet/src/databases/per-server.test.ts',
      test: 'no server has more databases at work than it may, and each as many as that',
    },
  },
  {
    name: 'let the second login of support write',
    file: 'packages/fleet/src/keys/rotate-password.ts',
    find: "return 'reading'",
    replace: "return 'serving'",
    caughtBy: {
      file: 'packages/fleet/src/keys/rotate-password.test.ts',
      test: 'the login of support access is changed the same way, and still only reads, its own tenant alone',
    },
  },
  {
    name: 'give an empty database up when its migrations do not go together',
    file: 'packages/migrations/src/apply-migration.ts',
    find: 'if (hasSqlstate(error)) return []',
    replace: 'if (hasSqlstate(undefined)) return []',
    caughtBy: {
      file: migrate,
      test: 'a migration that fails leaves nothing of itself, keeps those before it, and goes on when it is mended',
    },
  },
  {
    name: 'migrate whatever database an address leads to',
    file: 'packages/fleet/src/databases/service-link.ts',
    find: 'if (!isOwn) throw',
    replace: 'if (tenant.slug === undefined) throw',
    caughtBy: {
      file: campaign,
      test: 'a tenant whose key, address or database is not its own fails by itself; a shared database is opened with the next key',
    },
  },
  {
    name: 'go on when a canary has failed',
    file: 'packages/fleet/src/campaign/waves.ts',
    find: 'databases: canaries, tolerated: 0 }',
    replace: 'databases: canaries, tolerated: 9 }',
    caughtBy: { file: campaign, test: 'a canary that fails halts the campaign before anybody else is touched' },
  },
  {
    name: 'give a suspended tenant back its rights with a migration',
    file: 'packages/tenant-db/src/provision.ts',
    find: "foreach reader in array coalesce(readers, '{}') loop",
    replace: "foreach reader in array '{}'::name[] loop",
    caughtBy: {
      file: campaign,
      test: 'a suspended tenant that may only read does not get its other rights back by a migration',
    },
  },
  {
    name: 'take a half-built index for a whole one',
    file: 'packages/migrations/src/rebuilt-index.ts',
    find: 'if (found.valid) return true',
    replace: 'if (found.drop) return true',
    caughtBy: {
      file: migrate,
      test: 'an index that was left half-built is built again, and one that stands is not built twice',
    },
  },
  {
    name: 'renew rights apart from the migration that needs them',
    file: 'packages/migrations/src/apply-migration.ts',
    find: '(afterEach === undefined ? [] : [afterEach])',
    replace: "(afterEach === undefined ? [] : [''])",
    caughtBy: { file: migrate, test: 'what belongs to every migration is committed with it or not at all' },
  },
  {
    name: 'begin work that the database is not ready for',
    file: 'packages/data-sources/src/schema-versions.ts',
    find: 'if (!lacks(this.#known.get(tenantId), needed)) return',
    replace: 'if (needed !== undefined) return',
    caughtBy: {
      file: versions,
      test: 'of a tenant that is behind, work that needs more is answered so; other work goes on, and all of it once the database is migrated',
    },
  },
  {
    name: 'answer a tenant who is behind with a column that does not exist',
    file: 'packages/data-sources/src/schema-versions.ts',
    find: "'42703', ",
    replace: '',
    caughtBy: {
      file: versions,
      test: 'a procedure that forgot what it requires is answered as behind, never with a column that does not exist',
    },
  },
  {
    name: 'begin a unit before the one before it is noted down',
    file: 'packages/app-db/src/runs/unit-sequence.ts',
    find: 'this.#run.begin(key, this.#before)',
    replace: 'this.#run.begin(key)',
    caughtBy: {
      file: 'packages/app-db/src/runs/repository.test.ts',
      test: 'of units in sequence each is noted down before the next one does anything, and the last one at the end',
    },
  },
  {
    name: 'let a login become the group that has its rights',
    file: 'packages/tenant-db/migrations/0022_groups_of_logins.sql',
    find: 'with inherit true, set false granted by',
    replace: 'with inherit true, set true granted by',
    caughtBy: {
      file: 'packages/tenant-db/src/row-security.test.ts',
      test: 'a role that serves requests cannot become the group that has its rights',
    },
  },
  {
    name: 'leave a login what it had before it became a member',
    file: 'packages/tenant-db/migrations/0022_groups_of_logins.sql',
    find: 'if crm.has_rights_here(login) then',
    replace: 'if false then',
    caughtBy: {
      file: 'packages/tenant-db/src/provision-groups.test.ts',
      test: 'logins from before there were groups become members of them, and each can do what it could',
    },
  },
  {
    name: 'take a membership back in another name than it was given',
    file: 'packages/tenant-db/migrations/0022_groups_of_logins.sql',
    find: "'grant %I to %I with inherit true, set false granted by %I', joined, login, owner",
    replace: "'grant %I to %I with inherit true, set false', joined, login",
    caughtBy: {
      file: 'packages/tenant-db/src/provision-groups.test.ts',
      test: 'the owner takes from a tenant what an administrator gave it, and gives it back; the others go on',
    },
  },
  {
    name: 'leave policies out of the fingerprint',
    file: 'packages/fleet/src/drift/catalogue-query.ts',
    find: 'join pg_policy p on p.polrelid = r.oid, schema s',
    replace: 'join pg_policy p on p.polrelid = r.oid and false, schema s',
    caughtBy: {
      file: catalogue,
      test: 'planted drifts are found by their names, and repaired where nobody has to decide',
    },
  },
  {
    name: 'take names of roles for a difference between databases',
    file: 'packages/fleet/src/drift/fingerprint.ts',
    find: 'md5(may::text)',
    replace: 'md5(role || may::text)',
    caughtBy: {
      file: catalogue,
      test: 'databases that have nothing wrong with them have one fingerprint, however they were made',
    },
  },
  {
    name: 'adopt a restored database and let late writers go on in the one that is left',
    file: 'packages/fleet/src/relocate-data-source.ts',
    find: "if (from !== 'gone') await endWriting(from, patienceMs)",
    replace: '',
    caughtBy: {
      file: 'packages/fleet/src/adopt-database.test.ts',
      test: 'the database that is left refuses whoever was let in before, and the adopted one keeps what the company had',
    },
  },
  {
    name: 'begin to remove a company whose logins have rights in a copy of its database',
    file: 'packages/fleet/src/left-databases.ts',
    find: 'if (found.length === 0) return',
    replace: 'if (found) return',
    caughtBy: {
      file: 'apps/cli/src/documents.test.ts',
      test: 'a company that lives in a restored database is removed with the one it left, or not at all',
    },
  },
]
