import type { CalendarFeedScope } from '@tenantry/contracts/calendar-feeds'

export const feedScopeLabels: Record<CalendarFeedScope, string> = {
  own: 'What I may see',
  company: 'All dates of the company',
}
