import { useId, type ReactNode } from 'react'

export interface FieldControl {
  id: string
  'aria-invalid': boolean
  'aria-describedby': string | undefined
  'aria-required': boolean | undefined
}

export interface FieldProps {
  label: string
  hint?: string
  error?: string
  isRequired?: boolean
  /** Over the whole width of its form. */
  isWide?: boolean
}

/** A label, its control, a hint and what is wrong, tied together for screen readers. */
export function Field(props: FieldProps & { children: (control: FieldControl) => ReactNode }) {
  const id = useId()
  const isWrong = props.error !== undefined
  const note = props.error ?? props.hint
  const noteId = note === undefined ? undefined : `${id}-note`
  return (
    <div className={`grid content-start gap-1.5 ${props.isWide ? 'sm:col-span-2' : ''}`}>
      <label htmlFor={id} className="text-[13px] font-medium">
        {props.label}
        {props.isRequired && (
          <span aria-hidden className="text-bad">
            {' '}
            *
          </span>
        )}
      </label>
      {props.children({
        id,
        'aria-invalid': isWrong,
        'aria-describedby': noteId,
        'aria-required': props.isRequired || undefined,
      })}
      {note !== undefined && (
        <p id={noteId} className={`text-[13px] ${isWrong ? 'text-bad' : 'text-muted'}`}>
          {note}
        </p>
      )}
    </div>
  )
}
