'use client'

import type { AuditEntry } from '@tenantry/contracts/tenants'
import { Card } from '../ui/card.tsx'
import { auditSentence } from './audit-sentence.ts'

type Entry = Omit<AuditEntry, 'detail'> & { detail: Record<string, unknown> }

/** What happened, each entry as a sentence. */
export function AuditEntries(props: {
  title: string
  entries: readonly Entry[]
  /** Who or what an entry is about, where that has a name. */
  subjectOf: (entry: Entry) => string | null
  format: (instant: string) => string
}) {
  return (
    <Card title={props.title} className="p-0">
      <ol className="divide-y divide-line">
        {props.entries.map((entry) => (
          <li key={entry.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-4 py-2.5">
            <p className="min-w-0 flex-1 basis-64 break-words">
              <span className="font-medium">{entry.actorName ?? actors[entry.actorKind]}</span>{' '}
              <span title={entry.action}>{auditSentence(entry, props.subjectOf(entry))}</span>
            </p>
            <time className="text-[13px] text-muted tabular-nums" dateTime={entry.at}>
              {props.format(entry.at)}
            </time>
          </li>
        ))}
      </ol>
    </Card>
  )
}

const actors: Record<AuditEntry['actorKind'], string> = {
  user: 'Somebody',
  api_key: 'An API key',
  operator: 'An operator',
  system: 'The system',
}
