import type { Fault } from '../fault.ts'

/** Taken from the commands that make, suspend and remove tenants, and from their journal. */
export const tenantFaults: Fault[] = [
  {
    name: 'let whoever has lost a run write on',
    file: 'packages/app-db/src/runs/journal.ts',
    find: 'if (held.length === 0) throw takenOver()\n      return result',
    replace: 'return result',
    caughtBy: {
      file: 'packages/app-db/src/runs/repository.test.ts',
      test: 'whoever was silent for too long has lost the run, and finds out before the next write',
    },
  },
  {
    name: 'take over a run that lives',
    file: 'packages/app-db/src/runs/repository.ts',
    find: "or(ne(runs.status, 'running'), isSilent)",
    replace: 'sql`true`',
    caughtBy: {
      file: 'packages/app-db/src/runs/repository.test.ts',
      test: 'a run that lives is neither begun again nor taken over',
    },
  },
  {
    name: 'leave the right to write with the login of a suspended tenant',
    file: 'packages/tenant-db/src/serving.ts',
    find: "await run('call crm.grant_reading_rights($1::name)', [role])",
    replace: 'continue',
    caughtBy: {
      file: 'packages/fleet/src/set-tenant-state.test.ts',
      test: 'work under way ends when its company is suspended, what is on its way is refused, and reading goes on: dedicated, from the command line',
    },
  },
  {
    name: 'let an older link of an invitation count',
    file: 'packages/app-db/src/invitations/repository.ts',
    find: 'eq(invitations.tokenHash, hashOf(token)), isOpen,',
    replace: 'eq(invitations.tokenHash, hashOf(token)),',
    caughtBy: {
      file: 'packages/auth/src/invitations.test.ts',
      test: 'a link that was replaced, is too old or was never issued opens nothing',
    },
  },
  {
    name: 'export over whatever is there',
    file: 'packages/fleet/src/export-folder.ts',
    find: 'if ((await isMissingOrEmpty(folder)) || (await runOf(folder)) === runId) return',
    replace: 'if (runId !== folder) return',
    caughtBy: {
      file: 'packages/fleet/src/delete-tenant.test.ts',
      test: 'a folder that has something in it is not exported over, and nothing is closed because of it',
    },
  },
  {
    name: 'drop a database whoever lives in it',
    file: 'packages/fleet/src/delete-tenant.ts',
    find: 'if ((await tenantsOn(run)).every((id) => id === tenantIdInDataSource)) return',
    replace: 'if ((await tenantsOn(run)).some((id) => id === tenantIdInDataSource)) return',
    caughtBy: {
      file: 'packages/fleet/src/delete-tenant.test.ts',
      test: 'a database in which somebody else lives as well is not dropped, whenever they came',
    },
  },
  {
    name: 'let a guest into the database that a tenant has alone',
    file: 'packages/fleet/src/shared-home.ts',
    find: "known.some(({ placement }) => placement !== 'shared')",
    replace: 'known.some(({ placement }) => placement === null)',
    caughtBy: {
      file: 'packages/fleet/src/create-tenant.test.ts',
      test: 'only a database that tenants share takes one more: not a company’s own, not the application’s, not anybody’s',
    },
  },
  {
    name: 'go on with the change of password of a tenant that had the slug before',
    file: 'packages/fleet/src/claim-run.ts',
    find: 'if (present === undefined || run.tenantId === null || run.tenantId === present.id) return run',
    replace: 'if (run.tenantId !== undefined) return run',
    caughtBy: {
      file: 'packages/fleet/src/keys/rotate-password.test.ts',
      test: 'a change of a company that had the slug before is not gone on with',
    },
  },
  {
    name: 'give a suspended tenant the right to write with another password',
    file: 'packages/fleet/src/keys/rotate-password.ts',
    find: "if (status === 'active') return",
    replace: "if (status !== 'archived') return",
    caughtBy: {
      file: 'packages/fleet/src/keys/rotate-password.test.ts',
      test: 'a company that is suspended stays so when the password of its serving login changes',
    },
  },
  {
    name: 'leave the database of a company, without which its deletion began, although it is asked for',
    file: 'packages/fleet/src/delete-tenant.ts',
    find: 'return { tenantId, slug, place, exportFolder }',
    replace: "return { tenantId, slug, place: run.input['withoutDatabase'] === true ? null : place, exportFolder }",
    caughtBy: {
      file: 'packages/fleet/src/delete-tenant.test.ts',
      test: 'a deletion without the database, killed at «without database» and repeated with it, removes the database too',
    },
  },
]
