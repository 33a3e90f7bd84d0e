import type { ComponentProps } from 'react'
import { twMerge } from 'tailwind-merge'

export const fieldLook =
  'h-9 w-full min-w-0 rounded-md border border-field-line/60 bg-card px-3 text-ink placeholder:text-muted hover:border-field-line disabled:opacity-60 aria-invalid:border-bad max-sm:text-base'

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={twMerge(fieldLook, className)} {...props} />
}

export function TextArea({ className, ...props }: ComponentProps<'textarea'>) {
  return <textarea rows={4} className={twMerge(fieldLook, 'h-auto py-2', className)} {...props} />
}

export function Checkbox({ className, ...props }: ComponentProps<'input'>) {
  return <input type="checkbox" className={twMerge('size-4 shrink-0 accent-brand', className)} {...props} />
}
