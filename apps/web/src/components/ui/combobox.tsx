'use client'

import { Combobox as Base } from '@base-ui/react/combobox'
import { Check, ChevronsUpDown, X } from 'lucide-react'
import { twMerge } from 'tailwind-merge'
import { fieldLook } from './input.tsx'
import { choiceLook, popupLook } from './popup-look.ts'

export interface ComboboxItem<Value extends string = string> {
  value: Value
  label: string
  /** A second line that tells two of the same name apart. */
  detail?: string | null
}

export interface ComboboxProps<Value extends string> {
  items: readonly ComboboxItem<Value>[]
  value: ComboboxItem<Value> | null
  onChange: (item: ComboboxItem<Value> | null) => void
  onBlur?: () => void
  /** Given when the items are searched for elsewhere: called with what is typed, and `items` are shown as they come. */
  onSearch?: (text: string) => void
  /** What the list says in the place of items: that it is searching, or that nothing was found. */
  status?: string | undefined
  placeholder?: string
  isDisabled?: boolean
  id?: string
  className?: string
  'aria-label'?: string
  'aria-invalid'?: boolean
  'aria-describedby'?: string
}

/** One of many options, found by typing. */
export function Combobox<Value extends string>(props: ComboboxProps<Value>) {
  const { items, value, onChange, onBlur, onSearch, status, placeholder, isDisabled, className, ...control } = props
  return (
    <Base.Root
      items={items}
      value={value}
      disabled={isDisabled}
      filter={onSearch === undefined ? undefined : null}
      autoHighlight
      isItemEqualToValue={(item, chosen) => item.value === chosen.value}
      itemToStringLabel={(item) => item.label}
      onValueChange={onChange}
      onInputValueChange={(text, { reason }) => reason !== 'item-press' && onSearch?.(text)}
    >
      <Base.InputGroup className={twMerge('relative', className)}>
        <Base.Input
          {...control}
          placeholder={placeholder}
          onBlur={onBlur}
          className={twMerge(fieldLook, 'pr-9', value !== null && 'pr-16')}
        />
        <div className="absolute inset-y-0 right-1 flex items-center text-muted">
          {value !== null && (
            <Base.Clear
              aria-label="Clear"
              className="grid size-7 place-items-center rounded hover:bg-sunken hover:text-ink"
            >
              <X aria-hidden className="size-3.5" />
            </Base.Clear>
          )}
          <Base.Trigger
            aria-label="Show options"
            className="grid size-7 place-items-center rounded hover:bg-sunken hover:text-ink"
          >
            <ChevronsUpDown aria-hidden className="size-3.5" />
          </Base.Trigger>
        </div>
      </Base.InputGroup>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50 outline-none">
          <Base.Popup className={twMerge(popupLook, 'w-(--anchor-width) min-w-56')}>
            <Base.Status className="text-muted">
              {status !== undefined && <p className="px-3 py-2">{status}</p>}
            </Base.Status>
            <Base.Empty className="text-muted">
              {status === undefined && onSearch === undefined && <p className="px-3 py-2">Nothing fits.</p>}
            </Base.Empty>
            <Base.List className="max-h-[min(18rem,var(--available-height))] overflow-y-auto overscroll-contain p-1 data-empty:p-0">
              {(item: ComboboxItem<Value>) => (
                <Base.Item key={item.value} value={item} className={choiceLook}>
                  <span className="size-4 shrink-0">
                    <Base.ItemIndicator>
                      <Check aria-hidden className="size-4 text-brand" />
                    </Base.ItemIndicator>
                  </span>
                  <span className="min-w-0">
                    <span className="block truncate">{item.label}</span>
                    {item.detail && <span className="block truncate text-xs text-muted">{item.detail}</span>}
                  </span>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
