import { statement } from '@tenantry/connections/statement'
import type { LinkedEntity, RecordLink } from '@tenantry/contracts/record-links'
import { sql } from 'drizzle-orm'
import { attachmentRecord } from '../attachments/record.ts'
import { communicationRecord } from '../communications/record.ts'
import { noteRecord } from '../notes/record.ts'
import type { Acting } from '../records/acting.ts'
import { writeChange } from '../records/change-record.ts'
import { lockAndRead } from '../records/lock.ts'
import type { RecordKind, RecordRow } from '../records/record-kind.ts'
import { taskRecord } from '../tasks/record.ts'
import { sources, targets, type LinkSource } from './columns.ts'
import { keyOf, linksOf } from './links.ts'
import { recordLinks } from './table.ts'

export class RecordLinksWriter {
  readonly #acting: Acting

  constructor(acting: Acting) {
    this.#acting = acting
  }

  /**
   * Whatever is about one record is about others too from now on: its tasks, notes, messages and files, archived ones as
   * well. Each remembers it in its own history.
   */
  async takeAlong(from: RecordLink, to: readonly RecordLink[]): Promise<void> {
    for (const { source, id } of await this.#acting.executor.run(sourcesOf[from.entity], { id: from.id })) {
      await this.#link(source, id, to)
    }
  }

  #link(source: LinkSource, id: string, to: readonly RecordLink[]): Promise<unknown> {
    switch (source) {
      case 'task':
        return linkRecord(this.#acting, taskRecord, { id, to })
      case 'note':
        return linkRecord(this.#acting, noteRecord, { id, to })
      case 'communication':
        return linkRecord(this.#acting, communicationRecord, { id, to })
      case 'attachment':
        return linkRecord(this.#acting, attachmentRecord, { id, to })
    }
  }
}

async function linkRecord<Row extends RecordRow & { links: readonly RecordLink[] }>(
  acting: Acting,
  kind: RecordKind<Row>,
  { id, to }: { id: string; to: readonly RecordLink[] },
): Promise<void> {
  const before = await lockAndRead(acting.executor, kind, id)
  if (before.deletedAt !== null) return
  const known = new Set(before.links.map(keyOf))
  const links = linksOf([...before.links, ...to.filter((link) => !known.has(keyOf(link)))])
  await writeChange(acting, kind, before, { links }, { action: 'changed' })
}

const sourceNames = sql.join(
  Object.entries(sources).map(
    ([source, column]) => sql`when ${sql.identifier(column.name)} is not null then ${source}`,
  ),
  sql` `,
)
const sourceIds = sql.join(
  Object.values(sources).map((column) => sql.identifier(column.name)),
  sql`, `,
)

function sourcesAbout(entity: LinkedEntity) {
  return statement<{ id: string }, { source: LinkSource; id: string }>((db) =>
    db.execute<{ source: LinkSource; id: string }>(
      sql`select case ${sourceNames} end as source, coalesce(${sourceIds}) as id from ${recordLinks}
        where ${sql.identifier(targets[entity].name)} = ${sql.placeholder('id')} order by created_at, 2`.inlineParams(),
    ),
  )
}

const sourcesOf = {
  account: sourcesAbout('account'),
  contact: sourcesAbout('contact'),
  lead: sourcesAbout('lead'),
  opportunity: sourcesAbout('opportunity'),
  event: sourcesAbout('event'),
  quote: sourcesAbout('quote'),
  contract: sourcesAbout('contract'),
  invoice: sourcesAbout('invoice'),
  location: sourcesAbout('location'),
} satisfies Record<LinkedEntity, unknown>
