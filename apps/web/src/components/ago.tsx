'use client'

import { formatAgo, formatInstant } from '../format/dates.ts'
import { useTenantFormat } from './shell/use-session.ts'
import { useNow } from './use-now.ts'

/** How long ago; the exact time shows under the pointer. Server and browser may disagree by a moment, which is no fault. */
export function Ago({ instant }: { instant: string }) {
  const { locale, timeZone } = useTenantFormat()
  const now = useNow()
  return (
    <time dateTime={instant} title={formatInstant(instant, locale, timeZone)} suppressHydrationWarning>
      {formatAgo(instant, now, locale)}
    </time>
  )
}
