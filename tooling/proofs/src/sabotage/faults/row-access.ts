import type { Fault } from '../fault.ts'
import { newestMigrationWith } from '../newest-migration.ts'

const routes = 'packages/api/src/row-access.test.ts'
const ownRows = 'packages/tenant-db/src/row-access/own-rows.test.ts'
const givenOut = 'packages/tenant-db/src/payments/given-out.test.ts'
const receivedMessages = 'packages/tenant-db/src/communications/limits.test.ts'
const outOfReach = 'is out of reach in every way for whoever sees none of its records, its file too'
const receivedOf = "if verb = 'see' and crm.is_seen(kind, record)"
const everyWay = 'whatever way somebody tries to reach a colleague’s records, nothing of them comes back'

/** Taken from what limits members to some people's records. */
export const rowAccessFaults: Fault[] = [
  {
    name: 'row access: read for a limited member without their limits',
    file: 'packages/data-sources/src/tenant-work.ts',
    find: 'if (facts.limits === null) return await readWith(database.reader, facts, work)',
    replace: 'if (facts) return await readWith(database.reader, facts, work)',
    caughtBy: { file: routes, test: everyWay },
  },
  {
    name: 'row access: write for a limited member without their limits',
    file: 'packages/data-sources/src/tenant-work.ts',
    find: 'facts.limits === null ? config.guard : limitsGuard(facts.limits, config.guard)',
    replace: 'config.guard',
    caughtBy: {
      file: routes,
      test: 'what is seen and may not be changed is refused by name, and stays as it was',
    },
  },
  {
    name: 'row access: save in a file whatever is seen',
    file: 'packages/data-sources/src/manager.ts',
    find: 'return { ...facts, limits }',
    replace: 'return facts',
    caughtBy: {
      file: routes,
      test: 'what is seen goes into a file as far as the company says: all of it, one’s own, or no file at all',
    },
  },
  {
    name: 'row access: serve a limited member from a database that cannot hold limits',
    file: 'packages/data-sources/src/manager.ts',
    find: '...(limits === null ? [] : [rowAccessVersion])',
    replace: '...(limits === null ? [] : [])',
    caughtBy: {
      file: routes,
      test: 'in a database that cannot hold limits yet, whoever is limited is served nothing, and everybody else everything',
    },
  },
  {
    name: 'row access: mint the grant of a limited member without limits',
    file: 'packages/app-db/src/sessions/resolve.ts',
    find: 'limits: rowLimitsOf(limitedIn(row, role)),',
    replace: 'limits: null,',
    caughtBy: {
      file: routes,
      test: 'nobody is limited until somebody decides so, and a role’s limit holds from the next request on',
    },
  },
  {
    name: 'row access: limit the owner of a company as well',
    file: 'packages/app-db/src/record-access/limits.ts',
    find: "if (role === 'owner' || role === 'admin') return null",
    replace: "if (role === 'admin') return null",
    caughtBy: {
      file: routes,
      test: 'only who manages members decides, nothing is changed that is not seen, and no owner can be limited',
    },
  },
  {
    name: 'row access: let a limited member point at what they do not see',
    file: newestMigrationWith(
      'tenant-db',
      'if pointed is null or crm.is_seen(tg_argv[1], pointed) then return null; end if;',
    ),
    find: 'if pointed is null or crm.is_seen(tg_argv[1], pointed) then return null; end if;',
    replace: 'return null;',
    caughtBy: { file: routes, test: everyWay },
  },
  {
    name: 'row access: change what is only seen',
    file: 'packages/tenant-db/src/records/lock.ts',
    find: "if (locked === undefined) throw new TenantryError('FORBIDDEN')",
    replace: '',
    caughtBy: {
      file: routes,
      test: 'what is seen and may not be changed is refused by name, and stays as it was',
    },
  },
  {
    name: 'row access: find a member’s own rows without those that have no owner',
    file: 'packages/tenant-db/src/row-access/belonging.ts',
    find: '{ where: sql`${owner} is null and ${author} = ${one}`, orderBy: owner },',
    replace: '',
    caughtBy: {
      file: ownRows,
      test: 'is for a limited member the whole list without what is not theirs, in any order, searched and counted',
    },
  },
  {
    name: 'row access: find a member’s own quotes without those of their companies',
    file: 'packages/tenant-db/src/quotes/whose.ts',
    find: "through: [throughAccount('quote', quotes)],",
    replace: '',
    caughtBy: {
      file: ownRows,
      test: 'is for a limited member the whole list without what is not theirs, in any order, searched and counted',
    },
  },
  {
    name: 'row access: find a member’s own invoices without the credit notes about them',
    file: 'packages/tenant-db/src/invoices/whose.ts',
    find: 'pointer: invoices.creditsInvoiceId,',
    replace: '',
    caughtBy: {
      file: ownRows,
      test: 'is for a limited member the whole list without what is not theirs, in any order, searched and counted',
    },
  },
  {
    name: 'row access: show a received message whatever it is about',
    file: newestMigrationWith('tenant-db', receivedOf),
    find: receivedOf,
    replace: "if verb = 'see'",
    caughtBy: { file: receivedMessages, test: outOfReach },
  },
  {
    name: 'row access: ask without limits for the records that a message is about',
    file: newestMigrationWith('tenant-db', "perform set_config('tenantry.access', limits, true);"),
    find: "perform set_config('tenantry.access', limits, true);",
    replace: '',
    caughtBy: { file: receivedMessages, test: outOfReach },
  },
  {
    name: 'row access: find a member’s messages without those of their companies',
    file: 'packages/tenant-db/src/communications/whose.ts',
    find: 'about({ table: accounts, whose: whoseAccounts, pointer: recordLinks.accountId }),',
    replace: '',
    caughtBy: {
      file: receivedMessages,
      test: 'is seen, with its file, its links and its history, by whoever sees one of the records that it is about',
    },
  },
  {
    name: 'row access: take the first of a member’s many rows for all of them',
    file: 'packages/tenant-db/src/row-access/own-rows.ts',
    find: 'as counted) <= ${literal(most)}',
    replace: 'as counted) > 0',
    caughtBy: { file: ownRows, test: 'nothing is lost where few own rows become many' },
  },
  {
    name: 'row access: end the booking of an event that is not seen',
    file: 'packages/tenant-db/src/resource-bookings/find-bookings.ts',
    find: "  if (!isSeen(found(booking))) throw new TenantryError('NOT_FOUND')\n",
    replace: '',
    caughtBy: {
      file: routes,
      test: 'a booking tells that a resource is taken, and of a colleague’s neither for what nor to end it',
    },
  },
  {
    name: 'row access: count what a payment paid of unseen invoices as free',
    file: 'packages/tenant-db/src/payments/rows.ts',
    find: 'from ${paymentAllocations} a left join ${invoices} i',
    replace: 'from ${paymentAllocations} a join ${invoices} i',
    caughtBy: {
      file: givenOut,
      test: 'what is on an invoice that a member does not see is not theirs to give out again, nor what went back unseen',
    },
  },
  {
    name: 'row access: give out a payment that is only seen',
    file: 'packages/tenant-db/src/payments/write-payment.ts',
    find: "if (locked === undefined) throw new TenantryError('FORBIDDEN')",
    replace: '',
    caughtBy: {
      file: givenOut,
      test: 'who may see payments and invoices and not change them neither gives a payment out nor pays an invoice',
    },
  },
  {
    name: 'row access: add up for the guard of payments what its writer sees',
    file: newestMigrationWith(
      'tenant-db',
      "if access <> '' then perform set_config('tenantry.access', '', true); end if;",
    ),
    find: "if access <> '' then perform set_config('tenantry.access', '', true); end if;",
    replace: '',
    caughtBy: {
      file: givenOut,
      test: 'whatever statement is sent, the database gives out no more of a payment than came in',
    },
  },
  {
    name: 'row access: show a view that somebody keeps for themselves',
    file: 'packages/tenant-db/src/saved-views/repository.ts',
    find: "if (view.visibility === 'private' && !isOf(view, this.#viewer)) throw new TenantryError('NOT_FOUND')",
    replace: '',
    caughtBy: {
      file: 'packages/tenant-db/src/saved-views/repository.test.ts',
      test: 'what somebody keeps for themselves is nobody else’s; what is shared is everybody’s to see and theirs to change',
    },
  },
  {
    name: 'row access: take back in a shared view what somebody else has changed',
    file: 'packages/tenant-db/src/saved-views/repository.ts',
    find: 'return this.#ofOwn(id, () => undoChange(this.#acting, savedViewRecord, id, changeId))',
    replace: 'return undoChange(this.#acting, savedViewRecord, id, changeId).then(withProblems)',
    caughtBy: {
      file: 'packages/tenant-db/src/saved-views/repository.test.ts',
      test: 'what somebody keeps for themselves is nobody else’s; what is shared is everybody’s to see and theirs to change',
    },
  },
  {
    name: 'tell in a history of records that its reader does not see',
    file: 'packages/tenant-db/src/records/withhold-unseen.ts',
    find: 'if (!(executor instanceof LimitedExecutor)) return changes',
    replace: 'if (!(executor instanceof LimitedExecutor) || changes.length > 0) return changes',
    caughtBy: {
      file: routes,
      test: 'a history tells of other records to whoever sees those, and to nobody else',
    },
  },
]
