'use client'

import { useState } from 'react'
import { twMerge } from 'tailwind-merge'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'

type End = number | string | undefined
interface Range {
  from?: End
  until?: End
}

/** A filter on numbers or days between two ends, either of which may be left open. */
export function RangeFilter(props: {
  label: string
  type: 'number' | 'date'
  value: Range
  onChange: (range: Range | undefined) => void
}) {
  const { label, type, value, onChange } = props
  const change = (range: Range) => onChange(range.from === undefined && range.until === undefined ? undefined : range)
  return (
    // Two dates do not fit beside each other on a phone.
    <div className={twMerge('grid grid-cols-2 gap-2', type === 'date' && 'max-sm:grid-cols-1')}>
      <EndFilter
        key={`from ${value.from}`}
        label={`${label} from`}
        type={type}
        value={value.from}
        onChange={(from) => change({ ...value, from })}
      />
      <EndFilter
        key={`until ${value.until}`}
        label={`${label} until`}
        type={type}
        value={value.until}
        onChange={(until) => change({ ...value, until })}
      />
    </div>
  )
}

/** Taken over when one leaves the field or presses Enter; it begins anew, by its key, when its end changes elsewhere. */
function EndFilter(props: { label: string; type: 'number' | 'date'; value: End; onChange: (end: End) => void }) {
  const [text, setText] = useState(String(props.value ?? ''))
  const apply = () => {
    const end = text === '' ? undefined : props.type === 'number' ? Number(text) : text
    if (end !== props.value) props.onChange(end)
  }
  return (
    <Field label={props.label}>
      {({ id }) => (
        <Input
          id={id}
          type={props.type}
          step={props.type === 'number' ? 'any' : undefined}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={apply}
          onKeyDown={(event) => event.key === 'Enter' && apply()}
        />
      )}
    </Field>
  )
}
