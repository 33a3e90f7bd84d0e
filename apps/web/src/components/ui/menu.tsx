'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import Link from 'next/link'
import type { ReactElement, ReactNode } from 'react'
import { twMerge } from 'tailwind-merge'
import { choiceLook, popupLook } from './popup-look.ts'

/** A button that opens a list of actions or choices. `trigger` is the button; it brings its own accessible name. */
export function Menu(props: {
  trigger: ReactElement
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
  children: ReactNode
}) {
  return (
    <Base.Root>
      <Base.Trigger render={props.trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} side={props.side} align={props.align ?? 'end'} className="z-50 outline-none">
          <Base.Popup className={twMerge(popupLook, 'max-h-(--available-height) min-w-44 overflow-y-auto p-1')}>
            {props.children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export function MenuItem(props: {
  icon?: ReactNode
  isDangerous?: boolean
  isDisabled?: boolean
  onSelect: () => void
  children: ReactNode
}) {
  return (
    <Base.Item
      disabled={props.isDisabled}
      onClick={props.onSelect}
      className={twMerge(choiceLook, props.isDangerous && 'text-bad data-highlighted:bg-bad-soft')}
    >
      {props.icon}
      {props.children}
    </Base.Item>
  )
}

export function MenuLink(props: { href: string; icon?: ReactNode; children: ReactNode }) {
  return (
    <Base.LinkItem closeOnClick render={<Link href={props.href} />} className={choiceLook}>
      {props.icon}
      {props.children}
    </Base.LinkItem>
  )
}

/** Choices of which one holds. */
export function MenuChoices<Value extends string>(props: {
  label: string
  value: Value | undefined
  choices: readonly { value: Value; label: ReactNode; isDisabled?: boolean }[]
  onChange: (value: Value) => void
}) {
  return (
    <Base.RadioGroup
      value={props.value ?? ''}
      onValueChange={(value: unknown) => {
        const choice = props.choices.find((one) => one.value === value)
        if (choice !== undefined && choice.value !== props.value) props.onChange(choice.value)
      }}
    >
      <MenuLabel>{props.label}</MenuLabel>
      {props.choices.map((choice) => (
        <Base.RadioItem
          key={choice.value}
          value={choice.value}
          disabled={choice.isDisabled}
          closeOnClick
          className={twMerge(choiceLook, 'pl-8 data-checked:pl-2')}
        >
          <Base.RadioItemIndicator className="w-4 shrink-0">
            <Check aria-hidden className="size-4 text-brand" />
          </Base.RadioItemIndicator>
          {choice.label}
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}

/** A choice that is on or off; the menu stays open for the next one. */
export function MenuToggle(props: { isOn: boolean; onChange: (isOn: boolean) => void; children: ReactNode }) {
  return (
    <Base.CheckboxItem
      checked={props.isOn}
      onCheckedChange={props.onChange}
      className={twMerge(choiceLook, 'pl-8 data-checked:pl-2')}
    >
      <Base.CheckboxItemIndicator className="w-4 shrink-0">
        <Check aria-hidden className="size-4 text-brand" />
      </Base.CheckboxItemIndicator>
      {props.children}
    </Base.CheckboxItem>
  )
}

/** Names the choices of the group it stands in. */
function MenuLabel({ children }: { children: ReactNode }) {
  return <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-xs font-medium text-muted">{children}</Base.GroupLabel>
}

export function MenuGroup(props: { label: string; children: ReactNode }) {
  return (
    <Base.Group>
      <MenuLabel>{props.label}</MenuLabel>
      {props.children}
    </Base.Group>
  )
}

export function MenuSeparator() {
  return <Base.Separator className="mx-1 my-1 h-px bg-line" />
}
