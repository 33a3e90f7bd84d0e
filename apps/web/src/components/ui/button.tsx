import { cva, type VariantProps } from 'class-variance-authority'
import type { ComponentProps } from 'react'
import { twMerge } from 'tailwind-merge'

/** The look of a button, for links that act like one. */
export const buttonLook = cva(
  'inline-flex shrink-0 cursor-default items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors disabled:pointer-events-none disabled:opacity-50 data-popup-open:bg-sunken',
  {
    variants: {
      look: {
        primary: 'bg-brand text-on-brand hover:bg-brand-strong',
        plain: 'border border-line bg-card text-ink hover:bg-sunken',
        quiet: 'text-muted hover:bg-sunken hover:text-ink',
        danger: 'border border-bad/25 bg-bad-soft text-bad hover:border-bad',
      },
      size: { normal: 'h-9 px-3.5', small: 'h-8 px-2.5', icon: 'size-9', smallIcon: 'size-8' },
    },
    defaultVariants: { look: 'plain', size: 'normal' },
  },
)

export function Button({
  look,
  size,
  className,
  ...props
}: ComponentProps<'button'> & VariantProps<typeof buttonLook>) {
  return <button type="button" className={twMerge(buttonLook({ look, size }), className)} {...props} />
}
