'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Account, AccountPatch } from '@tenantry/contracts/accounts'
import type { AccountId } from '@tenantry/contracts/ids'
import { useState } from 'react'
import { changedFields } from '../../../components/form/changed-fields.ts'
import { useReturnTo } from '../../../components/form/use-return-to.ts'
import { ConflictDialog } from '../../../components/record/conflict-dialog.tsx'
import { patchKeeping } from '../../../components/record/merge-stale.ts'
import { RecordFailure } from '../../../components/record/record-failure.tsx'
import { staleWriteOf } from '../../../components/record/stale-write.ts'
import { SkeletonRecord } from '../../../components/ui/skeleton.tsx'
import { useTRPC } from '../../../trpc/client.tsx'
import { AccountForm } from './account-form.tsx'
import { accountValues } from './account-values.ts'
import { useAccountActions } from './use-account-actions.ts'

export function AccountEditorPage({ id }: { id: AccountId }) {
  const trpc = useTRPC()
  const record = useQuery(trpc.accounts.byId.queryOptions({ id }))
  if (record.data !== undefined) return <AccountEditor account={record.data} />
  if (record.error === null) return <SkeletonRecord />
  return (
    <RecordFailure
      noun="account"
      list={{ title: 'Accounts', href: '/accounts' }}
      error={record.error}
      onRetry={() => void record.refetch()}
    />
  )
}

/** Sends only what was changed, from the version the form was opened with; a clash is settled field by field. */
function AccountEditor({ account: latest }: { account: Account }) {
  // The record may be read again while the form is open; what the form started from stays.
  const [account] = useState(latest)
  const [opened] = useState(() => accountValues(account))
  const [patch, setPatch] = useState<AccountPatch>({})
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const done = useReturnTo(`/accounts/${account.id}`)
  const actions = useAccountActions(account)
  const save = useMutation(
    trpc.accounts.patch.mutationOptions({
      onSuccess: async (saved) => {
        queryClient.setQueryData(trpc.accounts.byId.queryKey({ id: saved.id }), saved)
        if (saved.version !== account.version) actions.announce(`Saved ${saved.name}`, saved)
        done()
        await queryClient.invalidateQueries(trpc.accounts.pathFilter())
      },
    }),
  )
  const stale = staleWriteOf(save.error)
  const send = (version: number, next: AccountPatch) => {
    setPatch(next)
    save.mutate({ id: account.id, version, patch: next })
  }
  return (
    <div className="grid gap-4">
      <h1 className="text-xl font-semibold break-words">Edit {account.name}</h1>
      <AccountForm
        title={`Edit ${account.name}`}
        values={opened}
        saveLabel="Save"
        error={stale === undefined ? save.error : null}
        isSaving={save.isPending || save.isSuccess}
        onCancel={done}
        onSave={(input) => {
          const next = changedFields<AccountPatch>(opened, input)
          if (Object.keys(next).length === 0) done()
          else send(account.version, next)
        }}
      />
      {stale !== undefined && (
        <ConflictDialog
          entity="account"
          stale={stale}
          patch={patch}
          isSaving={save.isPending}
          onCancel={() => save.reset()}
          onSave={(theirs) => send(stale.currentVersion, patchKeeping(patch, theirs))}
        />
      )}
    </div>
  )
}
