'use client'

import { Check, Copy } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import { Button } from './ui/button.tsx'
import { Dialog, DialogActions } from './ui/dialog.tsx'
import { Field } from './ui/field.tsx'
import { Input } from './ui/input.tsx'

/** A secret that nobody can look up again: whoever closes this without keeping it makes a new one. */
export function ShownOnce(props: {
  title: string
  description: ReactNode
  label: string
  value: string
  onClose: () => void
}) {
  const { label, value } = props
  const field = useRef<HTMLInputElement>(null)
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(value)
      setIsCopied(true)
    } catch {
      // A browser that gives no clipboard to pages: the text is selected, and the keyboard copies it.
    }
  }
  return (
    <Dialog title={props.title} description={props.description} size="wide" onClose={props.onClose}>
      <Field label={label}>
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              ref={field}
              readOnly
              value={value}
              className="font-mono text-[13px]"
              onFocus={(event) => event.target.select()}
            />
            <Button onClick={() => void copy()}>
              {isCopied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
              <span aria-live="polite">{isCopied ? 'Copied' : 'Copy'}</span>
            </Button>
          </div>
        )}
      </Field>
      <DialogActions>
        <Button look="primary" onClick={props.onClose}>
          I have kept it
        </Button>
      </DialogActions>
    </Dialog>
  )
}
