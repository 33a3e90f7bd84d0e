'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Contact, ContactPatch } from '@tenantry/contracts/contacts'
import type { ContactId } from '@tenantry/contracts/ids'
import { useState } from 'react'
import { changedFields } from '../../../components/form/changed-fields.ts'
import { useReturnTo } from '../../../components/form/use-return-to.ts'
import { ConflictDialog } from '../../../components/record/conflict-dialog.tsx'
import { patchKeeping } from '../../../components/record/merge-stale.ts'
import { RecordFailure } from '../../../components/record/record-failure.tsx'
import { staleWriteOf } from '../../../components/record/stale-write.ts'
import { SkeletonRecord } from '../../../components/ui/skeleton.tsx'
import { useTRPC } from '../../../trpc/client.tsx'
import { ContactForm } from './contact-form.tsx'
import { contactValues } from './contact-values.ts'
import { useContactActions } from './use-contact-actions.ts'

export function ContactEditorPage({ id }: { id: ContactId }) {
  const trpc = useTRPC()
  const record = useQuery(trpc.contacts.byId.queryOptions({ id }))
  if (record.data !== undefined) return <ContactEditor contact={record.data} />
  if (record.error === null) return <SkeletonRecord />
  return (
    <RecordFailure
      noun="contact"
      list={{ title: 'Contacts', href: '/contacts' }}
      error={record.error}
      onRetry={() => void record.refetch()}
    />
  )
}

/** Sends only what was changed, from the version the form was opened with; a clash is settled field by field. */
function ContactEditor({ contact: latest }: { contact: Contact }) {
  // The record may be read again while the form is open; what the form started from stays.
  const [contact] = useState(latest)
  const [opened] = useState(() => contactValues(contact))
  const [patch, setPatch] = useState<ContactPatch>({})
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const done = useReturnTo(`/contacts/${contact.id}`)
  const actions = useContactActions(contact)
  const save = useMutation(
    trpc.contacts.patch.mutationOptions({
      onSuccess: async (saved) => {
        queryClient.setQueryData(trpc.contacts.byId.queryKey({ id: saved.id }), saved)
        if (saved.version !== contact.version) actions.announce(`Saved ${saved.displayName}`, saved)
        done()
        await queryClient.invalidateQueries(trpc.contacts.pathFilter())
      },
    }),
  )
  const stale = staleWriteOf(save.error)
  const send = (version: number, next: ContactPatch) => {
    setPatch(next)
    save.mutate({ id: contact.id, version, patch: next })
  }
  return (
    <div className="grid gap-4">
      <h1 className="text-xl font-semibold break-words">Edit {contact.displayName}</h1>
      <ContactForm
        title={`Edit ${contact.displayName}`}
        values={opened}
        saveLabel="Save"
        error={stale === undefined ? save.error : null}
        isSaving={save.isPending || save.isSuccess}
        onCancel={done}
        onSave={(input) => {
          const next = changedFields<ContactPatch>(opened, input)
          if (Object.keys(next).length === 0) done()
          else send(contact.version, next)
        }}
      />
      {stale !== undefined && (
        <ConflictDialog
          entity="contact"
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
