'use client'

import { useMutation } from '@tanstack/react-query'
import type { ApiKey } from '@tenantry/contracts/api-keys'
import { useState } from 'react'
import { Ago } from '../../../../components/ago.tsx'
import { useMay, useTenantFormat } from '../../../../components/shell/use-session.ts'
import { Badge } from '../../../../components/ui/badge.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { ConfirmDialog } from '../../../../components/ui/confirm-dialog.tsx'
import { useOutcome } from '../../../../components/use-outcome.ts'
import { formatDay } from '../../../../format/dates.ts'
import { roleLabels } from '../../../../format/labels.ts'
import { useTRPC } from '../../../../trpc/client.tsx'

/** A key by all that is known of it; itself it was shown once. */
export function KeyRow({ apiKey, isOver = false }: { apiKey: ApiKey; isOver?: boolean }) {
  const { id, name, role, hint, createdBy, createdAt, expiresAt, lastUsedAt, revokedAt } = apiKey
  const trpc = useTRPC()
  const mayManage = useMay('tenant.manage')
  const { locale, timeZone } = useTenantFormat()
  const [isRevoking, setRevoking] = useState(false)
  const outcome = useOutcome(trpc.apiKeys.pathFilter())
  const revoke = useMutation(trpc.apiKeys.revoke.mutationOptions(outcome(`Revoked ${name}`)))
  const day = (instant: string) => formatDay(instant, locale, timeZone)
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className={`break-words ${isOver ? 'text-muted' : 'font-medium'}`}>
          {name} <code className="font-mono text-[13px] font-normal text-muted">…{hint}</code>
        </p>
        <p className="text-[13px] text-muted">
          Since {day(createdAt)}
          {createdBy !== null && ` by ${createdBy}`},{' '}
          {expiresAt === null ? 'without an end' : `until ${day(expiresAt)}`}
          {', '}
          {lastUsedAt === null ? (
            'never used'
          ) : (
            <>
              used <Ago instant={lastUsedAt} />
            </>
          )}
        </p>
      </div>
      <Badge tone={isOver ? 'neutral' : 'brand'}>{roleLabels[role]}</Badge>
      {isOver && <Badge>{revokedAt === null ? 'Expired' : 'Revoked'}</Badge>}
      {mayManage && !isOver && (
        <Button size="small" look="danger" aria-label={`Revoke ${name}`} onClick={() => setRevoking(true)}>
          Revoke
        </Button>
      )}
      {isRevoking && (
        <ConfirmDialog
          title={`Revoke ${name}?`}
          description="The next request with this key is refused. A revoked key does not come back."
          confirmLabel="Revoke"
          isBusy={revoke.isPending}
          onConfirm={() => {
            revoke.mutate({ id })
            setRevoking(false)
          }}
          onCancel={() => setRevoking(false)}
        />
      )}
    </li>
  )
}
