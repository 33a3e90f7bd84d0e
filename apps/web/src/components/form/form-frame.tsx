'use client'

import type { FormEventHandler, ReactNode } from 'react'
import { Failure } from '../failure.tsx'
import { Button } from '../ui/button.tsx'
import { UnsavedGuard } from './unsaved-guard.tsx'

/** The frame around the sections of a form: why it was refused, and the buttons, which stay in sight. */
export function FormFrame(props: {
  /** Names the form for screen readers. */
  title: string
  error: { message: string } | null
  isSaving: boolean
  hasChanges: boolean
  saveLabel: string
  onSubmit: FormEventHandler<HTMLFormElement>
  onCancel: () => void
  children: ReactNode
}) {
  return (
    <form
      noValidate
      aria-label={props.title}
      onSubmit={props.onSubmit}
      className="max-w-4xl rounded-lg border border-line bg-card"
    >
      <UnsavedGuard isActive={props.hasChanges && !props.isSaving} />
      <div className="px-4 sm:px-5">
        {props.error !== null && (
          <div className="pt-5">
            <Failure error={props.error} />
          </div>
        )}
        {props.children}
      </div>
      <div className="sticky bottom-14 z-10 flex items-center justify-end gap-2 rounded-b-lg border-t border-line bg-card px-4 py-3 sm:px-5 md:bottom-0">
        {props.hasChanges && <p className="mr-auto text-[13px] text-muted">Not saved yet</p>}
        <Button onClick={props.onCancel}>Cancel</Button>
        <Button type="submit" look="primary" disabled={props.isSaving}>
          {props.isSaving ? 'Saving…' : props.saveLabel}
        </Button>
      </div>
    </form>
  )
}
