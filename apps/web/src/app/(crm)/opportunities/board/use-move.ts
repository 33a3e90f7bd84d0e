import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../../../trpc/client.tsx'
import { withCardMoved } from './move-card.ts'

/** Moves a card at once and takes it back when the server refuses. */
export function useMove() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const key = trpc.opportunities.board.queryKey({})
  return useMutation(
    trpc.opportunities.move.mutationOptions({
      onMutate: async (move) => {
        await queryClient.cancelQueries({ queryKey: key })
        const before = queryClient.getQueryData(key)
        const column = before?.columns.find((one) => one.stageId === move.stageId)
        const rest = column?.cards.filter((card) => card.id !== move.id) ?? []
        const index =
          move.afterId === undefined ? rest.length : rest.findIndex((card) => card.id === move.afterId) + 1
        if (before !== undefined) queryClient.setQueryData(key, withCardMoved(before, move.id, move.stageId, index))
        return { before }
      },
      onError: (_error, _move, context) => {
        queryClient.setQueryData(key, context?.before)
      },
      onSettled: () => void queryClient.invalidateQueries(trpc.opportunities.pathFilter()),
    }),
  )
}
