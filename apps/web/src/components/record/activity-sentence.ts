import type { AboutEntry } from '@tenantry/contracts/about'

type Told = Pick<AboutEntry, 'kind' | 'heading' | 'state' | 'of'>

/** What happened, in words: «Quote Q-0001 was accepted». */
export function activitySentence({ kind, heading, state, of }: Told): string {
  if (of !== null) return `${nouns[of.entity]} ${of.name ?? ''} ${stepOf(heading, state)}`.replaceAll('  ', ' ')
  const named = heading ?? ''
  switch (kind) {
    case 'task':
      return `Task: ${named}`
    case 'note':
      return named === '' ? 'Note' : `Note: ${named}`
    case 'communication':
      return named === '' ? 'Message' : `Message: ${named}`
    case 'attachment':
      return `File: ${named}`
    case 'change':
    case 'step':
      return named
  }
}

const nouns: Record<NonNullable<AboutEntry['of']>['entity'], string> = {
  opportunity: 'Opportunity',
  event: 'Event',
  event_date: 'Date',
  quote: 'Quote',
  contract: 'Contract',
  invoice: 'Invoice',
}

function stepOf(action: string | null, state: string | null): string {
  if (state !== null) return states[state] ?? `is ${state.replaceAll('_', ' ')}`
  return actions[action ?? ''] ?? `was ${(action ?? 'changed').replaceAll('_', ' ')}`
}

/** An opportunity's outcome; the status of an event says itself. */
const states: Record<string, string> = {
  won: 'was won',
  lost: 'was lost',
  open: 'was taken up again',
  cancelled: 'was cancelled',
  postponed: 'was postponed',
}

const actions: Record<string, string> = {
  created: 'was added',
  booked: 'has a resource booked',
  released: 'gave a resource back',
  expired: 'expired',
  converted: 'became invoices',
  written_off: 'was written off',
}
