import type { Fault } from '../fault.ts'

const file = 'packages/tenant-db/src/custom-fields/repository.test.ts'

/** Taken from what companies add to their records. */
export const customFieldFaults: Fault[] = [
  {
    name: 'custom fields: write to an archived one',
    file: 'packages/contracts/src/custom-fields.ts',
    find: 'else if (definition.archivedAt !== null)',
    replace: 'else if (definition.archivedAt === undefined)',
    caughtBy: { file, test: 'an archived field keeps its values and takes none; its key is not given to another' },
  },
  {
    name: 'custom fields: replace all values by those of a patch',
    file: 'packages/tenant-db/src/records/custom.ts',
    find: 'custom ??= { ...before }',
    replace: 'custom ??= {}',
    caughtBy: {
      file,
      test: 'a patch changes the keys it names; each is a field of its own in history, conflicts and undo',
    },
  },
  {
    name: 'custom fields: ask what comes of another record for required fields, too',
    file: 'packages/tenant-db/src/records/change-record.ts',
    find: `fields['custom'] === undefined ? '' : 'yes'`,
    replace: `'yes'`,
    caughtBy: {
      file,
      test: 'a required field is asked of whoever creates a record, by the database too, and does not let go of its value',
    },
  },
  {
    name: 'custom fields: take away an option that records hold',
    file: 'packages/tenant-db/src/custom-fields/use-of-options.ts',
    find: 'if (count === 0) continue',
    replace: 'if (count >= 0) continue',
    caughtBy: {
      file,
      test: 'an option that a record holds cannot be left out, be the record in the bin; any other can',
    },
  },
  {
    name: 'custom fields: take away an option that records hold by taking back that it was added',
    file: 'packages/tenant-db/src/custom-fields/repository.ts',
    find: 'await this.#assertUnused(before, after.options)',
    replace: '',
    caughtBy: { file, test: 'a change of a definition is taken back, but for an option that records hold since' },
  },
  {
    name: 'custom fields: give away the key of one in the bin',
    file: 'packages/tenant-db/src/custom-fields/repository.ts',
    find: 'if (sameKey !== undefined)',
    replace: 'if (sameKey?.deletedAt === null)',
    caughtBy: {
      file,
      test: 'a field in the bin is asked of nobody and found by nobody; its values and its key wait for it',
    },
  },
  {
    name: 'custom fields: find a part of a text by its signs',
    file: 'packages/tenant-db/src/custom-fields/sought.ts',
    find: 'flag "iq"',
    replace: 'flag "i"',
    caughtBy: {
      file,
      test: 'lists are narrowed by custom values as their fields can be asked, several fields at once',
    },
  },
  {
    name: 'custom fields: ask a list for what a field cannot hold',
    file: 'packages/contracts/src/custom-fields.ts',
    find: 'schema.safeParse(sought).success ? []',
    replace: 'schema.safeParse(sought) ? []',
    caughtBy: {
      file,
      test: 'a filter that asks for a field that there is not, or for what it cannot hold, is refused at that field',
    },
  },
]
