import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { twMerge } from 'tailwind-merge'

const tones = { warn: 'bg-warn-soft text-warn', bad: 'bg-bad-soft text-bad' }

export function Banner(props: { tone: keyof typeof tones; title: string; children?: ReactNode }) {
  return (
    <div role="status" className={twMerge('flex gap-3 rounded-lg px-4 py-3', tones[props.tone])}>
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="grid gap-0.5">
        <p className="font-medium">{props.title}</p>
        {props.children}
      </div>
    </div>
  )
}
