'use client'

import { useState } from 'react'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'

/** A filter on an exact text: taken over when one leaves the field or presses Enter. */
export function TextFilter(props: { label: string; value: string | null; onChange: (value: string | null) => void }) {
  const [text, setText] = useState(props.value ?? '')
  const apply = () => props.onChange(text.trim() === '' ? null : text.trim())
  return (
    <Field label={props.label}>
      {({ id }) => (
        <Input
          id={id}
          value={text}
          placeholder="Any"
          onChange={(event) => setText(event.target.value)}
          onBlur={apply}
          onKeyDown={(event) => event.key === 'Enter' && apply()}
        />
      )}
    </Field>
  )
}
