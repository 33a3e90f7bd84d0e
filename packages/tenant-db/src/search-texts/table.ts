import { sql } from 'drizzle-orm'
import { index, uuid } from 'drizzle-orm/pg-core'
import { byteOrderedText } from '../columns.ts'
import { crm } from '../crm.ts'
import { tenantKey, tenantRules } from '../envelope.ts'

/** The tables whose texts are here, of which a company may have very many rows. */
const sources = ['accounts', 'contacts', 'opportunities'] as const
export type TextSource = (typeof sources)[number]

/**
 * The texts of records outside the bin once more, kept by triggers, for an index on their parts: that can only be asked where
 * row security does not bind who asks. No role has a right to this table but its owner, and the owner's functions say whose
 * texts they look at: migration 0032. A contact has a line for its name and one for each of its addresses and numbers.
 */
export const searchTexts = crm.table(
  'search_texts',
  {
    ...tenantKey(),
    source: byteOrderedText('source').$type<TextSource>().notNull(),
    recordId: uuid('record_id').notNull(),
    /** The record again, or what of it has the text. */
    partId: uuid('part_id').notNull(),
    text: byteOrderedText('text').notNull(),
  },
  (t) => [
    ...tenantRules('search_texts', [t.tenantId, t.source, t.recordId, t.partId]),
    // With the tenant, so that no row of another is looked at; after the text, or GIN looks for each candidate of a part in the
    // list of all the tenant's rows, which takes 0.8 ms for 200,000.
    ...sources.flatMap((source) => [
      // Between line ends, so that each letter has neighbours: two letters are found by all parts that begin with them.
      index(`search_texts_${source}`)
        .using('gin', sql`(chr(10) || ${t.text} || chr(10)) gin_trgm_ops`, t.tenantId)
        // What is written waits in a list, in kB, that each search reads: 2 ms of it for 1,200 rows.
        .with({ gin_pending_list_limit: 512 })
        .where(sql`source = ${source}`.inlineParams()),
      // What is no letter of ASCII means something else on each server, and may be the neighbour of one.
      index(`search_texts_${source}_letters`)
        .using('gin', sql`crm.letters(${t.text})`, t.tenantId)
        .with({ gin_pending_list_limit: 512 })
        .where(sql`source = ${source} and text ~ '[^-a-z0-9 @.+_\\n]'`.inlineParams()),
    ]),
  ],
)
