'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { TenantCheck } from '@tenantry/contracts/fleet'
import { ConnectionTest } from '../../../../components/connection-test.tsx'
import { Failure } from '../../../../components/failure.tsx'
import { ConsoleAgo, consoleInstant } from '../../../../components/operator/console-ago.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { Card } from '../../../../components/ui/card.tsx'
import { useAnnounce } from '../../../../components/ui/toast.tsx'
import { useTRPC } from '../../../../trpc/client.tsx'

/** Checks the tenant's database now, and lets the server forget what it keeps of it. */
export function TenantConnection(props: { slug: string; last: TenantCheck | null; isConfigured: boolean }) {
  const { slug, last } = props
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  const onSettled = () => queryClient.invalidateQueries(trpc.operator.pathFilter())
  const check = useMutation(trpc.operator.check.mutationOptions({ onSettled }))
  const forget = useMutation(
    trpc.operator.invalidate.mutationOptions({
      onSettled,
      onSuccess: () => announce({ title: 'Forgotten: the next request reads the configuration again' }),
    }),
  )
  const run = () => check.mutate({ slug })
  return (
    <>
      {check.data === undefined ? (
        <Card
          title="Connection test"
          action={
            <Button size="small" disabled={check.isPending || !props.isConfigured} onClick={run}>
              {check.isPending ? 'Testing…' : 'Test connection'}
            </Button>
          }
        >
          <div className="grid gap-2">
            {check.error !== null && <Failure error={check.error} />}
            <LastCheck check={last} isConfigured={props.isConfigured} />
          </div>
        </Card>
      ) : (
        <ConnectionTest
          result={check.data.test}
          when={consoleInstant(check.data.test.at)}
          error={check.error}
          isRunning={check.isPending}
          onRun={run}
        />
      )}
      <Card
        title="Configuration in memory"
        action={
          <Button
            size="small"
            disabled={forget.isPending || !props.isConfigured}
            onClick={() => forget.mutate({ slug })}
          >
            {forget.isPending ? 'Forgetting…' : 'Forget it'}
          </Button>
        }
      >
        <div className="grid gap-2">
          {forget.error !== null && <Failure error={forget.error} />}
          <p className="max-w-prose text-muted">
            The server keeps the opened login and open connections of each tenant for a while. Forgetting ends no work
            that is under way.
          </p>
        </div>
      </Card>
    </>
  )
}

function LastCheck({ check, isConfigured }: { check: TenantCheck | null; isConfigured: boolean }) {
  if (!isConfigured) return <p className="text-muted">This tenant has no database yet.</p>
  if (check === null) return <p className="text-muted">Nobody has checked this database yet.</p>
  return (
    <>
      <p className={`font-medium ${check.success ? 'text-good' : 'text-bad'}`}>
        {check.success ? `Passed in ${check.milliseconds} ms` : (check.message ?? 'The database did not pass.')}
        {check.code !== null && <code className="ml-2 font-mono text-xs font-normal">{check.code}</code>}
      </p>
      <p className="text-xs text-muted">
        <ConsoleAgo instant={check.checkedAt} />
      </p>
    </>
  )
}
