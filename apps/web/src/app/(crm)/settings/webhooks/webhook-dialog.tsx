'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { WebhookInput, type Webhook } from '@tenantry/contracts/webhooks'
import type { z } from 'zod'
import { Failure } from '../../../../components/failure.tsx'
import { TextField } from '../../../../components/form/text-field.tsx'
import { useRecordForm } from '../../../../components/form/use-record-form.ts'
import { Dialog, SubmitActions } from '../../../../components/ui/dialog.tsx'
import { useAnnounce } from '../../../../components/ui/toast.tsx'
import { useHandedOn } from '../../../../components/use-handed-on.ts'
import { useTRPC } from '../../../../trpc/client.tsx'
import { EventsField } from './events-field.tsx'

/** Adds an endpoint, whose secret is handed on once, or changes one. */
export function WebhookDialog(props: { webhook?: Webhook; onCreated: (secret: string) => void; onClose: () => void }) {
  const { webhook, onClose } = props
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  const handedOn = useHandedOn(trpc.webhooks.pathFilter(), (made: { secret: string }) => {
    props.onCreated(made.secret)
    onClose()
  })
  const create = useMutation(trpc.webhooks.create.mutationOptions(handedOn))
  const patch = useMutation(
    trpc.webhooks.patch.mutationOptions({
      onSuccess: async () => {
        announce({ title: 'Saved the webhook' })
        onClose()
        await queryClient.invalidateQueries(trpc.webhooks.pathFilter())
      },
    }),
  )
  const error = create.error ?? patch.error
  const isBusy = create.isPending || patch.isPending
  const form = useRecordForm(
    WebhookInput,
    { url: webhook?.url ?? '', description: webhook?.description ?? '', events: webhook?.events ?? null },
    error,
  )
  const { control } = form
  const save = (input: z.output<typeof WebhookInput>) => {
    if (webhook === undefined) create.mutate(input)
    else patch.mutate({ id: webhook.id, patch: input })
  }
  return (
    <Dialog title={webhook === undefined ? 'Add a webhook' : 'Edit the webhook'} size="wide" onClose={onClose}>
      <form noValidate className="grid gap-4" onSubmit={form.handleSubmit(save)}>
        {error !== null && <Failure error={error} />}
        <TextField
          control={control}
          name="url"
          label="Address"
          type="url"
          placeholder="https://example.com/webhooks"
          autoComplete="off"
          isRequired
        />
        <TextField control={control} name="description" label="Description" autoComplete="off" />
        <EventsField control={control} name="events" />
        <SubmitActions label="Save" busyLabel="Saving…" isBusy={isBusy} onCancel={onClose} />
      </form>
    </Dialog>
  )
}
