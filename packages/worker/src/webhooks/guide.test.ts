import { webhookEvents } from '@tenantry/contracts/webhook-events'
import { secretOverlapHours } from '@tenantry/contracts/webhooks'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { delayAfter, keptDays, longestFailingDays, messageAttempts } from './retries.ts'

const guide = readFileSync(new URL('../../../../docs/guides/webhooks.md', import.meta.url), 'utf8')

test('the guide names every event and no other', () => {
  const [, events = ''] = guide.split('## Events')
  const named = events.split('\n').filter((line) => line.startsWith('|'))
  expect([...named.join('').matchAll(/`([a-z_]+\.[a-z_]+)`/g)].map(([, name]) => name)).toEqual(webhookEvents)
})

test('the guide says when a message is sent again, and what else is a number', () => {
  const delays = Array.from({ length: messageAttempts - 1 }, (_, index) => delayAfter(index + 1, 0.5))
  expect(guide).toContain(`${delays.slice(0, -1).join(', ')} and ${delays.at(-1)} seconds`)
  expect(guide).toContain(`${messageAttempts} attempts`)
  expect(guide).toContain(`failed for ${longestFailingDays} days`)
  expect(guide).toContain(`last ${keptDays} days`)
  expect(guide).toContain(`For ${secretOverlapHours} hours`)
})
