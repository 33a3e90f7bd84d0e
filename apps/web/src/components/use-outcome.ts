'use client'

import { useQueryClient, type QueryFilters } from '@tanstack/react-query'
import { useAnnounce } from './ui/toast.tsx'

/**
 * What becomes of a change that is made where its subject stands: it is told, or why it could not be made, and what the
 * filters name is asked for again.
 */
export function useOutcome(...changed: QueryFilters[]) {
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  return (title: string) => ({
    onSuccess: () => announce({ title }),
    onError: (error: { message: string }) =>
      announce({ tone: 'bad', title: 'That did not work', detail: error.message }),
    onSettled: () => Promise.all(changed.map((filter) => queryClient.invalidateQueries(filter))),
  })
}
