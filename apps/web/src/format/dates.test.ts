import { expect, it } from 'vitest'
import { formatAgo, formatDate, formatDuration, formatInstant } from './dates.ts'

it('shows an instant in the zone that is asked for', () => {
  expect(formatInstant('2026-05-01T22:30:00Z', 'en-GB', 'Europe/Berlin')).toBe('2 May 2026, 00:30')
})

it('never moves a calendar date into another day', () => {
  expect(formatDate('2026-05-01', 'en-US')).toBe('May 1, 2026')
})

it('says how long ago something was by its largest unit', () => {
  const now = new Date('2026-05-10T12:00:00Z')
  expect(formatAgo('2026-05-10T11:59:45Z', now)).toBe('now')
  expect(formatAgo('2026-05-10T10:00:00Z', now)).toBe('2 hours ago')
  expect(formatAgo('2026-05-09T12:00:00Z', now)).toBe('yesterday')
})

it('says how long something lasted', () => {
  expect(formatDuration(5)).toBe('5 seconds')
  expect(formatDuration(3 * 86_400 + 7)).toBe('3 days')
})
