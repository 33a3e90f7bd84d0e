'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Failure } from '../../../../components/failure.tsx'
import { useMaySee, useTenantFormat } from '../../../../components/shell/use-session.ts'
import { SupportList } from '../../../../components/support/support-list.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { Card } from '../../../../components/ui/card.tsx'
import { SkeletonRows } from '../../../../components/ui/skeleton.tsx'
import { useAnnounce } from '../../../../components/ui/toast.tsx'
import { formatInstant } from '../../../../format/dates.ts'
import { useTRPC } from '../../../../trpc/client.tsx'

/** Which operators looked into the company, and a button that shows one of them out. */
export function Support() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  const { locale, timeZone } = useTenantFormat()
  const mayEnd = useMaySee('tenant.manage')
  const list = useQuery(trpc.support.list.queryOptions())
  const end = useMutation(
    trpc.support.end.mutationOptions({
      onSuccess: () => announce({ title: 'Ended: the next thing they ask for is refused' }),
      onSettled: () => queryClient.invalidateQueries(trpc.support.pathFilter()),
    }),
  )
  if (list.data === undefined) {
    return list.error === null ? <SkeletonRows /> : <Failure error={list.error} onRetry={() => void list.refetch()} />
  }
  return (
    <div className="grid grid-cols-1 gap-4">
      <p className="max-w-prose text-muted">
        Whoever runs this installation may look into your company to help, never longer than a working day at a time.
        They read through a login of the database that can change nothing. Each time stands here for good.
      </p>
      {end.error !== null && <Failure error={end.error} />}
      <Card title="Support access" className="p-0">
        <SupportList
          rows={list.data}
          format={(instant) => formatInstant(instant, locale, timeZone)}
          whenNone="No operator has ever looked into your company."
          actions={
            mayEnd
              ? (row) => (
                  <Button
                    size="small"
                    look="danger"
                    disabled={end.isPending}
                    onClick={() => end.mutate({ id: row.id })}
                  >
                    End access
                  </Button>
                )
              : undefined
          }
        />
      </Card>
    </div>
  )
}
