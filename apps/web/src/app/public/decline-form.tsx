'use client'

import { useEffect, useRef, useState } from 'react'
import { Button } from '../../components/ui/button.tsx'
import { Field } from '../../components/ui/field.tsx'
import { TextArea } from '../../components/ui/input.tsx'
import type { PageWords } from './words.ts'

/** Says no, in two steps: it cannot be taken back here. */
export function DeclineForm(props: {
  words: PageWords
  isBusy: boolean
  onDecline: (reason: string) => void
  onBack: () => void
}) {
  const { words, isBusy } = props
  const [reason, setReason] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  // The button that led here is gone, and with it where the keyboard was.
  useEffect(() => field.current?.focus(), [])
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        props.onDecline(reason)
      }}
    >
      <Field label={words.declineReason}>
        {(control) => (
          <TextArea
            {...control}
            ref={field}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="danger" disabled={isBusy}>
          {words.declineConfirm}
        </Button>
        <Button disabled={isBusy} onClick={props.onBack}>
          {words.back}
        </Button>
      </div>
    </form>
  )
}
