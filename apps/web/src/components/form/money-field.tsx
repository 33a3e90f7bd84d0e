'use client'

import { useState } from 'react'
import { useController, type FieldValues } from 'react-hook-form'
import { moneyText, parseMoney } from '../../format/money.ts'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import type { BoundField } from './text-field.tsx'

/** An amount, typed in major units and kept in minor ones. Text that is no amount is NaN, which no contract accepts. */
export function MoneyField<Values extends FieldValues, Output>(
  props: BoundField<Values, Output> & { currency: string },
) {
  const { control, name, currency, ...look } = props
  const { field, fieldState } = useController({ control, name })
  const minor: unknown = field.value
  const [typed, setTyped] = useState<string>()
  const stored = typeof minor === 'number' && Number.isFinite(minor) ? moneyText(minor, currency) : ''
  return (
    <Field {...look} error={fieldState.error && 'Write an amount such as 1250.00.'}>
      {(attributes) => (
        <div className="relative">
          <Input
            {...attributes}
            name={field.name}
            ref={field.ref}
            inputMode="decimal"
            autoComplete="off"
            className="pr-14 text-right tabular-nums"
            value={typed ?? stored}
            onChange={(event) => {
              setTyped(event.target.value)
              field.onChange(
                event.target.value.trim() === '' ? 0 : (parseMoney(event.target.value, currency) ?? Number.NaN),
              )
            }}
            onBlur={() => {
              if (typeof minor === 'number' && Number.isFinite(minor)) setTyped(undefined)
              field.onBlur()
            }}
          />
          <span
            aria-hidden
            className="pointer-events-none absolute inset-y-0 right-3 grid place-items-center text-muted"
          >
            {currency}
          </span>
        </div>
      )}
    </Field>
  )
}
