'use client'

import { Dialog } from '@base-ui/react/dialog'
import { useState } from 'react'
import { Button } from '../../../../components/ui/button.tsx'
import { Field } from '../../../../components/ui/field.tsx'
import { Input } from '../../../../components/ui/input.tsx'

/** A lost stage asks why. */
export function LostReasonDialog(props: { name: string; onSave: (reason: string) => void; onCancel: () => void }) {
  const [reason, setReason] = useState('')
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && props.onCancel()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-black/40" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-40 w-[min(26rem,calc(100vw-2rem))] -translate-1/2 rounded-xl border border-line bg-card p-6 shadow-lg">
          <form
            className="grid gap-4"
            onSubmit={(event) => {
              event.preventDefault()
              if (reason.trim() !== '') props.onSave(reason.trim())
            }}
          >
            <Dialog.Title className="text-lg font-semibold">Why was «{props.name}» lost?</Dialog.Title>
            <Field label="Reason">
              {(control) => (
                <Input {...control} required maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
              )}
            </Field>
            <div className="flex justify-end gap-2">
              <Button onClick={props.onCancel}>Cancel</Button>
              <Button type="submit" look="primary" disabled={reason.trim() === ''}>
                Mark as lost
              </Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
