import { filled, instant, isEarliest, wordOr } from '../expressions.ts'
import type { Given } from '../given.ts'
import { linkedTables, linkPart, linkRejects } from '../links.ts'
import { converted, copied, dropped, type TableMove } from '../table-move.ts'

export function communications(given: Given): TableMove<'communications'> {
  const isFirst = isEarliest(given.company, 'communications', { of: ['external_id'] })
  const external = `(case when ${isFirst} then ${filled('communications.external_id')} end)`
  return {
    source: 'communications',
    decisions: {
      id: copied('id'),
      tenant_id: dropped('the tenant database knows whose it is'),
      created_at: copied('created_at'),
      updated_at: copied('updated_at'),
      type: converted('one of five words', 'channel'),
      direction: converted('inbound or outbound', 'direction'),
      subject: copied('subject'),
      body: copied('body_text'),
      sent_at: converted('in the zone of the company; when it was recorded, where it has none', 'occurred_at'),
      duration_minutes: converted('seconds', 'duration_seconds'),
      external_id: converted('of the provider «legacy»', 'provider', 'provider_message_id'),
      entity_type: converted('a link with a foreign key', 'record_links'),
      entity_id: converted('a link with a foreign key', 'record_links'),
    },
    rejects: linkRejects(given, 'communications'),
    parts: [
      {
        target: 'communications',
        values: {
          channel: wordOr('type', 'communications', 'other', {
            email: ['email', 'e mail', 'mail'],
            sms: ['sms', 'text', 'text message'],
            call: ['call', 'phone', 'phone call'],
            meeting: ['meeting', 'visit', 'site visit'],
            other: ['other'],
          }),
          direction: wordOr('direction', 'communications', 'outbound', {
            inbound: ['inbound', 'in', 'received', 'incoming'],
            outbound: ['outbound', 'out', 'sent', 'outgoing'],
          }),
          occurred_at: `coalesce(${instant(given.company, 'communications.sent_at')}, communications.created_at)`,
          duration_seconds: 'communications.duration_minutes * 60',
          provider: `(case when ${external} is not null then 'legacy' end)`,
          provider_message_id: {
            sql: external,
            lost: { column: 'external_id', reason: 'is the number of an earlier message too' },
          },
        },
      },
      linkPart('communications', 'communication_id'),
    ],
    references: linkedTables.map((to) => ({ column: 'entity_id', to })),
    kin: [{ table: 'communications', column: 'external_id', of: 'external_id' }],
  }
}
