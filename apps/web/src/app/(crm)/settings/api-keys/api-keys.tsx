'use client'

import { useQuery } from '@tanstack/react-query'
import type { ApiKey } from '@tenantry/contracts/api-keys'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { Failure } from '../../../../components/failure.tsx'
import { useMay } from '../../../../components/shell/use-session.ts'
import { SettingsRows } from '../../../../components/settings-rows.tsx'
import { ShownOnce } from '../../../../components/shown-once.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { Card } from '../../../../components/ui/card.tsx'
import { SkeletonRows } from '../../../../components/ui/skeleton.tsx'
import { useNow } from '../../../../components/use-now.ts'
import { useTRPC } from '../../../../trpc/client.tsx'
import { AddKeyDialog } from './add-key-dialog.tsx'
import { KeyRow } from './key-row.tsx'

/** The keys by which programs of the company call it, and those that are over. */
export function ApiKeys() {
  const trpc = useTRPC()
  const mayManage = useMay('tenant.manage')
  const now = useNow()
  const [isAdding, setAdding] = useState(false)
  const [secret, setSecret] = useState<string>()
  const keys = useQuery(trpc.apiKeys.list.queryOptions())
  if (keys.data === undefined) {
    return keys.error === null ? <SkeletonRows /> : <Failure error={keys.error} onRetry={() => void keys.refetch()} />
  }
  const isOver = ({ revokedAt, expiresAt }: ApiKey) =>
    revokedAt !== null || (expiresAt !== null && new Date(expiresAt) <= now)
  const live = keys.data.filter((key) => !isOver(key))
  const over = keys.data.filter(isOver)
  const add = mayManage && (
    <Button size="small" look="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden className="size-4" />
      Create key
    </Button>
  )
  return (
    <div className="grid grid-cols-1 gap-5">
      <p className="max-w-prose text-muted">
        A program that holds a key reads and writes here as a member of its role would. What it can do is described at{' '}
        <code className="font-mono text-[13px]">/api/v1/openapi.json</code>.
      </p>
      <SettingsRows title="Keys" rows={live} action={add} empty={empty}>
        {(key) => <KeyRow key={key.id} apiKey={key} />}
      </SettingsRows>
      {over.length > 0 && (
        <Card title="Former keys" count={over.length} className="p-0">
          <ul className="divide-y divide-line">
            {over.map((key) => (
              <KeyRow key={key.id} apiKey={key} isOver />
            ))}
          </ul>
        </Card>
      )}
      {isAdding && (
        <AddKeyDialog
          onCreated={(made) => {
            setAdding(false)
            setSecret(made)
          }}
          onClose={() => setAdding(false)}
        />
      )}
      {secret !== undefined && (
        <ShownOnce
          title="Keep this key now"
          description="It is shown this once. The program sends it with each request, as Authorization: Bearer and the key."
          label="API key"
          value={secret}
          onClose={() => setSecret(undefined)}
        />
      )}
    </div>
  )
}

const empty = {
  icon: <KeyRound className="size-5" />,
  title: 'No program has a key',
  hint: 'Create one for each program, so that each can be shut out by itself.',
}
