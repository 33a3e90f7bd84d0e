'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { List, Plus } from 'lucide-react'
import Link from 'next/link'
import { useQueryStates } from 'nuqs'
import { Failure } from '../../../../components/failure.tsx'
import { SearchBox } from '../../../../components/list/search-box.tsx'
import { usePeople } from '../../../../components/shell/use-people.ts'
import { useMay } from '../../../../components/shell/use-session.ts'
import { buttonLook } from '../../../../components/ui/button.tsx'
import { Combobox } from '../../../../components/ui/combobox.tsx'
import { Select } from '../../../../components/ui/select.tsx'
import { SkeletonColumns } from '../../../../components/ui/skeleton.tsx'
import { useTRPC } from '../../../../trpc/client.tsx'
import { usePipelines } from '../use-pipelines.ts'
import { boardParsers, boardQuery } from './board-state.ts'
import { Board } from './board.tsx'

export function OpportunityBoardPage() {
  const trpc = useTRPC()
  const mayWrite = useMay('records.write')
  const [state, setState] = useQueryStates(boardParsers)
  const query = boardQuery(state)
  const board = useQuery(trpc.opportunities.board.queryOptions(query, { placeholderData: keepPreviousData }))
  const pipelines = usePipelines()
  const people = usePeople().map((one) => ({ value: one.userId, label: one.name }))
  return (
    <div className="grid gap-4">
      <div className="flex min-h-9 flex-wrap items-center gap-2">
        <h1 className="mr-auto text-xl font-semibold">Board</h1>
        <Link href="/opportunities" className={buttonLook()}>
          <List aria-hidden className="size-4" />
          List
        </Link>
        {mayWrite && (
          <Link href="/opportunities/new" className={buttonLook({ look: 'primary' })}>
            <Plus aria-hidden className="size-4" />
            New opportunity
          </Link>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <SearchBox label="Search the board" value={state.search} onChange={(search) => void setState({ search })} />
        {pipelines.length > 1 && (
          <Select
            aria-label="Pipeline"
            className="w-auto min-w-36"
            options={pipelines.map((one) => ({ value: one.id, label: one.name }))}
            value={board.data?.pipelineId ?? null}
            onChange={(pipeline) => void setState({ pipeline })}
          />
        )}
        <Combobox
          aria-label="Owner"
          className="w-44"
          placeholder="All owners"
          items={people}
          value={people.find((one) => one.value === state.owner) ?? null}
          onChange={(owner) => void setState({ owner: owner?.value ?? null })}
        />
      </div>
      {board.data === undefined && board.error === null && <SkeletonColumns />}
      {board.error !== null && <Failure error={board.error} onRetry={() => void board.refetch()} />}
      {board.data !== undefined && <Board board={board.data} query={query} isStale={board.isPlaceholderData} />}
    </div>
  )
}
