import { localDate } from '@tenantry/connections/columns'
import { ContactStatus } from '@tenantry/contracts/contacts'
import { sql } from 'drizzle-orm'
import { boolean, check, index, text, uuid } from 'drizzle-orm/pg-core'
import { isTimeZone, oneOf, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { listIndexes, live, recordEnvelope, recordKey, recordRules, searchText } from '../envelope.ts'
import { byOwner } from '../row-access/belonging.ts'
import { rowAccess } from '../row-access/policies.ts'
import { memberRefs } from '../member-refs/table.ts'
import { word } from '../word.ts'

const fullName = sql`btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, ''))`

export const contacts = crm.table(
  'contacts',
  {
    ...recordKey(),
    firstName: text('first_name'),
    lastName: text('last_name'),
    jobTitle: text('job_title'),
    ownerId: uuid('owner_id'),
    status: word('status', ContactStatus.options).notNull().default('active'),
    doNotContact: boolean('do_not_contact').notNull().default(false),
    timeZone: text('time_zone'),
    locale: text('locale'),
    birthday: localDate('birthday'),
    displayName: text('display_name').notNull().generatedAlwaysAs(fullName),
    searchText: searchText(fullName),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('contacts', t),
    ...rowAccess('contact', byOwner(t.ownerId, t.createdBy)),
    check('contacts_name_check', sql`coalesce(btrim(first_name), '') <> '' or coalesce(btrim(last_name), '') <> ''`),
    oneOf(t.status, ContactStatus.options),
    isTimeZone(t.timeZone),
    sameTenant(t.ownerId, memberRefs.userId).onDelete('set null'),
    index('contacts_by_name').on(t.tenantId, t.displayName, t.id).where(live),
    index('contacts_by_created').on(t.tenantId, t.createdAt, t.id).where(live),
    ...listIndexes('contacts', t, byOwner(t.ownerId, t.createdBy)),
  ],
)
