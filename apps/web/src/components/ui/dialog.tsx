'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { twMerge } from 'tailwind-merge'
import { Button, buttonLook } from './button.tsx'
import { popupLook } from './popup-look.ts'

/** A window that has to be answered or closed before going on. It is open for as long as it is rendered. */
export function Dialog(props: {
  title: string
  description?: ReactNode
  size?: 'narrow' | 'wide'
  onClose: () => void
  children?: ReactNode
}) {
  return (
    <Base.Root open onOpenChange={(isOpen) => !isOpen && props.onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-30 bg-black/40 transition-opacity data-starting-style:opacity-0" />
        <Base.Popup
          className={twMerge(
            popupLook,
            'fixed top-1/2 left-1/2 z-40 grid max-h-[calc(100dvh-2rem)] w-[min(27rem,calc(100vw-2rem))] -translate-1/2 gap-4 overflow-y-auto rounded-xl p-5',
            props.size === 'wide' && 'w-[min(38rem,calc(100vw-2rem))]',
          )}
        >
          <div className="flex items-start gap-3">
            <div className="grid min-w-0 flex-1 gap-1">
              <Base.Title className="text-base font-semibold break-words">{props.title}</Base.Title>
              {props.description !== undefined && (
                <Base.Description className="text-muted">{props.description}</Base.Description>
              )}
            </div>
            <Base.Close
              aria-label="Close"
              className={twMerge(buttonLook({ look: 'quiet', size: 'icon' }), '-mt-1.5 -mr-1.5')}
            >
              <X aria-hidden className="size-4" />
            </Base.Close>
          </div>
          {props.children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** The row of buttons that ends a dialog. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-2">{children}</div>
}

/** Under a form: away with it, or send it. */
export function SubmitActions(props: { label: string; busyLabel: string; isBusy: boolean; onCancel: () => void }) {
  const { label, busyLabel, isBusy, onCancel } = props
  return (
    <DialogActions>
      <Button onClick={onCancel}>Cancel</Button>
      <Button type="submit" look="primary" disabled={isBusy}>
        {isBusy ? busyLabel : label}
      </Button>
    </DialogActions>
  )
}
