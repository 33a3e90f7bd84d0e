import type { Fault } from '../fault.ts'

const file = 'packages/crm/src/imports/work-on-import.test.ts'
const work = 'packages/crm/src/imports/work-on-import.ts'
const revert = 'packages/tenant-db/src/imports/revert-rows.ts'
const asItWas = 'a revert leaves every table as it was, except for the history'

/** Taken from the import of files. */
export const importFaults: Fault[] = [
  {
    name: 'imports: write while a file is only checked',
    file: work,
    find: `ends: 'checked', settle: settleChecked`,
    replace: `ends: 'checked', settle: settleWritten`,
    caughtBy: {
      file,
      test: 'a check names each cell that is wrong and writes no record; a row that is put right is imported',
    },
  },
  {
    name: 'imports: do a part again that another worker has done',
    file: work,
    find: 'batch.revision !== read?.revision || batch.cursor !== read.cursor',
    replace: 'batch.revision !== read?.revision',
    caughtBy: { file, test: 'workers that do the same work at once, turn by turn, do each part once' },
  },
  {
    name: 'imports: settle the rows of whatever file',
    file: 'packages/tenant-db/src/imports/settle.ts',
    find: `where i.batch_id = \${sql.placeholder('batchId')}::uuid and i.row_no = s.row`,
    replace: 'where i.row_no = s.row',
    caughtBy: { file, test: asItWas },
  },
  {
    name: 'imports: throw the rows of all files away',
    file: 'packages/tenant-db/src/imports/stage-rows.ts',
    find: `where batch_id = \${sql.placeholder('batchId')}::uuid and row_no >= (`,
    replace: 'where row_no >= (',
    caughtBy: { file, test: 'what is paused stops, is changed by nobody meanwhile, and goes on where it was' },
  },
  {
    name: 'imports: leave a record behind when it is taken back',
    file: revert,
    find: 'executor.run(removing.remove, { ids: gone })',
    replace: 'executor.run(removing.remove, { ids: gone.slice(1) })',
    caughtBy: { file, test: asItWas },
  },
  {
    name: 'imports: take back what others have changed since',
    file: revert,
    find: 'found?.changed === true ? changedSince',
    replace: 'found === undefined ? changedSince',
    caughtBy: { file, test: 'a revert keeps what was changed since or is pointed at, and says why' },
  },
  {
    name: 'imports: let somebody take back who does not see who points at a record',
    file: revert,
    find: 'if (scope?.all !== true) throw',
    replace: 'if (scope === undefined) throw',
    caughtBy: {
      file,
      test: 'what the database alone refuses is an error of its row, and the rows around it are imported',
    },
  },
  {
    name: 'imports: change a lead that has become something else',
    file: 'packages/tenant-db/src/imports/update-records.ts',
    find: 'kind.assertMayChange?.(before, diff)',
    replace: `kind.record.assertAllows?.(before, 'changed')`,
    caughtBy: {
      file,
      test: 'of many rows that change records, those that may not be changed are told apart, and the others are written',
    },
  },
  {
    name: 'imports: remember all custom fields of a record as one',
    file: 'packages/tenant-db/src/imports/insert-records.ts',
    find: 'diff: differences({}, withCustomApart(fields))',
    replace: 'diff: differences({}, withCustomApart({}) && fields)',
    caughtBy: {
      file,
      test: 'custom fields are filled like others: read by their type, refused cell by cell, remembered and taken back',
    },
  },
  {
    name: 'imports: go on for whoever was removed',
    file: 'packages/worker/src/import-rows.ts',
    find: 'held = { grant: await app.grants.forAsker(asker, tenantId, why), since',
    replace: `held = { grant: await app.grants.forJob('import', tenantId, { ...why, requestId: String(asker && requestId) }), since`,
    caughtBy: {
      file: 'tooling/proofs/src/import-kills/import-kills.test.ts',
      test: 'the work of somebody who was removed ends, says so, and is gone on with by somebody else',
    },
  },
]
