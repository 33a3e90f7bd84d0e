'use client'

import { Dialog } from '@base-ui/react/dialog'
import type { StaleWrite } from '@tenantry/contracts/record'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { clashesOf } from './merge-stale.ts'
import { valueText, wordsOf } from './timeline.tsx'

/** Two people edited one record: the second decides per field, nothing is overwritten silently. */
export function ConflictDialog(props: {
  stale: StaleWrite
  patch: Record<string, unknown>
  onSave: (theirs: ReadonlySet<string>) => void
  onCancel: () => void
}) {
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set())
  const clashes = clashesOf(props.patch, props.stale)
  const choose = (field: string, isTheirs: boolean) => {
    const next = new Set(theirs)
    if (isTheirs) next.add(field)
    else next.delete(field)
    setTheirs(next)
  }
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && props.onCancel()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-black/40" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-40 grid max-h-[90dvh] w-[min(36rem,calc(100vw-2rem))] -translate-1/2 gap-4 overflow-y-auto rounded-xl border border-line bg-card p-6 shadow-lg">
          <Dialog.Title className="text-lg font-semibold">Somebody changed this in the meantime</Dialog.Title>
          <Dialog.Description className="text-muted">
            {props.stale.changedBy ?? 'Somebody else'} saved {Object.keys(props.stale.changed).map(wordsOf).join(', ')}.
            {clashes.length === 0 ? ' None of it touches your changes.' : ' Choose which value to keep.'}
          </Dialog.Description>
          {clashes.map(({ field, mine, theirs: other }) => (
            <fieldset key={field} className="grid gap-2 rounded-lg border border-line px-3 pt-1 pb-3">
              <legend className="px-1 text-[13px] leading-5 font-medium first-letter:uppercase">{wordsOf(field)}</legend>
              {[false, true].map((isTheirs) => (
                <label key={String(isTheirs)} className="flex gap-2 break-words">
                  <input
                    type="radio"
                    name={field}
                    checked={theirs.has(field) === isTheirs}
                    onChange={() => choose(field, isTheirs)}
                  />
                  {isTheirs ? `Theirs: ${valueText(other)}` : `Mine: ${valueText(mine)}`}
                </label>
              ))}
            </fieldset>
          ))}
          <div className="flex justify-end gap-2">
            <Button onClick={props.onCancel}>Cancel</Button>
            <Button look="primary" onClick={() => props.onSave(theirs)}>
              Save
            </Button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
