'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { TenantSummary } from '@tenantry/contracts/session'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { useTRPCClient } from '../../trpc/client.tsx'
import { isDatabaseAway } from '../../trpc/error-code.ts'
import { Banner } from '../ui/banner.tsx'
import { Button, buttonLook } from '../ui/button.tsx'
import { useMaySee } from './use-session.ts'

const probeMs = 15_000

/**
 * On every page while the company's database is away. The shortest of its lists, its people, serves as the probe: asked
 * once, and again and again only while it cannot be had. When it can, everything is read again.
 */
export function DatabaseBanner({ tenant, isAway }: { tenant: TenantSummary; isAway: boolean }) {
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const maySeeWhere = useMaySee('tenant.manage')
  const probe = useQuery({
    // A key of its own: what the frame finds must not reach a page before that is hydrated as the server drew it.
    queryKey: ['database', tenant.id],
    queryFn: () => client.people.list.query(),
    staleTime: 300_000,
    refetchInterval: (query) => (isAway || isDatabaseAway(query.state.error) ? probeMs : false),
  })
  // While it asks again, a probe that has never got an answer has no error either.
  const isShown = isAway || isDatabaseAway(probe.error) || (probe.isPending && probe.errorUpdateCount > 0)
  const wasAway = useRef(false)
  useEffect(() => {
    if (isShown) wasAway.current = true
  }, [isShown])
  useEffect(() => {
    if (!wasAway.current || probe.dataUpdatedAt === 0) return
    wasAway.current = false
    void queryClient.invalidateQueries()
  }, [probe.dataUpdatedAt, queryClient])
  if (!isShown) return null
  return (
    <Banner
      tone="warn"
      title={`The database of ${tenant.name} cannot be reached at the moment`}
      action={
        <div className="flex flex-wrap gap-2">
          {maySeeWhere && (
            <Link href="/settings/data" className={buttonLook({ size: 'small' })}>
              Where it is
            </Link>
          )}
          <Button
            size="small"
            disabled={probe.isFetching}
            onClick={() => void queryClient.refetchQueries({ type: 'active' })}
          >
            {probe.isFetching ? 'Trying…' : 'Try again'}
          </Button>
        </div>
      }
    >
      <p>
        Accounts, contacts and opportunities come back by themselves as soon as it answers. Settings, members and your
        other companies go on working.
      </p>
    </Banner>
  )
}
