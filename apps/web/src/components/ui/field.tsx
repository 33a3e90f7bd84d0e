import { useId, type ReactNode } from 'react'

export interface FieldControl {
  id: string
  'aria-invalid': boolean
  'aria-describedby': string | undefined
}

/** A label, its control and what is wrong with it, tied together for screen readers. */
export function Field(props: { label: string; error?: string; children: (control: FieldControl) => ReactNode }) {
  const id = useId()
  const errorId = `${id}-error`
  const isWrong = props.error !== undefined
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-[13px] font-medium">
        {props.label}
      </label>
      {props.children({ id, 'aria-invalid': isWrong, 'aria-describedby': isWrong ? errorId : undefined })}
      {isWrong && (
        <p id={errorId} className="text-[13px] text-bad">
          {props.error}
        </p>
      )}
    </div>
  )
}
