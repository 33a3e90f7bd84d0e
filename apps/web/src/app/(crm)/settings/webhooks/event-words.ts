import type { WebhookEvent } from '@tenantry/contracts/webhook-events'

/** Events by the kind of record they are about, in the order of the contract. */
export function kindsOf(events: readonly WebhookEvent[]): [kind: string, events: WebhookEvent[]][] {
  const kinds = new Map<string, WebhookEvent[]>()
  for (const event of events) {
    const [kind = event] = event.split('.')
    kinds.set(kind, [...(kinds.get(kind) ?? []), event])
  }
  return [...kinds]
}

/** A word of the contract as people write it: `event_date` is «Event date», `quote.accepted` «Quote accepted». */
export function wordsOf(word: string): string {
  const text = word.replaceAll(/[._]/g, ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
