'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import type { SessionView } from '@tenantry/contracts/session'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { formatInstant } from '../../format/dates.ts'
import { useTRPC } from '../../trpc/client.tsx'
import { useMaySee, useTenantFormat } from '../shell/use-session.ts'
import { Banner } from '../ui/banner.tsx'
import { Button, buttonLook } from '../ui/button.tsx'

const lookEveryMs = 30_000

/** Above every page while an operator may look into the company: to the company who it is, to the operator where they are. */
export function SupportBanner({ session }: { session: SessionView }) {
  const { support } = session
  if (support !== null && support !== 'ended') return <OperatorsOwn support={support} />
  return <Visitors />
}

function Visitors() {
  const trpc = useTRPC()
  const maySee = useMaySee('audit.see')
  const { locale, timeZone } = useTenantFormat()
  const live = useQuery(trpc.support.live.queryOptions(undefined, { refetchInterval: lookEveryMs }))
  const [first, ...more] = live.data ?? []
  if (first === undefined) return null
  const others = more.length === 0 ? '' : more.length === 1 ? ' and one more' : ` and ${more.length} more`
  return (
    <Banner
      tone="warn"
      title={`${first.operatorName}${others} can read in your company as support`}
      action={
        maySee && (
          <Link href="/settings/support" className={buttonLook({ size: 'small' })}>
            See who and why
          </Link>
        )
      }
    >
      <p>
        {first.reason} Until {formatInstant(first.expiresAt, locale, timeZone)}.
      </p>
    </Banner>
  )
}

function OperatorsOwn({ support }: { support: { reason: string; expiresAt: string } }) {
  const trpc = useTRPC()
  const leave = useMutation(
    trpc.operator.leaveSupport.mutationOptions({ onSuccess: () => window.location.assign('/operator') }),
  )
  const minutes = useMinutesLeft(support.expiresAt)
  return (
    <Banner
      tone="warn"
      title="You read here as support: nothing can be changed"
      action={
        <Button size="small" disabled={leave.isPending} onClick={() => leave.mutate()}>
          {leave.isPending ? 'Leaving…' : 'Leave'}
        </Button>
      }
    >
      <p suppressHydrationWarning>
        {support.reason} {minutes === 1 ? 'One minute left.' : `${minutes} minutes left.`}
      </p>
    </Banner>
  )
}

function useMinutesLeft(expiresAt: string): number {
  const left = () => Math.max(0, Math.ceil((Date.parse(expiresAt) - Date.now()) / 60_000))
  const [minutes, setMinutes] = useState(left)
  useEffect(() => {
    const timer = setInterval(() => setMinutes(left), 10_000)
    return () => clearInterval(timer)
  })
  return minutes
}
