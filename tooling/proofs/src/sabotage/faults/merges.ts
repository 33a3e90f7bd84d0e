import type { Fault } from '../fault.ts'

const file = 'packages/tenant-db/src/merges/merge.test.ts'

/** Taken from merging two records into one, and from taking that back. */
export const mergeFaults: Fault[] = [
  {
    name: 'merge: leave a kind of record behind',
    file: 'packages/tenant-db/src/merges/references.ts',
    find: '  pointing(contracts.accountId),\n',
    replace: '',
    caughtBy: {
      file,
      test: 'every foreign key to an account or a contact is taken along by a merge, or tells of merges',
    },
  },
  {
    name: 'merge: take along a version that nobody has read',
    file: 'packages/tenant-db/src/merges/merge-records.ts',
    find: 'if (gone.version !== merged.version) throw await staleWrite(executor, record, gone, merged.version)',
    replace: '',
    caughtBy: {
      file,
      test: 'a patch and a new record that run into a merge either come before it and go along, or learn of it',
    },
  },
  {
    name: 'merge: take back what was pointed elsewhere since',
    file: 'packages/tenant-db/src/merges/move.ts',
    find: 'where t.id = any(${ids}) and t.${own} = ${to} returning t.id`,\n    ),\n  )\n  return {',
    replace: 'where t.id = any(${ids}) returning t.id`,\n    ),\n  )\n  return {',
    caughtBy: {
      file,
      test: 'what was pointed elsewhere since stays there, and a field that was changed since stops the undo',
    },
  },
  {
    name: 'merge: let a member merge who does not see all',
    file: 'packages/tenant-db/src/merges/merge-records.ts',
    find: '  await assertSeesAll(executor)\n  if (left.version',
    replace: '  if (left.version',
    caughtBy: {
      file,
      test: 'neither the same record, nor one in the bin, nor one of another tenant, nor by whoever does not see all',
    },
  },
]
