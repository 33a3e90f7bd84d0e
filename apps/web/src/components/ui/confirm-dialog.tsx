'use client'

import { AlertDialog as Base } from '@base-ui/react/alert-dialog'
import type { ReactNode } from 'react'
import { twMerge } from 'tailwind-merge'
import { Button } from './button.tsx'
import { DialogActions } from './dialog.tsx'
import { popupLook } from './popup-look.ts'

/** Asks before something that cannot simply be undone. It is open for as long as it is rendered. */
export function ConfirmDialog(props: {
  title: string
  description: ReactNode
  confirmLabel: string
  cancelLabel?: string
  look?: 'primary' | 'danger'
  isBusy?: boolean
  onConfirm: () => void
  onCancel: () => void
  children?: ReactNode
}) {
  return (
    <Base.Root open onOpenChange={(isOpen) => !isOpen && props.onCancel()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Base.Popup
          className={twMerge(
            popupLook,
            'fixed top-1/2 left-1/2 z-50 grid w-[min(27rem,calc(100vw-2rem))] -translate-1/2 gap-4 rounded-xl p-5',
          )}
        >
          <div className="grid gap-1">
            <Base.Title className="text-base font-semibold break-words">{props.title}</Base.Title>
            <Base.Description className="text-muted">{props.description}</Base.Description>
          </div>
          {props.children}
          <DialogActions>
            <Button onClick={props.onCancel}>{props.cancelLabel ?? 'Cancel'}</Button>
            <Button look={props.look ?? 'danger'} disabled={props.isBusy} onClick={props.onConfirm}>
              {props.confirmLabel}
            </Button>
          </DialogActions>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
