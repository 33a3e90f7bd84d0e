import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'
import { codeOf, isDatabaseAway } from '../../trpc/error-code.ts'

export type Trouble = 'none' | 'signed-out' | 'tenant-changed' | 'database-away'

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
    return worstOf([...queries, ...mutations].map((call): unknown => call.state.error))
  }, [queryClient])
  return useSyncExternalStore(subscribe, read, () => 'none' as const)
}

function worstOf(errors: unknown[]): Trouble {
  const codes = new Set(errors.map(codeOf))
  if (codes.has('NOT_SIGNED_IN')) return 'signed-out'
  if (codes.has('TENANT_CHANGED')) return 'tenant-changed'
  return errors.some(isDatabaseAway) ? 'database-away' : 'none'
}
