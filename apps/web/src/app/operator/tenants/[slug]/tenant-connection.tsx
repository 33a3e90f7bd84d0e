'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { DataSourceHealth } from '@tenantry/contracts/data-source-health'
import { ConnectionTest } from '../../../../components/connection-test.tsx'
import { Failure } from '../../../../components/failure.tsx'
import { ConsoleAgo, consoleInstant } from '../../../../components/operator/console-ago.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { Card } from '../../../../components/ui/card.tsx'
import { useAnnounce } from '../../../../components/ui/toast.tsx'
import { fleetHealthLabels } from '../../../../format/labels.ts'
import { useTRPC } from '../../../../trpc/client.tsx'

/** Checks the tenant's database now, and lets every server process forget what it keeps of it. */
export function TenantConnection(props: { slug: string; last: DataSourceHealth | null; isConfigured: boolean }) {
  const { slug, last } = props
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  const onSettled = () => queryClient.invalidateQueries(trpc.operator.pathFilter())
  const check = useMutation(trpc.operator.check.mutationOptions({ onSettled }))
  const forget = useMutation(
    trpc.operator.invalidate.mutationOptions({
      onSettled,
      onSuccess: () => announce({ title: 'Forgotten everywhere: the next request reads the configuration again' }),
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
            <LastLook health={last} isConfigured={props.isConfigured} />
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
            Each server process keeps the opened login and open connections of a tenant for a while. All of them forget
            them within a second; no work under way ends.
          </p>
        </div>
      </Card>
    </>
  )
}

function LastLook({ health, isConfigured }: { health: DataSourceHealth | null; isConfigured: boolean }) {
  if (!isConfigured) return <p className="text-muted">This tenant has no database yet.</p>
  if (health === null) return <p className="text-muted">Nobody has looked at this database yet.</p>
  return (
    <>
      <p className={`font-medium ${tones[health.state]}`}>
        {health.message ?? `Answered in ${health.milliseconds} ms`}
        {health.code !== null && <code className="ml-2 font-mono text-xs font-normal">{health.code}</code>}
      </p>
      <p className="text-xs text-muted">
        {fleetHealthLabels[health.state]} since <ConsoleAgo instant={health.since} />, last looked at{' '}
        <ConsoleAgo instant={health.checkedAt} />
      </p>
    </>
  )
}

const tones: Record<DataSourceHealth['state'], string> = {
  healthy: 'text-good',
  degraded: 'text-warn',
  behind: 'text-warn',
  refused: 'text-bad',
  unreachable: 'text-bad',
}
