import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'
import { codeOf, isDatabaseAway } from '../../trpc/error-code.ts'

export type Trouble = 'none' | 'signed-out' | 'tenant-changed' | 'support-ended' | 'database-away'

/** The worst thing that calls of this page have run into. What concerns one record only is shown at that record. */
export function useTrouble(): Trouble {
  const queryClient = useQueryClient()
  const subscribe = useCallback(
    (onChange: () => void) => {
      const stops = [
        queryClient.getQueryCache().subscribe(onChange),
        queryClient.getMutationCache().subscribe(onChange),
      ]
      return () => stops.forEach((stop) => stop())
    },
    [queryClient],
  )
  const read = useCallback(() => {
    const queries = queryClient.getQueryCache().findAll({ type: 'active' })
    const mutations = queryClient.getMutationCache().getAll()
    return worstOf(
      queries.map((query): unknown => query.state.error),
      mutations.map((mutation): unknown => mutation.state.error),
    )
  }, [queryClient])
  return useSyncExternalStore(subscribe, read, () => 'none' as const)
}

/** A change that failed is remembered for minutes; whether the database is away now, only what is shown can tell. */
function worstOf(reading: unknown[], writing: unknown[]): Trouble {
  const codes = new Set([...reading, ...writing].map(codeOf))
  if (codes.has('NOT_SIGNED_IN')) return 'signed-out'
  if (codes.has('TENANT_CHANGED')) return 'tenant-changed'
  if (codes.has('SUPPORT_ACCESS_ENDED')) return 'support-ended'
  return reading.some(isDatabaseAway) ? 'database-away' : 'none'
}
