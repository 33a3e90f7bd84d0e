import type { Communication } from '@tenantry/contracts/communications'
import { linkedRecord } from '../record-links/linked-record.ts'
import { selectCommunications } from './rows.ts'
import { communications } from './table.ts'

export const communicationRecord = linkedRecord<Communication>('communication', {
  table: communications,
  fields: [
    'channel',
    'direction',
    'status',
    'subject',
    'bodyText',
    'threadKey',
    'occurredAt',
    'durationSeconds',
    'custom',
  ],
  initial: { status: 'logged' },
  select: selectCommunications,
  refusals: {},
})
