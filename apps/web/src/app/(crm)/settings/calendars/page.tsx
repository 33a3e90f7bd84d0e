import type { Metadata } from 'next'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { CalendarFeeds } from './calendar-feeds.tsx'

export const metadata: Metadata = { title: 'Calendars' }

export default function CalendarsPage() {
  return (
    <Hydrated queries={(api, cache) => [cache.query(api.calendarFeeds.list.queryOptions())]}>
      <CalendarFeeds />
    </Hydrated>
  )
}
