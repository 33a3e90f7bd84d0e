'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Account, AccountPatch } from '@tenantry/contracts/accounts'
import { useState } from 'react'
import { ConflictDialog } from '../../../components/record/conflict-dialog.tsx'
import { patchKeeping } from '../../../components/record/merge-stale.ts'
import { staleWriteOf } from '../../../components/record/stale-write.ts'
import { useTRPC } from '../../../trpc/client.tsx'
import { AccountForm } from './account-form.tsx'

/** Sends only what was changed, from the version the form was opened with; a clash is settled field by field. */
export function AccountEditor({ account: opened, onDone }: { account: Account; onDone: () => void }) {
  // The record may be read again while the form is open; what the form started from stays.
  const [account] = useState(opened)
  const [patch, setPatch] = useState<AccountPatch>({})
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const save = useMutation(
    trpc.accounts.patch.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.accounts.pathFilter())
        onDone()
      },
    }),
  )
  const stale = staleWriteOf(save.error)
  return (
    <>
      <AccountForm
        account={account}
        error={stale === undefined ? save.error : null}
        isSaving={save.isPending}
        onCancel={onDone}
        onSave={(input, changed) => {
          const unchanged = Object.keys(input).filter((field) => !changed.has(field))
          const next = patchKeeping<AccountPatch>(input, new Set(unchanged))
          setPatch(next)
          save.mutate({ id: account.id, version: account.version, patch: next })
        }}
      />
      {stale !== undefined && (
        <ConflictDialog
          stale={stale}
          patch={patch}
          onCancel={() => save.reset()}
          onSave={(theirs) =>
            save.mutate({ id: account.id, version: stale.currentVersion, patch: patchKeeping(patch, theirs) })
          }
        />
      )}
    </>
  )
}
