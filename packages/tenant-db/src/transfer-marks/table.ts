import { bigintText } from '@tenantry/connections/columns'
import { boolean, text, uuid } from 'drizzle-orm/pg-core'
import { crm } from '../crm.ts'
import { tenantKey, tenantRules } from '../envelope.ts'

/**
 * How far the rows of an older system have been moved in. Written in the transaction of the rows it tells about, so that
 * a transfer that was killed goes on exactly where it was.
 */
export const transferMarks = crm.table(
  'transfer_marks',
  {
    ...tenantKey(),
    /** Of an entry of the manifest, `stream` for the changes that follow the first copy, or `own work` of another table. */
    name: text('name').notNull(),
    /** The last source row that has arrived. */
    lastId: uuid('last_id'),
    rows: bigintText('rows').notNull().default('0'),
    isDone: boolean('is_done').notNull().default(false),
    /** Place in the source's log of changes up to which all have arrived. */
    position: text('position'),
  },
  (t) => [...tenantRules('transfer_marks', [t.tenantId, t.name])],
)
