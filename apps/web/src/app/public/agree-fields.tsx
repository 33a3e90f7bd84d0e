'use client'

import { Button } from '../../components/ui/button.tsx'
import { Field } from '../../components/ui/field.tsx'
import { Input } from '../../components/ui/input.tsx'
import type { PageWords } from './words.ts'

/** Who agrees, in their own hand as far as there is one here. */
export function NameField(props: {
  words: PageWords
  value: string
  isMissing: boolean
  onChange: (name: string) => void
  className?: string
}) {
  const { words, isMissing, className } = props
  return (
    <Field label={words.yourName} isRequired {...(isMissing && { error: words.nameMissing })}>
      {(control) => (
        <Input
          {...control}
          autoComplete="name"
          maxLength={200}
          className={className}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

/** The two ways to answer. */
export function AgreeButtons(props: { words: PageWords; label: string; isBusy: boolean; onDecline: () => void }) {
  const { words, label, isBusy } = props
  return (
    <div className="flex flex-wrap gap-2">
      <Button type="submit" look="primary" disabled={isBusy}>
        {label}
      </Button>
      <Button look="quiet" disabled={isBusy} onClick={props.onDecline}>
        {words.decline}
      </Button>
    </div>
  )
}
