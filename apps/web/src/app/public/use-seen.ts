import { useMutation, type UseMutationOptions } from '@tanstack/react-query'
import { useEffect } from 'react'
import { codeOf } from '../../trpc/error-code.ts'

/**
 * Says once that somebody has opened the document, while it waits for something. Whether the company takes answers at the
 * moment is known from that as well.
 */
export function useSeen<Seen, Failure, Context>(
  see: UseMutationOptions<Seen, Failure, { token: string }, Context>,
  { token, isOpen }: { token: string; isOpen: boolean },
): { isPaused: boolean } {
  const { mutate, error } = useMutation(see)
  useEffect(() => {
    if (isOpen) mutate({ token })
  }, [mutate, token, isOpen])
  return { isPaused: codeOf(error) === 'TENANT_SUSPENDED' }
}
