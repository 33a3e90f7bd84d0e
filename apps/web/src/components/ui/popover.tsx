'use client'

import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'
import { twMerge } from 'tailwind-merge'
import { popupLook } from './popup-look.ts'

/** A button that opens a small panel of controls. */
export function Popover(props: { trigger: ReactElement; title: string; children: ReactNode }) {
  return (
    <Base.Root>
      <Base.Trigger render={props.trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" collisionPadding={12} className="z-20 outline-none">
          <Base.Popup
            className={twMerge(
              popupLook,
              'grid max-h-(--available-height) w-[min(20rem,calc(100vw-2rem))] gap-3 overflow-y-auto p-4',
            )}
          >
            <Base.Title className="font-semibold">{props.title}</Base.Title>
            {props.children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
