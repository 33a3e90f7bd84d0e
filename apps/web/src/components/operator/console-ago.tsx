'use client'

import { formatAgo, formatInstant } from '../../format/dates.ts'
import { useNow } from '../use-now.ts'

/** How long ago. Operators look after companies in many zones, so the exact time under the pointer is in UTC. */
export function ConsoleAgo({ instant }: { instant: string }) {
  return (
    <time dateTime={instant} title={consoleInstant(instant)} suppressHydrationWarning>
      {formatAgo(instant, useNow())}
    </time>
  )
}

export function consoleInstant(instant: string): string {
  return `${formatInstant(instant, 'en-GB', 'UTC')} UTC`
}
