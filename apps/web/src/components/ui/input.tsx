import type { ComponentProps } from 'react'
import { twMerge } from 'tailwind-merge'

export const fieldLook =
  'h-9 w-full rounded-md border border-field-line/60 bg-card px-3 text-ink placeholder:text-muted aria-invalid:border-bad'

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={twMerge(fieldLook, className)} {...props} />
}

export function Select({ className, ...props }: ComponentProps<'select'>) {
  return <select className={twMerge(fieldLook, 'pr-8', className)} {...props} />
}
