import type { Fault } from '../fault.ts'

const checking = 'packages/crm/src/imports/check-rows.test.ts'
const writing = 'packages/crm/src/imports/write-rows.test.ts'
const reverting = 'packages/crm/src/imports/revert-import.test.ts'
const working = 'packages/crm/src/imports/work-on-import.test.ts'
const work = 'packages/crm/src/imports/work-on-import.ts'
const revert = 'packages/tenant-db/src/imports/revert-rows.ts'
const opportunities = 'packages/crm/src/imports/opportunities.test.ts'
const comeIn =
  'opportunities come in where they stand, with their companies, amounts and ends, as if each had been created'
const asItWas = 'a revert leaves every table as it was, except for the history'

/** Taken from the import of files. */
export const importFaults: Fault[] = [
  {
    name: 'imports: write while a file is only checked',
    file: work,
    find: `ends: 'checked', settle: settleChecked`,
    replace: `ends: 'checked', settle: settleWritten`,
    caughtBy: {
      file: checking,
      test: 'a check names each cell that is wrong and writes no record; a row that is put right is imported',
    },
  },
  {
    name: 'imports: do a part again that another worker has done',
    file: work,
    find: 'batch.revision !== read?.revision || batch.cursor !== read.cursor',
    replace: 'batch.revision !== read?.revision',
    caughtBy: { file: working, test: 'workers that do the same work at once, turn by turn, do each part once' },
  },
  {
    name: 'imports: settle the rows of whatever file',
    file: 'packages/tenant-db/src/imports/settle.ts',
    find: `where i.batch_id = \${sql.placeholder('batchId')}::uuid and i.row_no = s.row`,
    replace: 'where i.row_no = s.row',
    caughtBy: { file: reverting, test: asItWas },
  },
  {
    name: 'imports: throw the rows of all files away',
    file: 'packages/tenant-db/src/imports/stage-rows.ts',
    find: `where batch_id = \${sql.placeholder('batchId')}::uuid and row_no >= (`,
    replace: 'where row_no >= (',
    caughtBy: { file: working, test: 'what is paused stops, is changed by nobody meanwhile, and goes on where it was' },
  },
  {
    name: 'imports: leave a record behind when it is taken back',
    file: revert,
    find: 'executor.run(removing.remove, { ids: gone })',
    replace: 'executor.run(removing.remove, { ids: gone.slice(1) })',
    caughtBy: { file: reverting, test: asItWas },
  },
  {
    name: 'imports: take back what others have changed since',
    file: revert,
    find: 'touched.get(recordId) ?? (looked',
    replace: '(looked',
    caughtBy: { file: reverting, test: 'a revert keeps what was changed since or is pointed at, and says why' },
  },
  {
    name: 'imports: let somebody take back who does not see who points at a record',
    file: revert,
    find: 'if (scope?.all !== true) throw',
    replace: 'if (scope === undefined) throw',
    caughtBy: {
      file: writing,
      test: 'what the database alone refuses is an error of its row, and the rows around it are imported',
    },
  },
  {
    name: 'imports: change a lead that has become something else',
    file: 'packages/tenant-db/src/imports/update-records.ts',
    find: 'prepared.assertMayChange?.(before, valuesAfter(diff))',
    replace: `kind.record.assertAllows?.(before, 'changed')`,
    caughtBy: {
      file: writing,
      test: 'of many rows that change records, those that may not be changed are told apart, and the others are written',
    },
  },
  {
    name: 'imports: remember all custom fields of a record as one',
    file: 'packages/tenant-db/src/imports/insert-records.ts',
    find: 'diff: differences({}, withCustomApart(fields))',
    replace: 'diff: differences({}, withCustomApart({}) && fields)',
    caughtBy: {
      file: checking,
      test: 'custom fields are filled like others: read by their type, refused cell by cell, remembered and taken back',
    },
  },
  {
    name: 'imports: keep for ever what another import has changed and given back',
    file: 'packages/tenant-db/src/imports/touched-since.ts',
    find: `when 'undone' then -1`,
    replace: `when 'undone' then 0`,
    caughtBy: {
      file: reverting,
      test: 'of two imports that changed the same records the first says which one to take back before it, and then goes whole',
    },
  },
  {
    name: 'imports: close today what a file says was closed before',
    file: 'packages/tenant-db/src/imports/opportunity-kind.ts',
    find: 'return day === undefined || day.isToCome ? now : day.at',
    replace: 'return day === undefined || day.isToCome || now ? now : day.at',
    caughtBy: { file: opportunities, test: comeIn },
  },
  {
    name: 'imports: leave the first stage of an opportunity out of its history',
    file: 'packages/tenant-db/src/imports/opportunity-kind.ts',
    find: '[recordStageChanges(acting, writes as CardWrite[])]',
    replace: '[recordStageChanges(acting, writes.slice(1) as CardWrite[])]',
    caughtBy: { file: opportunities, test: comeIn },
  },
  {
    name: 'imports: take back nothing of a part of which one row cannot be',
    file: 'packages/tenant-db/src/imports/give-back.ts',
    find: 'if (rows.length === 1) return [',
    replace: 'if (rows.length > 0) return [',
    caughtBy: {
      file: opportunities,
      test: 'what the database alone refuses to take back is kept with its reason, and the rows around it are taken back',
    },
  },
  {
    name: 'imports: take a sign that several currencies share for a statement',
    file: 'packages/crm/src/imports/money-cells.ts',
    find: 'isAssumed: named === undefined && own === undefined',
    replace: `isAssumed: named === undefined && own === undefined && mark === ''`,
    caughtBy: {
      file: 'packages/crm/src/imports/money-cells.test.ts',
      test: 'a sign that several share is that of the company too',
    },
  },
  {
    name: 'imports: let the last cards of a stage be counted before it is locked',
    file: 'packages/tenant-db/src/imports/locked-stages.ts',
    find: 'order by s.id for no key update of s for share of p',
    replace: 'order by s.id for share of p',
    caughtBy: {
      file: opportunities,
      test: 'cards that people place while a file comes in, and those of the file, all have places of their own',
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
