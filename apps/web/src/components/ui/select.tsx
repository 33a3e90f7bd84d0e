'use client'

import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { twMerge } from 'tailwind-merge'
import { fieldLook } from './input.tsx'
import { choiceLook, popupLook } from './popup-look.ts'

export interface Option<Value extends string> {
  value: Value
  label: string
}

interface SelectLook {
  id?: string
  className?: string
  placeholder?: string
  isDisabled?: boolean
  'aria-label'?: string
  'aria-invalid'?: boolean
  'aria-describedby'?: string
  'aria-required'?: boolean
}

/** One of a few options. For many options there is the combobox, which can be searched. */
export function Select<Value extends string>(
  props: SelectLook & {
    options: readonly Option<Value>[]
    value: Value | null
    onChange: (value: Value) => void
    onBlur?: () => void
  },
) {
  const { options, value, onChange, onBlur, ...look } = props
  return (
    <Base.Root
      items={options}
      value={value}
      disabled={look.isDisabled}
      onValueChange={(next) => next !== null && onChange(next)}
      onOpenChange={(isOpen) => !isOpen && onBlur?.()}
    >
      <Trigger look={look} />
      <Options options={options} />
    </Base.Root>
  )
}

/** Any number of a few options; none means no restriction, said by the placeholder. */
export function MultiSelect<Value extends string>(
  props: SelectLook & {
    options: readonly Option<Value>[]
    value: readonly Value[]
    onChange: (value: Value[]) => void
  },
) {
  const { options, value, onChange, ...look } = props
  const label = options.flatMap((option) => (value.includes(option.value) ? [option.label] : [])).join(', ')
  return (
    <Base.Root multiple items={options} value={[...value]} disabled={look.isDisabled} onValueChange={onChange}>
      <Trigger look={look}>{label === '' ? look.placeholder : label}</Trigger>
      <Options options={options} />
    </Base.Root>
  )
}

function Trigger({ look, children }: { look: SelectLook; children?: ReactNode }) {
  const { className, placeholder, isDisabled: _isDisabled, ...attributes } = look
  return (
    <Base.Trigger
      {...attributes}
      className={twMerge(
        fieldLook,
        'flex items-center justify-between gap-2 text-left select-none data-disabled:opacity-60',
        className,
      )}
    >
      {children === undefined ? (
        <Base.Value className="truncate data-placeholder:text-muted" placeholder={placeholder} />
      ) : (
        <span className="truncate">{children}</span>
      )}
      <Base.Icon className="text-muted">
        <ChevronsUpDown aria-hidden className="size-3.5" />
      </Base.Icon>
    </Base.Trigger>
  )
}

function Options<Value extends string>({ options }: { options: readonly Option<Value>[] }) {
  return (
    <Base.Portal>
      <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none select-none">
        <Base.Popup
          className={twMerge(
            popupLook,
            'max-h-[min(20rem,var(--available-height))] min-w-(--anchor-width) overflow-y-auto',
          )}
        >
          <Base.List className="p-1">
            {options.map((option) => (
              <Base.Item key={option.value} value={option.value} className={twMerge(choiceLook, 'pr-8')}>
                <span className="size-4 shrink-0">
                  <Base.ItemIndicator>
                    <Check aria-hidden className="size-4 text-brand" />
                  </Base.ItemIndicator>
                </span>
                <Base.ItemText>{option.label}</Base.ItemText>
              </Base.Item>
            ))}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}
