'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Opportunity } from '@tenantry/contracts/opportunities'
import type { Stage } from '@tenantry/contracts/pipelines'
import { Check } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { twMerge } from 'tailwind-merge'
import { useAnnounce } from '../../../components/ui/toast.tsx'
import { useTRPC } from '../../../trpc/client.tsx'
import { LostReasonDialog } from './lost-reason-dialog.tsx'
import { usePipelines } from './use-pipelines.ts'

/** The stages of its pipeline in a row, the one it is in marked; a click moves it. */
export function StageBar(props: {
  opportunity: Opportunity
  isReadOnly: boolean
  onMoved: (opportunity: Opportunity) => void
}) {
  const { opportunity } = props
  const { id, version } = opportunity
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  const [lost, setLost] = useState<Stage>()
  const stages = usePipelines().find((one) => one.id === opportunity.pipelineId)?.stages ?? []
  const move = useMutation(
    trpc.opportunities.move.mutationOptions({
      onSuccess: props.onMoved,
      onError: (error) => announce({ tone: 'bad', title: 'It was not moved', detail: error.message }),
      onSettled: () => queryClient.invalidateQueries(trpc.opportunities.pathFilter()),
    }),
  )
  const current = stages.findIndex((stage) => stage.id === opportunity.stageId)
  const bar = useRef<HTMLOListElement>(null)
  const hasStages = stages.length > 0
  // On a phone not all stages fit; the one it is in should be seen.
  useEffect(() => {
    const here = bar.current?.querySelector<HTMLElement>('[aria-current]')
    if (bar.current !== null && here)
      bar.current.scrollLeft = here.offsetLeft - bar.current.clientWidth / 2 + here.offsetWidth / 2
  }, [hasStages, opportunity.stageId])
  if (!hasStages) return null
  return (
    <>
      <ol
        ref={bar}
        aria-label="Stage"
        className="relative flex gap-1 overflow-x-auto rounded-lg border border-line bg-card p-1"
      >
        {stages
          .filter((stage) => stage.isActive || stage.id === opportunity.stageId)
          .map((stage, index) => {
            const isHere = stage.id === opportunity.stageId
            const isPassed = opportunity.outcome !== 'lost' && index < current && stage.kind === 'open'
            return (
              <li key={stage.id} className="min-w-max flex-1">
                <button
                  type="button"
                  aria-current={isHere ? 'step' : undefined}
                  disabled={props.isReadOnly || move.isPending || isHere}
                  onClick={() =>
                    stage.kind === 'lost' ? setLost(stage) : move.mutate({ id, version, stageId: stage.id })
                  }
                  className={twMerge(
                    'flex h-9 w-full items-center justify-center gap-1.5 rounded-md px-3 text-[13px] font-medium text-muted enabled:hover:bg-sunken enabled:hover:text-ink',
                    isPassed && 'bg-brand-soft text-brand-strong',
                    isHere && 'bg-brand text-on-brand',
                    isHere && stage.kind === 'lost' && 'bg-sunken text-ink',
                  )}
                >
                  {isPassed && <Check aria-hidden className="size-3.5" />}
                  {stage.name}
                </button>
              </li>
            )
          })}
      </ol>
      {lost !== undefined && (
        <LostReasonDialog
          name={opportunity.name}
          onCancel={() => setLost(undefined)}
          onSave={(lostReason) => {
            move.mutate({ id, version, stageId: lost.id, lostReason })
            setLost(undefined)
          }}
        />
      )}
    </>
  )
}
