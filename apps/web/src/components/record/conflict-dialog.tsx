'use client'

import type { CustomizedEntity } from '@tenantry/contracts/custom-fields'
import type { StaleWrite } from '@tenantry/contracts/record'
import { useState } from 'react'
import { technicalFields } from '../../format/field-labels.ts'
import { useFieldWords } from '../custom-fields/use-field-words.ts'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogActions } from '../ui/dialog.tsx'
import { FieldValue } from './field-value.tsx'
import { clashesOf } from './merge-stale.ts'

/** Two people edited one record: the second decides per field, nothing is overwritten silently. */
export function ConflictDialog(props: {
  entity: CustomizedEntity
  stale: StaleWrite
  patch: Record<string, unknown>
  currency?: string
  isSaving: boolean
  onSave: (theirs: ReadonlySet<string>) => void
  onCancel: () => void
}) {
  const { stale } = props
  const words = useFieldWords(props.entity)
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set())
  const clashes = clashesOf(props.patch, stale)
  const changed = Object.keys(stale.changed).filter((field) => !technicalFields.has(field))
  const choose = (field: string, isTheirs: boolean) => {
    const next = new Set(theirs)
    if (isTheirs) next.add(field)
    else next.delete(field)
    setTheirs(next)
  }
  return (
    <Dialog
      size="wide"
      title="Somebody changed this in the meantime"
      description={
        <>
          {stale.changedBy ?? 'Somebody else'} saved{' '}
          {new Intl.ListFormat('en').format(changed.map((field) => words.labelOf(field).toLowerCase()))}.
          {clashes.length === 0 ? ' None of it touches your changes.' : ' Choose which value to keep.'}
        </>
      }
      onClose={props.onCancel}
    >
      {clashes.map(({ field, mine, theirs: other }) => (
        <fieldset key={field} className="grid gap-2 sm:grid-cols-2">
          <legend className="pb-1.5 text-[13px] font-medium">{words.labelOf(field)}</legend>
          {[false, true].map((isTheirs) => (
            <label
              key={String(isTheirs)}
              className="grid cursor-default grid-cols-[auto_1fr] items-start gap-x-2.5 rounded-md border border-line p-3 has-checked:border-brand has-checked:bg-brand-soft"
            >
              <input
                type="radio"
                name={field}
                className="row-span-2 mt-0.5 size-4 accent-brand"
                checked={theirs.has(field) === isTheirs}
                onChange={() => choose(field, isTheirs)}
              />
              <span className="text-xs text-muted">
                {isTheirs ? `From ${stale.changedBy ?? 'somebody else'}` : 'Yours'}
              </span>
              <span className="min-w-0 break-words">
                <FieldValue
                  field={field}
                  value={words.wordsOf(field, isTheirs ? other : mine)}
                  currency={props.currency}
                />
              </span>
            </label>
          ))}
        </fieldset>
      ))}
      <DialogActions>
        <Button onClick={props.onCancel}>Go on editing</Button>
        <Button look="primary" disabled={props.isSaving} onClick={() => props.onSave(theirs)}>
          {props.isSaving ? 'Saving…' : 'Save on top'}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
