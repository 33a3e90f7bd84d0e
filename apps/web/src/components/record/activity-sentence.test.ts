import { expect, test } from 'vitest'
import { activitySentence } from './activity-sentence.ts'

const quote = { entity: 'quote' as const, id: '0', name: 'Q-0001' }

test.each([
  [{ kind: 'step', heading: 'accepted', state: null, of: quote }, 'Quote Q-0001 was accepted'],
  [
    { kind: 'step', heading: 'written_off', state: null, of: { ...quote, entity: 'invoice' } },
    'Invoice Q-0001 was written off',
  ],
  [
    { kind: 'step', heading: 'moved', state: 'won', of: { ...quote, entity: 'opportunity', name: 'Gala' } },
    'Opportunity Gala was won',
  ],
  [
    { kind: 'step', heading: 'changed', state: 'in_progress', of: { ...quote, entity: 'event', name: 'Gala' } },
    'Event Gala is in progress',
  ],
  [
    { kind: 'step', heading: 'issued', state: null, of: { ...quote, entity: 'invoice', name: null } },
    'Invoice was issued',
  ],
  [{ kind: 'note', heading: null, state: null, of: null }, 'Note'],
  [{ kind: 'task', heading: 'Call Ada', state: 'open', of: null }, 'Task: Call Ada'],
] as const)('%j reads «%s»', (entry, sentence) => {
  expect(activitySentence(entry)).toBe(sentence)
})
