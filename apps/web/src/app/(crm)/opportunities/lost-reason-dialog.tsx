'use client'

import { useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog, DialogActions } from '../../../components/ui/dialog.tsx'
import { Field } from '../../../components/ui/field.tsx'
import { Input } from '../../../components/ui/input.tsx'

/** A lost stage asks why. */
export function LostReasonDialog(props: { name: string; onSave: (reason: string) => void; onCancel: () => void }) {
  const [reason, setReason] = useState('')
  return (
    <Dialog title={`Why was «${props.name}» lost?`} onClose={props.onCancel}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim() !== '') props.onSave(reason.trim())
        }}
      >
        <Field label="Reason" hint="For example: price, date taken, chose somebody else.">
          {(control) => (
            <Input
              {...control}
              required
              maxLength={200}
              autoComplete="off"
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <DialogActions>
          <Button onClick={props.onCancel}>Cancel</Button>
          <Button type="submit" look="primary" disabled={reason.trim() === ''}>
            Mark as lost
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
