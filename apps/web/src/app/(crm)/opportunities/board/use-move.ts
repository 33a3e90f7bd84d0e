import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useUndoable } from '../../../../components/record/use-undoable.ts'
import { useAnnounce } from '../../../../components/ui/toast.tsx'
import { useTRPC } from '../../../../trpc/client.tsx'
import { useOpportunityCalls } from '../use-opportunity-actions.ts'
import type { boardQuery } from './board-state.ts'
import { withCardMoved } from './move-card.ts'

/** Moves a card at once, takes it back when the server refuses, and offers to undo it when it was another stage. */
export function useMove(query: ReturnType<typeof boardQuery>) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const say = useAnnounce()
  const { announce } = useUndoable(useOpportunityCalls())
  const key = trpc.opportunities.board.queryKey(query)
  return useMutation(
    trpc.opportunities.move.mutationOptions({
      onMutate: async (move) => {
        await queryClient.cancelQueries({ queryKey: key })
        const before = queryClient.getQueryData(key)
        const from = before?.columns.find((one) => one.cards.some((card) => card.id === move.id))
        const column = before?.columns.find((one) => one.stageId === move.stageId)
        const rest = column?.cards.filter((card) => card.id !== move.id) ?? []
        const index = move.afterId === undefined ? rest.length : rest.findIndex((card) => card.id === move.afterId) + 1
        if (before !== undefined) queryClient.setQueryData(key, withCardMoved(before, move.id, move.stageId, index))
        return { before, from }
      },
      onSuccess: (card, _move, { from }) => {
        if (from?.stageId !== card.stageId) announce(`Moved ${card.name} to ${card.stageName}`, card)
      },
      onError: (error, _move, context) => {
        queryClient.setQueryData(key, context?.before)
        say({ tone: 'bad', title: 'It was not moved', detail: error.message })
      },
      onSettled: () => queryClient.invalidateQueries(trpc.opportunities.pathFilter()),
    }),
  )
}
