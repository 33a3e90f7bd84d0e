import type { Fault } from '../fault.ts'

const transfer = 'packages/tenant-transfer/src'
const run = `${transfer}/run.test.ts`
const cutover = `${transfer}/cutover.test.ts`
const ugly = `${transfer}/ugly-rows.test.ts`
const guards = 'packages/app-db/migrations/0003_transfers.sql'

/** Of a company that moves in: rows lost on the way, two sides in charge, another company's rows. */
export const transferFaults: Fault[] = [
  {
    name: 'switch over although the pause is over',
    file: 'packages/app-db/src/transfers/repository.ts',
    find: "and ${transfers.state} = 'paused' and ${transfers.pausedUntil} > clock_timestamp()`,",
    replace: '`,',
    caughtBy: {
      file: cutover,
      test: 'in the pause leaves the old system in charge: it goes on by itself when the pause is over',
    },
  },
  {
    name: 'let the old system write on after the switch',
    file: guards,
    find: "if moving.state = 'moved' then",
    replace: 'if false then',
    caughtBy: {
      file: cutover,
      test: 'the old rows of the company are shut for everybody who is not a superuser, and those of others are not',
    },
  },
  {
    name: 'let the old system write on while nobody may',
    file: guards,
    find: "elsif moving.state = 'paused' and moving.paused_until > clock_timestamp() then",
    replace: 'elsif false then',
    caughtBy: {
      file: cutover,
      test: 'in the pause leaves the old system in charge: it goes on by itself when the pause is over',
    },
  },
  {
    name: 'let the company write while a rollback compares',
    file: `${transfer}/cutover.ts`,
    find: 'await raiseEpochOn(target.run)',
    replace: '',
    caughtBy: {
      file: cutover,
      test: 'what is written while going back compares is refused, from whoever was let in before',
    },
  },
  {
    name: 'go back past quotes and invoices, of which the old system knows nothing',
    file: `${transfer}/sync/own-work.ts`,
    find: "return derivedTables.has(name) ? undefined : 'true'",
    replace: 'return undefined',
    caughtBy: {
      file: cutover,
      test: 'going back is refused for work that the old tables have no place for, and the company works on',
    },
  },
  {
    name: 'remove a company that had moved in and leave its old rows for everybody to see',
    file: `${transfer}/end-transfer.ts`,
    find: 'removedRows: await removeOldRows(control, legacyTenantId)',
    replace: 'removedRows: 0',
    caughtBy: {
      file: 'apps/cli/src/move-a-company-in.test.ts',
      test: 'of a company that had moved in its removal leaves no old row that anybody could see again',
    },
  },
  {
    name: 'remove a company that moves in and keep the log for it',
    file: `${transfer}/end-transfer.ts`,
    find: 'await dropStream(side)',
    replace: '',
    caughtBy: {
      file: 'apps/cli/src/move-a-company-in.test.ts',
      test: 'a company that is removed while it moves in goes on in the old system, and nothing keeps the log for it',
    },
  },
  {
    name: 'let an operator resume a company that has not moved',
    file: guards,
    find: "if new.status = 'active' and exists (select from app.transfers t where t.tenant_id = new.id and t.state <> 'moved') then",
    replace: 'if false then',
    caughtBy: {
      file: run,
      test: 'while a company moves in it can be read here and not written, and nobody can resume it by hand',
    },
  },
  {
    name: 'move a company into another database than its data source says',
    file: `${transfer}/sides.ts`,
    find: 'if (identity === undefined || !isExpected(identity.identity, dataSource?.identity, transfer)) {',
    replace: 'if (identity === undefined) {',
    caughtBy: {
      file: run,
      test: 'a tenant database with rows of its own is refused, and so is another database than the data source says',
    },
  },
  {
    name: 'copy columns nobody has decided about past everybody',
    file: `${transfer}/manifest/undecided.ts`,
    find: '  if (problems.length > 0) {',
    replace: '  if (problems.length > 1000) {',
    caughtBy: { file: run, test: 'a column nobody has decided about stops the plan and the run, by its name' },
  },
  {
    name: 'drop rows that cannot be moved in',
    file: `${transfer}/manifest/manifest.ts`,
    find: 'from public.${source} where ${ofCompany} and ${isRejected(source)}`',
    replace: 'from public.${source} where ${ofCompany} and ${isRejected(source)} and ${source}.id is null`',
    caughtBy: { file: run, test: 'every row arrives or waits in quarantine, and a second run changes nothing' },
  },
  {
    name: 'go back although the new rows have been changed',
    file: `${transfer}/cutover.ts`,
    find: 'if (options.discardChanges !== true) assertUnchanged(differences, { ...own, slug })',
    replace: '',
    caughtBy: {
      file: cutover,
      test: 'going back is refused when the new rows were changed, and then leaves them behind only when told to',
    },
  },
  {
    name: 'leave the login that serves requests its rights on the old tables',
    file: `${transfer}/cutover.ts`,
    find: '  await revokeSource(sides, applicationRole)\n',
    replace: '  void applicationRole\n',
    caughtBy: { file: cutover, test: 'the login that serves requests has no rights left on the old tables' },
  },
  {
    name: 'do not look at what a row of the pause arrived as',
    file: `${transfer}/sync/apply-changed.ts`,
    find: 'if (left.get(`${name} ${key}`) !== hash) differing++',
    replace: 'void hash',
    caughtBy: {
      file: `${transfer}/sync/stream.test.ts`,
      test: 'what was written is taken over, read back and compared, and a row that arrived otherwise is counted',
    },
  },
  {
    name: 'do not miss what of the pause did not arrive',
    file: `${transfer}/sync/apply-changed.ts`,
    find: 'return differing + left.size',
    replace: 'return differing',
    caughtBy: {
      file: `${transfer}/sync/stream.test.ts`,
      test: 'what was written is taken over, read back and compared, and a row that arrived otherwise is counted',
    },
  },
  {
    name: 'go back and leave the login that serves requests without its rights',
    file: `${transfer}/cutover.ts`,
    find: "onProgress?.({ step: 'opening the old tables' })\n  await restoreSource(sides)",
    replace: "onProgress?.({ step: 'opening the old tables' })",
    caughtBy: {
      file: cutover,
      test: 'going back is refused when the new rows were changed, and then leaves them behind only when told to',
    },
  },
  {
    name: 'switch over although the login that serves requests reads past the policies',
    file: `${transfer}/cutover.ts`,
    find: '  await assertHeldByPolicies(sides, options.applicationRole)\n',
    replace: '',
    caughtBy: {
      file: cutover,
      test: 'is refused while the login that serves requests would go on reading the old rows',
    },
  },
  {
    name: 'move a day in that no calendar has',
    file: `${transfer}/manifest/tables/opportunities.ts`,
    find: "expected_close_on: day('opportunities', 'close_date')",
    replace: "expected_close_on: 'opportunities.close_date'",
    caughtBy: {
      file: ugly,
      test: 'amounts without a currency get that of the company, to the cent; what is no amount waits with its reason',
    },
  },
  {
    name: 'lose what an address says that the columns say otherwise',
    file: `${transfer}/manifest/expressions.ts`,
    find: "[...different, unknown].join(' or ')",
    replace: "[...different.slice(99), unknown].join(' or ')",
    caughtBy: {
      file: ugly,
      test: 'an address in two forms: the columns win, what they lack comes from the object, and a contradiction is kept',
    },
  },
  {
    name: 'call what came with the database of a company its own work, and not say so',
    file: `${transfer}/sync/own-work.ts`,
    find: 'isNoted: noted.length > 0',
    replace: 'isNoted: noted.length >= 0',
    caughtBy: {
      file: cutover,
      test: 'of a company that moved in before its own work was noted going back says what would be left behind, and how',
    },
  },
]
