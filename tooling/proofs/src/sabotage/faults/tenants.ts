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
]
