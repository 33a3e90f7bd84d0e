import { QueryClient } from '@tanstack/react-query'
import { codeOf } from './error-code.ts'

/** Refusals are not asked again; a database that is away is asked once more. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) =>
          failures < 1 && (codeOf(error) === undefined || codeOf(error) === 'CONNECTION_LOST'),
      },
    },
  })
}
