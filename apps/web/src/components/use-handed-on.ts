'use client'

import { useQueryClient, type QueryFilters } from '@tanstack/react-query'

/**
 * What becomes of something that a dialog has made: it is handed on at once, because its secret is shown this once, and what
 * the filter names is asked for again.
 */
export function useHandedOn<Made>(changed: QueryFilters, handOn: (made: Made) => void) {
  const queryClient = useQueryClient()
  return {
    onSuccess: async (made: Made) => {
      handOn(made)
      await queryClient.invalidateQueries(changed)
    },
  }
}
